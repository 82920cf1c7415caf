import { resealAll } from "../store/seals.ts";
import { createVault } from "../store/vault.ts";
import type { Command } from "./command.ts";
import { DATABASE_OPTION, withDatabase, withNewDatabase } from "./database.ts";
import { ringOf } from "./public-keys.ts";
import { say } from "./say.ts";

/** Seals people's keys anew, while the bot runs. */
export const keysRotate: Command = {
  name: "keys rotate",
  summary: "seal all people's keys with the first key of KEY_RING, while the bot runs",
  options: { database: DATABASE_OPTION },
  async run(given, world) {
    const vault = createVault(ringOf(world));
    // None is made here.
    await withDatabase(given, world, (database) => database.all("SELECT key FROM keyv LIMIT 1"));
    const { renewed, unreadable, isPurged } = await withNewDatabase(given, world, (database) =>
      resealAll(database, vault),
    );
    say(world, `${renewed} sealed anew with ${vault.sealsWith}.`);
    if (!isPurged) {
      say(world, "The old seals leave the database's files when whoever reads them now has ended.");
    }
    if (unreadable === 0) return 0;
    say(
      world,
      `${unreadable} cannot be opened by KEY_RING and ${unreadable === 1 ? "is" : "are"} left as they are: \`keys status\` says which key sealed them.`,
    );
    return 1;
  },
};
