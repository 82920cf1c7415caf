import type { DatabaseSettings } from "../database-url.ts";
import { openPostgres, openPostgresToRead } from "./postgres.ts";
import type { Database, ReadOnly } from "./sql.ts";
import { openSqlite, openSqliteToRead } from "./sqlite.ts";

/** Opens the database of whichever engine. */
export function openDatabase(settings: DatabaseSettings): Database {
  switch (settings.kind) {
    case "sqlite":
      return openSqlite(settings.path);
    case "postgres":
      return openPostgres(settings.url);
    default:
      return settings satisfies never;
  }
}

/** Opens it only to read, and makes none. */
export function openToRead(settings: DatabaseSettings): ReadOnly {
  return settings.kind === "sqlite"
    ? openSqliteToRead(settings.path)
    : openPostgresToRead(settings.url);
}
