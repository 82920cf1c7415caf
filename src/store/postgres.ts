import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { type Client, readerOf, withClient } from "./postgres-client.ts";
import { isLockTimeout } from "./postgres-error.ts";
import { type Database, DatabaseError, type ReadOnly, type Sql } from "./sql.ts";

// All times are milliseconds.
/** How long a change waits for those of other processes: less than the three seconds of Slack. */
const WAIT_FOR_LOCK = 2_000;
/** How long a connection may take, the wait for a free one included. */
const WAIT_FOR_CONNECTION = 3_000;
/** How long one statement may take, and how long a transaction may do nothing. */
const STATEMENT_WITHIN = 5_000;
/** When nothing at all has come back by then, the other side has vanished without a word. */
const ANSWER_WITHIN = STATEMENT_WITHIN + 2_000;

/** Connections for looking. There is one more for changes, which wait for each other anyway. */
const READERS = 4;

/**
 * Every transaction first takes this lock, so that one writes at a time, over all processes. At READ
 * COMMITTED each later statement sees all that was committed before it: what a transaction reads is
 * what it changes, as with SQLite's BEGIN IMMEDIATE. For a request compare and set alone would do,
 * but in the ledger each entry is made from the one before it.
 */
const WRITERS = 5_470_531;
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(${WRITERS})`;

/** Deleted rows that VACUUM had to leave because somebody may still look at them. */
const LEFT =
  "SELECT n_dead_tup AS n FROM pg_stat_user_tables WHERE relid = CAST('keyv' AS regclass)";
/** How often a purge tries when somebody waits for it, and how long it waits in between. */
const TRIES = 20;
const BETWEEN_TRIES = 25;

/**
 * Opens the Postgres database at `url`; the first statement connects. A connection that breaks is
 * thrown away, and whoever comes next gets a new one. A COMMIT whose answer is lost throws although
 * it may have been carried out: whoever tries again compares and sets, or writes under the same id.
 */
export function openPostgres(url: string): Database {
  const looking = poolOf(url, READERS);
  const changing = poolOf(url, 1);
  const running = new Set<Promise<unknown>>();
  let closed = false;

  /** A closed database does nothing more; closing it waits for what was begun. */
  const unlessClosed = async <T>(work: () => Promise<T>): Promise<T> => {
    if (closed) throw new DatabaseError("the database is closed");
    const mine = work();
    running.add(mine);
    try {
      return await mine;
    } finally {
      running.delete(mine);
    }
  };

  // A purge that had to be put off is tried again after each change.
  let purgeDue = false;
  const purge = async (tries: number): Promise<boolean> => {
    purgeDue = !(await withClient(changing, (client) => rewriteKeys(client, tries)));
    return !purgeDue;
  };

  const transaction = <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
    unlessClosed(async () => {
      const value = await withClient(changing, (client) => inTransaction(client, work));
      // What was committed stays so, whatever becomes of the purge.
      if (purgeDue) await purge(1).catch(() => undefined);
      return value;
    });

  return {
    engine: "postgres",
    all: (text, ...parameters) =>
      unlessClosed(() => withClient(looking, (client) => client.all(text, ...parameters))),
    run: (text, ...parameters) => transaction((sql) => sql.run(text, ...parameters)),
    transaction,
    purge: () => unlessClosed(() => purge(TRIES)),
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled(running);
      await Promise.all([looking.end(), changing.end()]);
    },
  };
}

/** The same, to read it alone. */
export function openPostgresToRead(url: string): ReadOnly {
  const pool = poolOf(url, 1);
  return {
    all: (text, ...parameters) => withClient(pool, (client) => client.all(text, ...parameters)),
    atOneMoment: (work) =>
      withClient(pool, async (client) => {
        await client.command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        try {
          return await work(client);
        } finally {
          if (!client.isBroken) await client.command("ROLLBACK").catch(client.giveUp);
        }
      }),
    close: () => pool.end(),
  };
}

function poolOf(url: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: WAIT_FOR_CONNECTION,
    lock_timeout: WAIT_FOR_LOCK,
    statement_timeout: STATEMENT_WITHIN,
    // A process that stands still in a transaction would keep all others from writing.
    idle_in_transaction_session_timeout: STATEMENT_WITHIN,
    query_timeout: ANSWER_WITHIN,
    keepAlive: true,
    // Statements that do not wait for each other go out together, and are carried out in their order.
    pipeline: true,
    fallback_application_name: "snapshot-bot",
    types: { getTypeParser: (type: number) => readerOf(type) },
  });
  // A connection that breaks says so, idle or not; unheard, that would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("error", () => undefined);
  return pool;
}

async function inTransaction<T>(client: Client, work: (sql: Sql) => Promise<T>): Promise<T> {
  try {
    await client.command(BEGIN);
    const value = await work(client);
    // After a statement that failed, Postgres takes COMMIT for ROLLBACK and does not complain.
    if ((await client.command("COMMIT")) !== "COMMIT") {
      throw new DatabaseError("nothing was committed: a statement before had failed");
    }
    return value;
  } catch (error) {
    if (!client.isBroken) await client.command("ROLLBACK").catch(client.giveUp);
    throw error;
  }
}

/**
 * Takes what was deleted out of the table of the keys, and writes its file anew: VACUUM alone only
 * marks the room as free. @returns false when somebody still looks at the keys as they were before.
 */
async function rewriteKeys(client: Client, tries: number): Promise<boolean> {
  try {
    for (let left = tries; ; left -= 1) {
      if (left === 0) return false;
      await client.command("VACUUM keyv");
      const [row] = await client.all(LEFT);
      if (row?.n === 0) break;
      await pause(BETWEEN_TRIES);
    }
    await client.command("VACUUM (FULL) keyv");
    return true;
  } catch (error) {
    if (isLockTimeout(error)) return false;
    throw error;
  }
}
