import { isNativeError } from "node:util/types";
import { DatabaseError } from "./sql.ts";

/**
 * Classes of SQLSTATE whose messages name tables, constraints, roles and causes, and never a value.
 * Of the others ("invalid input syntax for type bigint: …") only the code is said.
 */
const WORDY = new Set([
  "08",
  "23",
  "25",
  "28",
  "3D",
  "3F",
  "40",
  "42",
  "53",
  "54",
  "55",
  "57",
  "58",
  "P0",
]);

/** What another lock made wait for too long. */
const LOCK_TIMEOUT = "55P03";

/** Whether Postgres gave up waiting for a lock. */
export const isLockTimeout = (error: unknown): boolean =>
  error instanceof DatabaseError && error.message.endsWith(said(LOCK_TIMEOUT));

/** Whether it is Postgres' own answer; else the connection is broken, or nothing was asked. */
export const isAnswer = (error: unknown): boolean =>
  error instanceof DatabaseError || stateOf(error) !== undefined;

/**
 * The cause in words. What pg hangs on its errors (`detail`, `where`, the addresses) may hold values
 * of the statement: it is dropped.
 */
export function asDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (!isNativeError(error)) return new DatabaseError("unknown");
  const state = stateOf(error);
  if (state !== undefined) {
    const words = WORDY.has(state.slice(0, 2)) ? error.message : "refused";
    return new DatabaseError(words + said(state));
  }
  // An error of several addresses at once has no message of its own.
  return new DatabaseError(error.message || String(Reflect.get(error, "code") ?? "unknown"));
}

const said = (state: string): string => ` (SQLSTATE ${state})`;

/** Node's own codes (EPIPE) look like Postgres', but have no severity. */
function stateOf(error: unknown): string | undefined {
  if (!isNativeError(error)) return undefined;
  const code: unknown = Reflect.get(error, "code");
  const severity: unknown = Reflect.get(error, "severity");
  return typeof code === "string" && typeof severity === "string" ? code : undefined;
}
