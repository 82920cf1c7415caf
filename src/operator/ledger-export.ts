import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { checkpointLines, ledgerEntries } from "../store/ledger-table.ts";
import { type Command, numberOf, WrongUsage } from "./command.ts";
import { DATABASE_OPTION, withDatabase } from "./database.ts";
import { ledgerLine } from "./ledger-line.ts";
import { writeNew } from "./new-file.ts";

/** The ledger as JSON lines. */
export const ledgerExport: Command = {
  name: "ledger export",
  summary: "write the ledger out as JSON lines: seq, body, previous, hash",
  options: {
    database: DATABASE_OPTION,
    from: { type: "string", value: "NUMBER", help: "the first entry; by default 1" },
    to: { type: "string", value: "NUMBER", help: "the last entry; by default the newest" },
    checkpoints: {
      type: "string",
      value: "FILE",
      help: "write the signed checkpoints of these entries to this new file",
    },
  },
  async run(given, world) {
    const from = numberOf(given, "from") ?? 1;
    const to = numberOf(given, "to") ?? Number.MAX_SAFE_INTEGER;
    if (to < from) throw new WrongUsage("--to is to be no less than --from.");
    const checkpoints = given.text("checkpoints");
    await withDatabase(given, world, async (database) => {
      // First the checkpoints: the ledger that is read after them has all that they speak of.
      if (checkpoints !== undefined)
        await writeNew(checkpoints, checkpointLines(database, from, to));
      let count = 0;
      const lines = async function* () {
        for await (const entry of ledgerEntries(database, from, to)) {
          count += 1;
          yield `${ledgerLine(entry)}\n`;
        }
      };
      await pipeline(Readable.from(lines()), world.out, { end: false });
      world.note(`${count} ${count === 1 ? "entry" : "entries"} written.`);
    });
    return 0;
  },
};
