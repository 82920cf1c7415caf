import { openDatabase } from "../../src/store/open-database.ts";
import type { Database } from "../../src/store/sql.ts";

/** Opens the database at a place: a path for SQLite, a URL for Postgres. */
export const openAt = (place: string): Database =>
  openDatabase(
    place.startsWith("postgres:")
      ? { kind: "postgres", url: place }
      : { kind: "sqlite", path: place },
  );
