import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../../src/store/sql.ts";
import { tell } from "../postgres/databases.ts";

/**
 * Everything of a database that is on the disk. Of Postgres that is what its tables are in;
 * `withLog`: and the log of all that was written to any of its databases.
 */
export async function filesOf(
  database: Database,
  place: string,
  { withLog = false } = {},
): Promise<Buffer> {
  if (database.engine === "sqlite") {
    return read(["", "-wal", "-shm", "-journal"].map((end) => place + end));
  }
  await tell(place, "CHECKPOINT");
  const [row] = await database.all(
    "SELECT CAST(oid AS TEXT) AS oid FROM pg_database WHERE datname = current_database()",
  );
  const data = process.env.TEST_POSTGRES_DATA ?? "";
  return read([
    ...filesIn(join(data, "base", String(row?.oid))),
    ...(withLog ? filesIn(join(data, "pg_wal")) : []),
  ]);
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));

const read = (names: readonly string[]): Buffer =>
  Buffer.concat(names.filter((name) => existsSync(name)).map((name) => readFileSync(name)));
