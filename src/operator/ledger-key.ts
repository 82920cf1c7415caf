import { type Command, JSON_OPTION } from "./command.ts";
import { ringPublicKeys } from "./public-keys.ts";
import { say, sayJson } from "./say.ts";

/** The public keys that tell whether a checkpoint is genuine. */
export const ledgerKey: Command = {
  name: "ledger key",
  summary: "show the public keys of KEY_RING, by which checkpoints are judged",
  options: { json: JSON_OPTION },
  async run(given, world) {
    const keys = ringPublicKeys(world);
    for (const [index, { ringKey, publicKey }] of keys.entries()) {
      const { id, text } = publicKey;
      if (given.flag("json")) sayJson(world, { id, publicKey: text, ringKey, signs: index === 0 });
      else say(world, `${id}  ${text}  ${ringKey}${index === 0 ? ", signs now" : ""}`);
    }
    return 0;
  },
};
