import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "@jest/globals";
import { migrate } from "../../src/store/migrations.ts";
import type { Database } from "../../src/store/sql.ts";
import { createDatabase, createReadyDatabase, dropDatabase } from "../postgres/databases.ts";
import type { EngineName } from "./engines.ts";
import { openAt } from "./place.ts";

const databases: string[] = [];
const folders: string[] = [];
const open: Database[] = [];

afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
  for (const url of databases.splice(0)) await dropDatabase(url);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "snapshot-bot-"));
  folders.push(folder);
  return folder;
}

/** Where a database may be made, in a folder of its own. */
export const temporaryPath = (): string => join(temporaryFolder(), "data", "bot.db");

/** Where a database may be made: a path for SQLite, the URL of an empty database for Postgres. */
export const temporaryPlace = (engine: EngineName): Promise<string> =>
  placeFrom(engine, createDatabase);

/** The same for those whom it does not matter that the tables may be there already. */
export const readyPlace = (engine: EngineName): Promise<string> =>
  placeFrom(engine, createReadyDatabase);

async function placeFrom(engine: EngineName, create: () => Promise<string>): Promise<string> {
  if (engine === "SQLite") return temporaryPath();
  const url = await create();
  databases.push(url);
  return url;
}

/** A handle that is closed after the test. */
export function opened(place: string): Database {
  const database = openAt(place);
  open.push(database);
  return database;
}

/** A database in today's form. */
export async function migrated(place: string): Promise<Database> {
  const database = opened(place);
  await migrate(database);
  return database;
}

/** So many handles of one new database in today's form, as several processes have them. */
export async function handlesOn(engine: EngineName, count: number): Promise<readonly Database[]> {
  const place = await readyPlace(engine);
  const first = await migrated(place);
  return [first, ...Array.from({ length: count - 1 }, () => opened(place))];
}

/** When the next row of a table is due, or undefined when none is. */
export async function nextDue(
  database: Database,
  table: "outbox" | "request",
): Promise<number | undefined> {
  const [row] = await database.all(`SELECT min(due_at) AS due FROM ${table}`);
  return row?.due == null ? undefined : Number(row.due);
}

/** From now on the ledger takes no entry (of this kind). */
export async function refuseEntries(database: Database, kind?: string): Promise<void> {
  const when = kind === undefined ? "" : `WHEN (NEW.kind = '${kind}')`;
  if (database.engine === "sqlite") {
    await database.run(
      `CREATE TRIGGER full BEFORE INSERT ON ledger ${when} BEGIN SELECT RAISE(ABORT, 'full'); END`,
    );
    return;
  }
  await database.run(
    `CREATE TRIGGER full_ledger BEFORE INSERT ON ledger FOR EACH ROW ${when}
     EXECUTE FUNCTION ledger_is_append_only()`,
  );
}
