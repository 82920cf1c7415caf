import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { isNativeError } from "node:util/types";
import { type Database, DatabaseError, type Sql, type SqlRow, type SqlValue } from "./sql.ts";

/**
 * Opens the SQLite database at `path` and makes it when there is none; only its owner may read it.
 * A commit is on the disk when it returns (WAL, synchronous FULL), and a transaction takes the write
 * lock at its start, so that what it reads is what it changes.
 */
export function openSqlite(path: string): Database {
  const handle = guard(() => open(path));
  const statements = new Map<string, StatementSync>();
  const prepare = (statement: string): StatementSync => {
    const known = statements.get(statement) ?? handle.prepare(statement);
    statements.set(statement, known);
    return known;
  };
  const direct: Sql = {
    all: async (statement, ...parameters) =>
      guard(() => prepare(statement).all(...(parameters as SqlValue[])) as SqlRow[]),
    run: async (statement, ...parameters) =>
      guard(() => Number(prepare(statement).run(...(parameters as SqlValue[])).changes)),
  };

  // One connection has one transaction at a time: everybody else waits for its end.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };

  // A purge that had to be put off is tried again after each change.
  let purgeDue = false;
  const purge = async (): Promise<boolean> => {
    // Without waiting: a reader may be at it for long, and nobody else would be served.
    guard(() => handle.exec("PRAGMA busy_timeout = 0"));
    const [row] = await direct.all("PRAGMA wal_checkpoint(TRUNCATE)");
    guard(() => handle.exec(BUSY_TIMEOUT));
    purgeDue = row?.busy !== 0;
    return !purgeDue;
  };
  // What was committed stays so, whatever becomes of the purge.
  const purgeIfDue = async (): Promise<void> => {
    if (purgeDue) await purge().catch(() => undefined);
  };

  return {
    all: (statement, ...parameters) => inTurn(() => direct.all(statement, ...parameters)),
    run: (statement, ...parameters) =>
      inTurn(async () => {
        const changes = await direct.run(statement, ...parameters);
        await purgeIfDue();
        return changes;
      }),
    transaction: (work) =>
      inTurn(async () => {
        guard(() => handle.exec("BEGIN IMMEDIATE"));
        try {
          const value = await work(direct);
          guard(() => handle.exec("COMMIT"));
          await purgeIfDue();
          return value;
        } catch (error) {
          if (handle.isTransaction) handle.exec("ROLLBACK");
          throw error;
        }
      }),
    purge: () => inTurn(purge),
    close: () =>
      inTurn(async () => {
        if (handle.isOpen) guard(() => handle.close());
      }),
  };
}

const BUSY_TIMEOUT = "PRAGMA busy_timeout = 5000";

function open(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, "a", 0o600));
  chmodSync(path, 0o600);
  const handle = new DatabaseSync(path);
  handle.exec(`
    ${BUSY_TIMEOUT};
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
  `);
  return handle;
}

function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new DatabaseError(isNativeError(error) ? error.message : "unknown");
  }
}
