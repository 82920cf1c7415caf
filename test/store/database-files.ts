import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { tell } from "../postgres/databases.ts";

/**
 * Everything of the database at this place that is on the disk. Of Postgres that is what its tables
 * are in; `withLog`: and the log of all that was written to any of its databases.
 */
export async function filesOf(place: string, { withLog = false } = {}): Promise<Buffer> {
  if (!place.startsWith("postgres:")) {
    return read(["", "-wal", "-shm", "-journal"].map((end) => place + end));
  }
  await tell(place, "CHECKPOINT");
  const { rows } = await tell(
    place,
    `SELECT oid, current_setting('data_directory') AS data
     FROM pg_database WHERE datname = current_database()`,
  );
  const { oid, data } = rows[0] as { oid: number; data: string };
  return read([
    ...filesIn(join(data, "base", String(oid))),
    ...(withLog ? filesIn(join(data, "pg_wal")) : []),
  ]);
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(folder, name));

const read = (names: readonly string[]): Buffer => Buffer.concat(names.map(contentOf));

/** Some come and go, while somebody looks too. */
function contentOf(name: string): Buffer {
  try {
    return readFileSync(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
