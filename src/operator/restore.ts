import { BackupError, restore as putBack } from "../store/backup.ts";
import { CannotDo, type Command } from "./command.ts";
import { DATABASE_OPTION, needed, withNewDatabase } from "./database.ts";
import { linesOf } from "./lines.ts";

/** A backup, in a database of either engine. */
export const restore: Command = {
  name: "restore",
  summary: "put a backup into a new database, SQLite or Postgres, whichever it was made from",
  options: {
    database: DATABASE_OPTION,
    from: { type: "string", value: "FILE", help: "the backup; - reads the standard input" },
  },
  async run(given, world) {
    const file = needed(given, "from");
    const rows = await withNewDatabase(given, world, async (database) => {
      try {
        return await putBack(database, linesOf(file));
      } catch (error) {
        if (error instanceof BackupError) throw new CannotDo(`${file}: ${error.message}.`);
        throw error;
      }
    });
    world.note(`${rows} ${rows === 1 ? "row" : "rows"} put back.`);
    return 0;
  },
};
