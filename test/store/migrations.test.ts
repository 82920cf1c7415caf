import { describe, expect, test } from "@jest/globals";
import { migrate, SCHEMA_VERSION } from "../../src/store/migrations.ts";
import { putNotices } from "../../src/store/outbox-notices.ts";
import { type Database, DatabaseError, placesFor } from "../../src/store/sql.ts";
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

/** The columns of every table, and their types. */
async function columnsOf(database: Database): Promise<Map<string, Map<string, string>>> {
  const rows =
    database.engine === "sqlite"
      ? await database.all(
          `SELECT m.name AS table_name, c.name AS column_name, c.type AS data_type
           FROM sqlite_schema AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table'`,
        )
      : await database.all(
          `SELECT table_name, column_name, data_type FROM information_schema.columns
           WHERE table_schema = 'public'`,
        );
  const all = new Map<string, Map<string, string>>();
  for (const { table_name, column_name, data_type } of rows) {
    if (table_name === "schema_version") continue;
    const table = all.get(String(table_name)) ?? new Map<string, string>();
    all.set(String(table_name), table.set(String(column_name), String(data_type)));
  }
  return all;
}

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
        { version: 5 },
        { version: 6 },
        { version: 7 },
      ]);
      expect(await database.all("SELECT id FROM outbox")).toHaveLength(1);
    });

    test("tells of the requests that are there what they can be looked for by", async () => {
      const place = await temporaryPlace(engine);
      const database = await migrated(place);
      await database.run("DELETE FROM schema_version WHERE version >= 4");
      await database.run("DROP TABLE home_tab");
      await database.run("DROP TABLE plan_item");
      await database.run("ALTER TABLE outbox DROP COLUMN gap");
      for (const index of [
        "request_item",
        "request_item_state",
        "request_under_way",
        "request_item_due",
        "request_due",
      ]) {
        await database.run(`DROP INDEX ${index}`);
      }
      await database.run("CREATE INDEX request_due ON request (due_at) WHERE due_at IS NOT NULL");
      await database.run("DROP INDEX request_of_requester");
      for (const index of [
        "request_project",
        "request_project_state",
        "request_requester",
        "request_requester_state",
      ]) {
        await database.run(`DROP INDEX ${index}`);
      }
      for (const column of [
        "project_id",
        "requester_user",
        "requester_team",
        "requester_enterprise",
        "ended_at",
        "plan_id",
        "plan_n",
      ]) {
        await database.run(`ALTER TABLE request DROP COLUMN ${column}`);
      }
      // Texts that Postgres itself could not hold, and more rows than one statement fills.
      const name = '\0 \ud800 \\u0000 \\\\ud800 {"ref":{"projectId":9}}';
      const ended = (id: number) => (id % 2 === 0 ? { endedAt: id } : {});
      for (let from = 0; from < 2_100; from += 300) {
        const ids = Array.from({ length: 300 }, (_, index) => from + index);
        await database.run(
          `INSERT INTO request (id, state, snapshot_id, holds_until, body) VALUES ${ids
            .map(() => "(?, 'failed', 's', 0, ?)")
            .join(", ")}`,
          ...ids.flatMap((id) => [
            `r${id}`,
            JSON.stringify({
              before: { name },
              requester: { userId: `U${id}`, teamId: "T1", enterpriseId: id === 7 ? "E1" : null },
              ref: { projectId: id + 1 },
              ...ended(id),
            }),
          ]),
        );
      }
      await migrate(database);
      const rows = await database.all(
        `SELECT project_id, requester_user, requester_team, requester_enterprise, ended_at
         FROM request WHERE id IN ('r7', 'r2098') ORDER BY project_id`,
      );
      const common = { requester_team: "T1" };
      expect(rows).toEqual([
        {
          ...common,
          project_id: 8,
          requester_user: "U7",
          requester_enterprise: "E1",
          ended_at: null,
        },
        {
          ...common,
          project_id: 2099,
          requester_user: "U2098",
          requester_enterprise: null,
          ended_at: 2098,
        },
      ]);
      expect(
        await database.all("SELECT count(*) AS n FROM request WHERE requester_user IS NULL"),
      ).toEqual([{ n: 0 }]);
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

    test("is one that a bot of any earlier version can go on writing into", async () => {
      const today = await migrated(await temporaryPlace(engine));
      const placed = new Set<string>();
      for (let version = 1; version < SCHEMA_VERSION; version += 1) {
        const earlier = opened(await temporaryPlace(engine));
        await migrate(earlier, version);
        const before = await columnsOf(earlier);
        const now = await columnsOf(today);
        for (const [table, columns] of before) {
          expect([...columns.keys()].filter((one) => !now.get(table)?.has(one))).toEqual([]);
          const values = [...columns.values()].map((type) =>
            /int/i.test(type) ? version : `version ${version}`,
          );
          await today.run(
            `INSERT INTO ${table} (${[...columns.keys()].join(", ")}) VALUES ${placesFor([values])}`,
            ...values,
          );
          placed.add(table);
        }
      }
      expect([...placed]).toEqual(expect.arrayContaining(["request", "ledger", "outbox", "keyv"]));
    });

    test("that cannot be made is not made by half", async () => {
      const database = opened(await temporaryPlace(engine));
      await database.run("CREATE TABLE request (mine TEXT)");
      await expect(migrate(database)).rejects.toThrow(DatabaseError);
      expect(await tables(database)).toEqual(["request"]);
    });
  });
});
