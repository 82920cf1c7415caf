import { createHash } from "node:crypto";
import { migrate, SCHEMA_VERSION } from "./migrations.ts";
import { type Database, placesFor, type Sql, type SqlRow, type SqlValue } from "./sql.ts";

/** Every table, with the columns of its key. */
export const TABLES: Readonly<Record<string, readonly string[]>> = {
  keyv: ["key"],
  draft: ["id"],
  request: ["id"],
  ledger: ["seq"],
  checkpoint: ["seq"],
  outbox: ["id"],
  home_tab: ["user_id"],
  plan_item: ["plan_id", "n"],
};

/** How many rows are read in one go, and how many are written in one statement. */
const PAGE = 1_000;
const ROWS_AT_ONCE = 100;

/** What a backup cannot be put back for; the message says why. */
export class BackupError extends Error {
  override name = "BackupError";
}

/**
 * All that the database holds, as lines of JSON for either engine: a head, then for each table its
 * columns and its rows, then how many rows there were and the SHA-256 of all lines before. People's
 * keys stay sealed. @param sql what sees one moment of the database, however long this takes
 */
export async function* backupLines(sql: Pick<Sql, "all">, at: number): AsyncGenerator<string> {
  const hash = createHash("sha256");
  const line = (datum: unknown): string => {
    const text = JSON.stringify(datum);
    hash.update(`${text}\n`);
    return text;
  };
  const [row] = await sql.all("SELECT max(version) AS version FROM schema_version");
  yield line({ backup: 1, schema: Number(row?.version), at: new Date(at).toISOString() });
  let count = 0;
  for (const table of Object.keys(TABLES)) {
    let columns: readonly string[] | undefined;
    for await (const one of rowsOf(sql, table)) {
      if (columns === undefined) {
        columns = Object.keys(one);
        yield line({ table, columns });
      }
      yield line(columns.map((column) => one[column]));
      count += 1;
    }
  }
  yield JSON.stringify({ rows: count, sha256: hash.digest("hex") });
}

async function* rowsOf(sql: Pick<Sql, "all">, table: string): AsyncGenerator<SqlRow> {
  const key = TABLES[table] ?? [];
  const order = key.join(", ");
  let last: SqlRow | undefined;
  for (;;) {
    const after = last === undefined ? "" : `WHERE (${order}) > ${placesFor([key])}`;
    const rows = await sql.all(
      `SELECT * FROM ${table} ${after} ORDER BY ${order} LIMIT ?`,
      ...(last === undefined ? [] : key.map((column) => last?.[column] ?? null)),
      PAGE,
    );
    yield* rows;
    last = rows.at(-1);
    if (rows.length < PAGE) return;
  }
}

/**
 * Puts a backup into a database that holds nothing, all of it or none, and brings it to today's form.
 * @returns how many rows there were. @throws BackupError
 */
export async function restore(
  database: Database,
  lines: AsyncIterable<string | undefined>,
): Promise<number> {
  const backup = new Lines(lines);
  const schema = readHead(await backup.next());
  if (schema > SCHEMA_VERSION) {
    throw new BackupError(
      `it was made by a newer bot, with schema version ${schema}; this one knows ${SCHEMA_VERSION}`,
    );
  }
  await migrate(database, schema);
  const count = await database.transaction(async (sql) => {
    if (!(await isNew(sql, schema))) {
      throw new BackupError("the database is not new: a backup goes into one of its own");
    }
    return await fill(sql, backup);
  });
  await migrate(database);
  return count;
}

/** These are there since the first version. */
const FIRST_TABLES = ["keyv", "request", "ledger", "outbox"] as const;

async function isNew(sql: Sql, schema: number): Promise<boolean> {
  const [row] = await sql.all("SELECT max(version) AS version FROM schema_version");
  if (Number(row?.version) !== schema) return false;
  for (const table of FIRST_TABLES) {
    if ((await sql.all(`SELECT 1 AS one FROM ${table} LIMIT 1`)).length > 0) return false;
  }
  return true;
}

/** Writes the rows of a backup up to its end. @returns how many */
async function fill(sql: Sql, backup: Lines): Promise<number> {
  let count = 0;
  let into: string | undefined;
  let rows: (readonly SqlValue[])[] = [];
  const write = async (): Promise<void> => {
    if (rows.length > 0) await sql.run(`${into} VALUES ${placesFor(rows)}`, ...rows.flat());
    rows = [];
  };
  for (;;) {
    const { datum, hash } = await backup.next();
    if (Array.isArray(datum) && into !== undefined && datum.every(isValue)) {
      rows.push(datum);
      count += 1;
      if (rows.length === ROWS_AT_ONCE) await write();
      continue;
    }
    await write();
    if (isObject(datum) && "table" in datum) {
      into = insertInto(datum);
      continue;
    }
    if (!isObject(datum) || datum.rows !== count || datum.sha256 !== hash) throw DAMAGED();
    return count;
  }
}

/** What stands in the file becomes part of a statement: only what can be a name. */
function insertInto({ table, columns }: Readonly<Record<string, unknown>>): string {
  const isKnown = typeof table === "string" && Object.hasOwn(TABLES, table);
  const isList =
    Array.isArray(columns) && columns.every((one) => /^[a-z_]{1,40}$/.test(String(one)));
  if (!isKnown || !isList) throw DAMAGED();
  return `INSERT INTO ${table} (${columns.join(", ")})`;
}

function readHead({ datum }: Line): number {
  if (!isObject(datum) || datum.backup !== 1 || !Number.isSafeInteger(datum.schema)) {
    throw new BackupError("it is no backup of this bot");
  }
  return Number(datum.schema);
}

interface Line {
  readonly datum: unknown;
  /** The SHA-256 of all lines before it. */
  readonly hash: string;
}

/** The lines of a backup, one after the other. */
class Lines {
  readonly #lines: AsyncIterator<string | undefined>;
  readonly #hash = createHash("sha256");

  constructor(lines: AsyncIterable<string | undefined>) {
    this.#lines = lines[Symbol.asyncIterator]();
  }

  /** @throws BackupError when there is none, or it cannot be read */
  async next(): Promise<Line> {
    const { value } = await this.#lines.next();
    if (value === undefined) throw DAMAGED();
    const hash = this.#hash.copy().digest("hex");
    this.#hash.update(`${value}\n`);
    try {
      return { datum: JSON.parse(value) as unknown, hash };
    } catch {
      throw DAMAGED();
    }
  }
}

const DAMAGED = (): BackupError =>
  new BackupError("it is damaged, or not whole; nothing of it was put back");

const isValue = (value: unknown): value is SqlValue =>
  value === null || typeof value === "string" || Number.isSafeInteger(value);

const isObject = (datum: unknown): datum is Readonly<Record<string, unknown>> =>
  typeof datum === "object" && datum !== null && !Array.isArray(datum);
