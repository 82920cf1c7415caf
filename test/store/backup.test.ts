import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { end } from "../../src/approval/claim.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { backupLines, restore, TABLES } from "../../src/store/backup.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { SCHEMA_VERSION } from "../../src/store/migrations.ts";
import { openToRead } from "../../src/store/open-database.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database, SqlRow } from "../../src/store/sql.ts";
import { AFTER, NOW } from "../approval/samples.ts";
import { ENGINES, type EngineName } from "./engines.ts";
import { itemsOf, runPlan } from "./plan-samples.ts";
import { migrated, opened, readyPlace, temporaryPlace } from "./temporary.ts";

/** A database with something in it, and how it is opened to be read. */
async function filled(engine: EngineName) {
  const place = await readyPlace(engine);
  const database = await migrated(place);
  const parts = { plans: plansIn(database), requests: requestsIn(database, ["CAUDIT00001"]) };
  await runPlan(parts, "plan", itemsOf(30));
  for (const item of await parts.requests.claimItems("me", NOW, 6)) {
    const applied = { kind: "applied", snapshot: AFTER, lookedUp: false } as const;
    await parts.requests.settle(item, end(item, applied, NOW), NOW);
  }
  await database.run("INSERT INTO keyv (key, value) VALUES (?, ?)", "key:a", 'sealed 🔒 "\\');
  const settings =
    engine === "SQLite"
      ? ({ kind: "sqlite", path: place } as const)
      : ({ kind: "postgres", url: place } as const);
  return { database, parts, settings };
}

const allOf = async (database: Database): Promise<Record<string, readonly SqlRow[]>> =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(TABLES).map(async ([table, key]) => {
        const rows = await database.all(`SELECT * FROM ${table}`);
        const keyOf = (row: SqlRow): string => key.map((column) => row[column]).join("/");
        return [table, rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))];
      }),
    ),
  );

async function collected(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return all;
}

async function* given(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

describe.each(ENGINES)("A backup of %s", (engine) => {
  test.each(ENGINES)("is put back into %s as it was, row by row", async (other) => {
    const { database, settings } = await filled(engine);
    const reader = openToRead(settings);
    const lines = await reader.atOneMoment((sql) => collected(backupLines(sql, NOW)));
    await reader.close();
    const copy = opened(await temporaryPlace(other));
    const before = await allOf(database);
    const rows = Object.values(before).reduce((sum, { length }) => sum + length, 0);
    expect(await restore(copy, given(lines))).toBe(rows);
    expect(await allOf(copy)).toEqual(before);
    expect(firstBroken(await readLedger(copy))).toBeUndefined();
    // It is one that a bot can go on with.
    expect(await requestsIn(copy, []).claimItems("me", NOW, 3)).toHaveLength(3);
  });

  test("is one moment of it, whatever is written meanwhile", async () => {
    const { database, parts, settings } = await filled(engine);
    const before = await allOf(database);
    const reader = openToRead(settings);
    const lines = await reader.atOneMoment(async (sql) => {
      const all: string[] = [];
      for await (const line of backupLines(sql, NOW)) {
        if (all.push(line) === 2) await parts.requests.claimItems("you", NOW, 5);
      }
      return all;
    });
    await reader.close();
    const copy = opened(await temporaryPlace(engine));
    await restore(copy, given(lines));
    expect(await allOf(copy)).toEqual(before);
    expect(await allOf(database)).not.toEqual(before);
  });

  test("goes into a new database alone", async () => {
    const { database, settings } = await filled(engine);
    const reader = openToRead(settings);
    const lines = await reader.atOneMoment((sql) => collected(backupLines(sql, NOW)));
    await reader.close();
    const before = await allOf(database);
    await expect(restore(database, given(lines))).rejects.toThrow("the database is not new");
    expect(await allOf(database)).toEqual(before);
  });

  test("has every table that there is", async () => {
    const database = await migrated(await readyPlace(engine));
    const names =
      database.engine === "sqlite"
        ? await database.all("SELECT name FROM sqlite_schema WHERE type = 'table'")
        : await database.all("SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'");
    const known = [...Object.keys(TABLES), "schema_version"];
    expect(names.map(({ name }) => name).toSorted()).toEqual(known.toSorted());
  });
});

describe("A damaged backup", () => {
  let lines: readonly string[];
  beforeEach(async () => {
    const { database } = await filled("SQLite");
    lines = await collected(backupLines(database, NOW));
  });

  const refused = async (damaged: readonly string[]): Promise<void> => {
    const copy = opened(await temporaryPlace("SQLite"));
    await expect(restore(copy, given(damaged))).rejects.toThrow();
    const left = await copy.all("SELECT name FROM sqlite_schema WHERE name = 'ledger'");
    if (left.length > 0) expect((await copy.all("SELECT seq FROM ledger")).length).toBe(0);
  };

  test("is refused wherever it was cut off, and nothing of it is put back", async () => {
    for (let length = 0; length < lines.length; length += 1) await refused(lines.slice(0, length));
  });

  test("is refused when any line is changed, missing or twice there", async () => {
    const at = fc.nat(lines.length - 1);
    await fc.assert(
      fc.asyncProperty(at, fc.constantFrom("changed", "missing", "twice"), async (where, how) => {
        const line = lines[where] ?? "";
        const instead = {
          changed: [line.replace(/[a-z\d]/, (one) => (one === "x" ? "y" : "x"))],
          missing: [],
          twice: [line, line],
        }[how];
        if (where === lines.length - 1 && how === "twice") return;
        await refused(lines.toSpliced(where, 1, ...instead));
      }),
      { numRuns: 60 },
    );
  });

  test("cannot bring a statement of its own", async () => {
    const evil = {
      table: "keyv",
      columns: ["key", "value) VALUES ('a', 'b'); DROP TABLE ledger; --"],
    };
    const at = lines.findIndex((line) => line.includes('"table":"keyv"'));
    await refused(lines.toSpliced(at, 1, JSON.stringify(evil)));
    await refused(lines.toSpliced(at, 1, JSON.stringify({ ...evil, table: "sqlite_schema" })));
  });

  test("of a newer bot is refused with the reason", async () => {
    const copy = opened(await temporaryPlace("SQLite"));
    const head = JSON.stringify({ backup: 1, schema: SCHEMA_VERSION + 1 });
    await expect(restore(copy, given([head]))).rejects.toThrow("made by a newer bot");
  });
});
