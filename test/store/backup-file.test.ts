import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { BackupError, backupLines, restore } from "../../src/store/backup.ts";
import { SCHEMA_VERSION } from "../../src/store/migrations.ts";
import { type Database, placesFor } from "../../src/store/sql.ts";
import { NOW } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, opened, temporaryPlace } from "./temporary.ts";

/** The file that has these lines, with an end that fits: nobody but the bot's owner makes one. */
function whole(data: readonly unknown[], rows: number): readonly string[] {
  const lines = data.map((datum) => JSON.stringify(datum));
  const hash = createHash("sha256").update(lines.map((line) => `${line}\n`).join(""));
  return [...lines, JSON.stringify({ rows, sha256: hash.digest("hex") })];
}
async function* given(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
async function linesOf(database: Database): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of backupLines(database, NOW)) lines.push(line);
  return lines;
}

const head = (schema: unknown = SCHEMA_VERSION) => ({ backup: 1, schema });
const KEYV = { table: "keyv", columns: ["key", "value"] };

describe.each(ENGINES)("The file of a backup of %s", (engine) => {
  const fresh = async () => opened(await temporaryPlace(engine));

  test("is a head, each table's columns and rows, and what they come to", async () => {
    const database = await migrated(await temporaryPlace(engine));
    await database.run("INSERT INTO keyv VALUES ('b', 'two'), ('a', 'one')");
    await database.run("INSERT INTO checkpoint (seq, body) VALUES (7, 'signed')");
    expect(await linesOf(database)).toEqual(
      whole(
        [
          { backup: 1, schema: SCHEMA_VERSION, at: new Date(NOW).toISOString() },
          ...[KEYV, ["a", "one"], ["b", "two"]],
          ...[{ table: "checkpoint", columns: ["seq", "body"] }, [7, "signed"]],
        ],
        3,
      ),
    );
  });

  test("has all rows, however many more there are than are read in one go", async () => {
    const database = await migrated(await temporaryPlace(engine));
    for (let from = 0; from < 2_000; from += 500) {
      const numbers = Array.from({ length: 500 }, (_, index) => from + index);
      const keys = numbers.map((n) => [`key ${n}`, "value"]);
      await database.run(`INSERT INTO keyv VALUES ${placesFor(keys)}`, ...keys.flat());
      const items = numbers.map((n) => [`plan ${n % 3}`, n, "snapshot", "to begin", "{}"]);
      await database.run(`INSERT INTO plan_item VALUES ${placesFor(items)}`, ...items.flat());
    }
    const lines = await linesOf(database);
    const copy = await fresh();
    expect(await restore(copy, given(lines))).toBe(4_000);
    expect(await linesOf(copy)).toEqual(lines);
  });

  test("of an earlier version is brought to today's form", async () => {
    const outbox = {
      table: "outbox",
      columns: "id place target due_at attempts on_its_way ledger_seq body error".split(" "),
    };
    const row = ["r1/word", 1, "U1", null, 0, 0, 1, "{}", null];
    const copy = await fresh();
    expect(await restore(copy, given(whole([head(1), outbox, row], 1)))).toBe(1);
    expect(await copy.all("SELECT id, gap, version, ts FROM outbox")).toEqual([
      { id: "r1/word", gap: 1_000, version: 1, ts: null },
    ]);
    const [form] = await copy.all("SELECT max(version) AS version FROM schema_version");
    expect(form).toEqual({ version: SCHEMA_VERSION });
  });

  test("of an earlier version does not go into a database that is of today's form already", async () => {
    const database = await migrated(await temporaryPlace(engine));
    const lines = whole([head(1), KEYV, ["a", "one"]], 1);
    await expect(restore(database, given(lines))).rejects.toThrow("the database is not new");
    expect(await database.all("SELECT key FROM keyv")).toEqual([]);
  });
});

// What is read of a file is the same for either.
describe("The file of a backup of SQLite", () => {
  const fresh = async () => opened(await temporaryPlace("SQLite"));

  test.each([
    ["nothing but null", null],
    ["a word", "backup"],
    ["a list", [1]],
    ["another kind of file", { schema: SCHEMA_VERSION }],
    ["a kind that is not known yet", { ...head(), backup: 2 }],
    ["no version", { backup: 1 }],
    ["half a version", head(1.5)],
  ])("that begins with %s is none of this bot's", async (_, first) => {
    const database = await fresh();
    const refused = expect(restore(database, given(whole([first], 0)))).rejects;
    await refused.toThrow(new BackupError("it is no backup of this bot"));
    await expect(database.all("SELECT version FROM schema_version")).rejects.toThrow();
  });

  test.each<[string, readonly unknown[]]>([
    ["rows of no table", [["a", "one"]]],
    ["a table that the bot does not have", [{ ...KEYV, table: "schema_version" }]],
    ["a table by another kind of name", [{ ...KEYV, table: ["keyv"] }]],
    ["a member of every object for a table", [{ ...KEYV, table: "constructor" }]],
    ["no columns", [{ table: "keyv" }]],
    ["a word for its columns", [{ table: "keyv", columns: "key" }]],
    ["a column that ends the statement", [{ table: "keyv", columns: ["key", "value) --"] }]],
    ["a column that begins one", [{ table: "keyv", columns: ["; --key", "value"] }]],
    ["a column without a name", [{ table: "keyv", columns: ["key", ""] }]],
    ["half a number in a row", [KEYV, ["a", 1.5]]],
    ["a list in a row", [KEYV, ["a", ["one"]]]],
    ["something between its rows", [KEYV, "a", ["a", "one"]]],
    ["an end before its end", [KEYV, { rows: 0 }]],
  ])("that has %s is refused, although its end fits", async (_, data) => {
    const database = await fresh();
    const rows = data.filter((datum) => Array.isArray(datum)).length;
    const refused = expect(restore(database, given(whole([head(), ...data], rows)))).rejects;
    await refused.toThrow(
      new BackupError("it is damaged, or not whole; nothing of it was put back"),
    );
    expect(await linesOf(database)).toHaveLength(2);
  });

  test.each([
    ["ends early", (lines: readonly string[]) => lines.slice(0, -1)],
    ["is empty", () => []],
    ["has a line that is no JSON", (lines: readonly string[]) => lines.with(2, "{")],
    [
      "tells of more rows",
      (lines: readonly string[]) =>
        lines.with(-1, lines.at(-1)?.replace('"rows":1', '"rows":2') ?? ""),
    ],
  ])("that %s is refused with the reason", async (_, damage) => {
    const database = await fresh();
    const lines = damage(whole([head(), KEYV, ["a", "one"]], 1));
    await expect(restore(database, given(lines))).rejects.toThrow(
      new BackupError("it is damaged, or not whole; nothing of it was put back"),
    );
  });
});
