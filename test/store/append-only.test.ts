import { beforeEach, describe, expect, test } from "@jest/globals";
import { refusal } from "../../src/approval/entries.ts";
import { appendEntry } from "../../src/store/ledger-table.ts";
import { type Database, DatabaseError, type Engine } from "../../src/store/sql.ts";
import { MARIA, NOW, PROBLEMS } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, temporaryPlace } from "./temporary.ts";

/** What would change or take away a row, or put one in between. `ROW`: all columns but the number. */
const FORBIDDEN = (table: string, row: string): readonly string[] => [
  `UPDATE ${table} SET body = 'forged' WHERE seq = 2`,
  `UPDATE ${table} SET seq = seq + 10`,
  `DELETE FROM ${table}`,
  `DELETE FROM ${table} WHERE seq = 3`,
  `INSERT INTO ${table} SELECT 0, ${row} FROM ${table} WHERE seq = 1`,
];
const FORBIDDEN_TO: Readonly<Record<Engine, (table: string, row: string) => readonly string[]>> = {
  sqlite: (table, row) => [
    `INSERT OR REPLACE INTO ${table} SELECT 2, ${row} FROM ${table} WHERE seq = 1`,
  ],
  postgres: (table) => [`TRUNCATE ${table}`],
};

const LEDGER_ROW = "kind, request_id, body, previous, hash";

// Where the tables were made by the very steps that the bot makes.
describe.each(ENGINES)("On %s, the database itself", (engine) => {
  let database: Database;
  beforeEach(async () => {
    database = await migrated(await temporaryPlace(engine));
    const entry = refusal(MARIA, PROBLEMS["no-key"], NOW);
    for (const seq of [1, 2, 3]) {
      await database.transaction((sql) => appendEntry(sql, entry));
      await database.run("INSERT INTO checkpoint (seq, body) VALUES (?, 'signed')", seq);
    }
  });

  test.each([
    ["ledger", LEDGER_ROW, "the ledger is append-only"],
    ["checkpoint", "body", "checkpoints are append-only"],
  ])(
    "keeps each row of the %s as it is, and none comes before another",
    async (table, row, why) => {
      const all = () => database.all(`SELECT * FROM ${table} ORDER BY seq`);
      const before = await all();
      expect(before).toHaveLength(3);
      const statements = [...FORBIDDEN(table, row), ...FORBIDDEN_TO[database.engine](table, row)];
      for (const statement of statements) {
        const refused = expect(database.run(statement)).rejects;
        await refused.toThrow(DatabaseError);
        await expect(database.run(statement)).rejects.toThrow(why);
      }
      expect(await all()).toEqual(before);
    },
  );

  test("leaves no gap between the numbers of the ledger", async () => {
    const skip = `INSERT INTO ledger SELECT 5, ${LEDGER_ROW} FROM ledger WHERE seq = 3`;
    await expect(database.run(skip)).rejects.toThrow("the ledger is append-only");
    await database.run(skip.replace("5", "4"));
    expect(await database.all("SELECT seq FROM ledger")).toHaveLength(4);
  });
});
