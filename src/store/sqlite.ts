import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setImmediate as loopComesRound } from "node:timers/promises";
import { isNativeError } from "node:util/types";
import {
  type Database,
  DatabaseError,
  type ReadOnly,
  type Sql,
  type SqlRow,
  type SqlValue,
} from "./sql.ts";

/**
 * How long a change waits for another process that writes, in milliseconds: less than the three
 * seconds in which Slack wants an answer. Between two tries everybody else is served.
 */
const WAIT_FOR_LOCK = 2_000;
const TRY_LOCK_EVERY = 20;
/** How long opening it may wait for others, in milliseconds. */
const OPEN_WITHIN = 5_000;

/**
 * Opens the SQLite database at `path` and makes it when there is none; only its owner may read it.
 * A commit is on the disk when it returns (WAL, synchronous FULL), and a transaction takes the write
 * lock at its start, so that what it reads is what it changes. Reads outside a transaction have a
 * connection of their own and wait for nobody.
 */
export function openSqlite(path: string): Database {
  const writer = guard(() => open(path));
  const reader = guard(() => new DatabaseSync(path, { readOnly: true }));
  const writing = statementsOf(writer);
  const reading = statementsOf(reader);

  // One connection has one transaction at a time: everybody else waits for its end. The event loop
  // comes round between two of them: it takes one new connection a round, and many would wait long.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined).then(() => loopComesRound());
    return mine;
  };

  // A purge that had to be put off is tried again after each change.
  let purgeDue = false;
  const purge = async (): Promise<boolean> => {
    const [row] = await writing.all("PRAGMA wal_checkpoint(TRUNCATE)");
    purgeDue = row?.busy !== 0;
    return !purgeDue;
  };

  const transaction = <T>(work: (sql: Sql) => Promise<T>): Promise<T> =>
    inTurn(async () => {
      await takeLock(writer);
      try {
        const value = await work(writing);
        guard(() => writer.exec("COMMIT"));
        // What was committed stays so, whatever becomes of the purge.
        if (purgeDue) await purge().catch(() => undefined);
        return value;
      } catch (error) {
        if (writer.isTransaction) writer.exec("ROLLBACK");
        throw error;
      }
    });

  return {
    engine: "sqlite",
    all: reading.all,
    run: (statement, ...parameters) => transaction((sql) => sql.run(statement, ...parameters)),
    transaction,
    purge: () => inTurn(purge),
    close: () =>
      inTurn(async () => {
        if (reader.isOpen) guard(() => reader.close());
        if (writer.isOpen) guard(() => writer.close());
      }),
  };
}

function open(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const handle = new DatabaseSync(path, { timeout: OPEN_WITHIN });
  makeWal(handle);
  // From here on SQLite does not wait for locks itself: it would stop everything meanwhile.
  handle.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA busy_timeout = 0;
  `);
  return handle;
}

/** SQLite does not wait for somebody who makes the same new database WAL at the same moment. */
function makeWal(handle: DatabaseSync): void {
  const until = performance.now() + OPEN_WITHIN;
  for (;;) {
    try {
      handle.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_LOCK_EVERY);
    }
  }
}

/** Begins a transaction that may write; tries again while another process has the lock. */
async function takeLock(handle: DatabaseSync): Promise<void> {
  const until = performance.now() + WAIT_FOR_LOCK;
  for (;;) {
    try {
      handle.exec("BEGIN IMMEDIATE");
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > until) throw asDatabaseError(error);
      await new Promise((done) => setTimeout(done, TRY_LOCK_EVERY));
    }
  }
}

/** SQLITE_BUSY and its extended codes. */
const isBusy = (error: unknown): boolean =>
  isNativeError(error) && (Number(Reflect.get(error, "errcode")) & 0xff) === 5;

/** Runs statements on one connection, each prepared once. */
function statementsOf(handle: DatabaseSync): Sql {
  const statements = new Map<string, StatementSync>();
  const prepare = (text: string): StatementSync => {
    const statement = statements.get(text) ?? handle.prepare(text);
    statements.set(text, statement);
    return statement;
  };
  return {
    all: async (text, ...parameters) =>
      guard(() => prepare(text).all(...(parameters as SqlValue[])) as SqlRow[]),
    run: async (text, ...parameters) =>
      guard(() => Number(prepare(text).run(...(parameters as SqlValue[])).changes)),
  };
}

function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asDatabaseError(error);
  }
}

const asDatabaseError = (error: unknown): DatabaseError =>
  new DatabaseError(isNativeError(error) ? error.message : "unknown");

/** Opens a SQLite database that there is, to read it alone. @throws when there is none. */
export function openSqliteToRead(path: string): ReadOnly {
  const reader = guard(() => new DatabaseSync(path, { readOnly: true, timeout: 5_000 }));
  const { all } = statementsOf(reader);
  return {
    all,
    async atOneMoment(work) {
      guard(() => reader.exec("BEGIN"));
      try {
        return await work({ all });
      } finally {
        guard(() => reader.exec("ROLLBACK"));
      }
    },
    close: async () => guard(() => reader.close()),
  };
}
