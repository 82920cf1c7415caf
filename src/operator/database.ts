import { databaseFault, readSetting } from "../config.ts";
import type { DatabaseSettings } from "../database-url.ts";
import { openDatabase, openToRead } from "../store/open-database.ts";
import { type Database, DatabaseError, type ReadOnly } from "../store/sql.ts";
import { CannotDo, type Given, type Option, type World, WrongUsage } from "./command.ts";

export const DATABASE_OPTION: Option = {
  type: "string",
  value: "URL",
  help: "the bot's database; by default DATABASE_URL",
};

/** An option that must be given. @throws WrongUsage */
export function needed(given: Given, name: string): string {
  const value = given.text(name);
  if (value === undefined) throw new WrongUsage(`--${name} is missing.`);
  return value;
}

/**
 * Lets `work` read the database that was named, and closes it. Nothing is written, and none is made.
 * @throws WrongUsage, or CannotDo when there is no such database.
 */
export const withDatabase = <T>(
  given: Given,
  world: World,
  work: (database: ReadOnly) => Promise<T>,
): Promise<T> => using(given, world, openToRead, work, "read");

/**
 * Lets `work` write into the database that was named, and makes it where there is none.
 * @throws WrongUsage, or CannotDo when it cannot be written, or would not last
 */
export const withNewDatabase = <T>(
  given: Given,
  world: World,
  work: (database: Database) => Promise<T>,
): Promise<T> => {
  const open = (settings: DatabaseSettings): Database => {
    const fault = databaseFault(settings, world.environment);
    if (fault !== undefined) throw new CannotDo(fault);
    return openDatabase(settings);
  };
  return using(given, world, open, work, "written");
};

async function using<D extends Pick<Database, "close">, T>(
  given: Given,
  { environment }: World,
  open: (settings: DatabaseSettings) => D,
  work: (database: D) => Promise<T>,
  what: "read" | "written",
): Promise<T> {
  const setting = readSetting("DATABASE_URL", given.text("database") ?? environment.DATABASE_URL);
  if ("fault" in setting) throw new WrongUsage(setting.fault);
  try {
    const database = open(setting.value);
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new CannotDo(`The database cannot be ${what}: ${error.message}.`);
  }
}
