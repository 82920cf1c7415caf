import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { BotDatabase } from "../../playground/page/database.ts";

let folder: string;
let database: BotDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "snapshot-bot-database-"));
  database = new BotDatabase(join(folder, "bot.db"));
});

afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

/** The bot's side of it. */
function openWriter(): DatabaseSync {
  const writer = new DatabaseSync(database.path);
  writer.exec("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 0");
  return writer;
}

test("a database that is not there has nothing in it, and is found when it comes", () => {
  expect(database.ledger()).toEqual([]);
  const before = database.version();
  expect(database.version()).toBe(before);
  const writer = openWriter();
  expect(database.requests()).toEqual([]);
  writer.exec(
    "CREATE TABLE request (id TEXT, state TEXT); INSERT INTO request VALUES ('a', 'new')",
  );
  expect(database.version()).not.toBe(before);
  expect(database.requests()).toEqual([{ id: "a", state: "new" }]);
  writer.close();
});

test("it tells of each commit once, and is in nobody's way", () => {
  const writer = openWriter();
  writer.exec("CREATE TABLE ledger (seq INTEGER PRIMARY KEY, kind TEXT)");
  const versions = [database.version()];
  for (const kind of ["one", "two"]) {
    writer.prepare("INSERT INTO ledger (kind) VALUES (?)").run(kind);
    versions.push(database.version(), database.version());
    expect(writer.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()).toMatchObject({ busy: 0 });
  }
  const [first = 0] = versions;
  expect(versions.slice(0, 3)).toEqual([first, first + 1, first + 1]);
  expect(database.ledger().map(({ kind }) => kind)).toEqual(["two", "one"]);
  writer.close();
});
