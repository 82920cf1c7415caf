import { beforeEach, describe, expect, test } from "@jest/globals";
import { refusal } from "../../src/approval/entries.ts";
import { type Entry, entryBody, firstBroken } from "../../src/approval/ledger.ts";
import {
  appendEntries,
  appendEntry,
  ledgerEntries,
  readLedger,
} from "../../src/store/ledger-table.ts";
import type { Database } from "../../src/store/sql.ts";
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

    test("is read whole, and from one number to another, however many entries there are", async () => {
      const many = Array.from({ length: 1_000 }, (_, facts) => ({ ...entry, facts }));
      for (let times = 0; times < 2; times += 1) {
        await database.transaction((sql) => appendEntries(sql, many));
      }
      const ledger = await readLedger(database);
      expect(ledger).toHaveLength(2_003);
      expect(firstBroken(ledger)).toBeUndefined();
      const some: number[] = [];
      for await (const { seq } of ledgerEntries(database, 500, 1_499)) some.push(seq);
      expect(some).toEqual(Array.from({ length: 1_000 }, (_, index) => 500 + index));
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
