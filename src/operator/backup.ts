import { rm } from "node:fs/promises";
import { backupLines } from "../store/backup.ts";
import type { Command } from "./command.ts";
import { DATABASE_OPTION, needed, withDatabase } from "./database.ts";
import { writeNew } from "./new-file.ts";

/** One moment of the database, in a file, while the bot runs. */
export const backup: Command = {
  name: "backup",
  summary: "write all that the database holds into a new file, while the bot runs",
  options: {
    database: DATABASE_OPTION,
    to: { type: "string", value: "FILE", help: "the new file" },
  },
  async run(given, world) {
    const file = needed(given, "to");
    let rows = 0;
    await withDatabase(given, world, (database) =>
      database.atOneMoment(async (sql) => {
        const lines = async function* () {
          for await (const line of backupLines(sql, Date.now())) {
            if (line.startsWith("[")) rows += 1;
            yield line;
          }
        };
        let isWhole = false;
        try {
          await writeNew(file, lines());
          isWhole = true;
        } finally {
          if (!isWhole && rows > 0) await rm(file, { force: true });
        }
      }),
    );
    world.note(`${rows} ${rows === 1 ? "row" : "rows"} written to ${file}.`);
    return 0;
  },
};
