import { beforeEach, describe, expect, test } from "@jest/globals";
import { refusal } from "../../src/approval/entries.ts";
import { type Entry, entryBody, firstBroken } from "../../src/approval/ledger.ts";
import { appendEntry, readLedger } from "../../src/store/ledger-table.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import { MARIA, NOW, PROBLEMS } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, readyPlace } from "./temporary.ts";

const entry: Entry = refusal(MARIA, PROBLEMS["no-key"], NOW);
describe.each(ENGINES)("On %s", (engine) => {
  let database: Database;

  beforeEach(async () => {
    database = await migrated(await readyPlace(engine));
    for (let index = 0; index < 3; index += 1) {
      await database.transaction((sql) => appendEntry(sql, { ...entry, facts: index }));
    }
  });

  describe("The ledger in the database", () => {
    test("numbers its entries from one, and keeps the very text that was hashed", async () => {
      const ledger = await readLedger(database);
      expect(ledger.map(({ seq, body }) => [seq, body])).toEqual(
        [0, 1, 2].map((facts) => [facts + 1, entryBody({ ...entry, facts })]),
      );
      expect(firstBroken(ledger)).toBeUndefined();
      expect(await database.transaction((sql) => appendEntry(sql, entry))).toBe(4);
    });

    test.each([
      "UPDATE ledger SET body = 'forged' WHERE seq = 2",
      "UPDATE ledger SET seq = seq + 10",
      "UPDATE ledger SET kind = 'applied'",
      "DELETE FROM ledger",
      "DELETE FROM ledger WHERE seq = 3",
      "INSERT OR REPLACE INTO ledger SELECT seq, kind, request_id, 'forged', previous, hash FROM ledger WHERE seq = 2",
    ])("refuses to be changed: %s", async (statement) => {
      const before = await readLedger(database);
      await expect(database.run(statement)).rejects.toThrow(DatabaseError);
      expect(await readLedger(database)).toEqual(before);
    });

    test("has no gap where an entry was taken back", async () => {
      const failed = database.transaction(async (sql) => {
        await appendEntry(sql, entry);
        throw new Error("trouble");
      });
      await expect(failed).rejects.toThrow("trouble");
      expect(await database.transaction((sql) => appendEntry(sql, entry))).toBe(4);
      expect(firstBroken(await readLedger(database))).toBeUndefined();
    });
  });
});
