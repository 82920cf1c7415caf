import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach } from "@jest/globals";
import { migrate } from "../../src/store/migrations.ts";
import type { Database } from "../../src/store/sql.ts";
import { openSqlite } from "../../src/store/sqlite.ts";

const folders: string[] = [];
const open: Database[] = [];

afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
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

/** A handle that is closed after the test. */
export function opened(path: string = temporaryPath()): Database {
  const database = openSqlite(path);
  open.push(database);
  return database;
}

/** A database in today's form. */
export async function migrated(path?: string): Promise<Database> {
  const database = opened(path);
  await migrate(database);
  return database;
}

/** When the next row of a table is due, or undefined when none is. */
export async function nextDue(
  database: Database,
  table: "outbox" | "request",
): Promise<number | undefined> {
  const [row] = await database.all(`SELECT min(due_at) AS due FROM ${table}`);
  return row?.due == null ? undefined : Number(row.due);
}
