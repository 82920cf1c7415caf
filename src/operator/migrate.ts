import { migrate as bringUp, SCHEMA_VERSION } from "../store/migrations.ts";
import type { Command } from "./command.ts";
import { DATABASE_OPTION, withNewDatabase } from "./database.ts";

/** What the bot does at its start as well: for those who want it done before. */
export const migrate: Command = {
  name: "migrate",
  summary: "bring the database to the form that this bot knows; the bot does it at its start, too",
  options: { database: DATABASE_OPTION },
  async run(given, world) {
    await withNewDatabase(given, world, (database) => bringUp(database));
    world.note(`The database has the form of this bot: schema version ${SCHEMA_VERSION}.`);
    return 0;
  },
};
