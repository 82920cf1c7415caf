import { describe, expect, test } from "@jest/globals";
import { migrate } from "../../src/store/migrations.ts";
import { putNotices } from "../../src/store/outbox-notices.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import { ENGINES } from "./engines.ts";
import { migrated, opened, temporaryPlace } from "./temporary.ts";

/** Everything that was made, in each engine's own words. */
const SCHEMA = {
  sqlite: "SELECT type, name, sql FROM sqlite_schema ORDER BY name",
  postgres: `
    SELECT 'column' AS type, table_name || '.' || column_name AS name, data_type AS sql
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger
    ORDER BY name, type`,
};
const schema = (database: Database) => database.all(SCHEMA[database.engine]);
const tables = async (database: Database): Promise<readonly unknown[]> =>
  database.engine === "sqlite"
    ? (await schema(database)).map(({ name }) => name)
    : (await database.all("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).map(
        ({ tablename }) => tablename,
      );

describe.each(ENGINES)("On %s", (engine) => {
  describe("The form of the database", () => {
    test("is made once, however often it is asked for", async () => {
      const database = await migrated(await temporaryPlace(engine));
      const made = await schema(database);
      await putNotices(
        database,
        [{ kind: "word", requestId: "r", state: "failed", target: "U1" }],
        1,
        0,
      );
      await Promise.all([migrate(database), migrate(database)]);
      expect(await schema(database)).toEqual(made);
      expect(await database.all("SELECT version FROM schema_version")).toEqual([
        { version: 1 },
        { version: 2 },
        { version: 3 },
        { version: 4 },
      ]);
      expect(await database.all("SELECT id FROM outbox")).toHaveLength(1);
    });

    test("is the same for a second handle on it", async () => {
      const place = await temporaryPlace(engine);
      const first = await migrated(place);
      const second = await migrated(place);
      expect(await schema(second)).toEqual(await schema(first));
    });

    test("of a newer bot is left alone, and nothing is half done", async () => {
      const database = opened(await temporaryPlace(engine));
      await database.run("CREATE TABLE schema_version (version INTEGER NOT NULL)");
      await database.run("INSERT INTO schema_version VALUES (99)");
      await expect(migrate(database)).rejects.toThrow(/version 99.*newer/);
      expect(await tables(database)).toEqual(["schema_version"]);
    });

    test("that cannot be made is not made by half", async () => {
      const database = opened(await temporaryPlace(engine));
      await database.run("CREATE TABLE request (mine TEXT)");
      await expect(migrate(database)).rejects.toThrow(DatabaseError);
      expect(await tables(database)).toEqual(["request"]);
    });
  });
});
