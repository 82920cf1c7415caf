import { sealsIn } from "../store/seals.ts";
import { createVault } from "../store/vault.ts";
import { type Command, JSON_OPTION } from "./command.ts";
import { DATABASE_OPTION, withDatabase } from "./database.ts";
import { ringOf } from "./public-keys.ts";
import { say, sayJson } from "./say.ts";

/** Which keys of the ring seal people's keys, and which of them are still needed. */
export const keysStatus: Command = {
  name: "keys status",
  summary: "show how many people's keys each key of KEY_RING has sealed, and whether they open",
  options: { database: DATABASE_OPTION, json: JSON_OPTION },
  async run(given, world) {
    const ring = ringOf(world);
    const seals = await withDatabase(given, world, (database) =>
      sealsIn(database, createVault(ring)),
    );
    const unused = ring.filter((key) => !seals.some(({ id }) => id === key.id));
    const all = [...seals, ...unused.map(({ id }) => ({ id, keys: 0, opened: 0 }))];
    for (const { id, keys, opened } of all) {
      const place = ring.findIndex((key) => key.id === id);
      if (given.flag("json"))
        sayJson(world, { id, keys, opened, inRing: place >= 0, seals: place === 0 });
      else say(world, `${id}: ${countWords(keys, opened)}${placeWords(place, keys)}`);
    }
    return all.every(({ keys, opened }) => keys === opened) ? 0 : 1;
  },
};

const countWords = (keys: number, opened: number): string =>
  opened === keys
    ? `${keys} ${keys === 1 ? "key" : "keys"}`
    : `${keys} ${keys === 1 ? "key" : "keys"}, of which ${opened} open`;

/** @param place in the ring; 0: it seals now, below 0: it is not there */
function placeWords(place: number, keys: number): string {
  if (place === 0) return "; it seals now.";
  if (place < 0) return "; it is not in KEY_RING. Add it again, or their owners must connect anew.";
  return keys > 0
    ? "; still needed. `keys rotate` seals them with the first one."
    : "; needed no more, but for the checkpoints it signed: take it out of KEY_RING, and keep its line of `ledger key`.";
}
