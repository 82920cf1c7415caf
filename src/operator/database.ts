import { readSetting } from "../config.ts";
import { openToRead } from "../store/open-database.ts";
import { type Database, DatabaseError } from "../store/sql.ts";

import { CannotDo, type Given, type Option, type World, WrongUsage } from "./command.ts";

export const DATABASE_OPTION: Option = {
  type: "string",
  value: "URL",
  help: "the bot's database; by default DATABASE_URL",
};

/**
 * Lets `work` read the database that was named, and closes it. Nothing is written, and none is made.
 * @throws WrongUsage, or CannotDo when there is no such database.
 */
export async function withDatabase<T>(
  given: Given,
  { environment }: World,
  work: (database: Pick<Database, "all">) => Promise<T>,
): Promise<T> {
  const setting = readSetting("DATABASE_URL", given.text("database") ?? environment.DATABASE_URL);
  if ("fault" in setting) throw new WrongUsage(setting.fault);
  try {
    const database = openToRead(setting.value);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new CannotDo(`The database cannot be read: ${error.message}.`);
  }
}
