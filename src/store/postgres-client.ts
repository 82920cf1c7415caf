import type { Pool } from "pg";
import { asDatabaseError, isAnswer } from "./postgres-error.ts";
import { DatabaseError, type Sql, type SqlRow, type SqlValue } from "./sql.ts";

/** One connection, in one caller's hands. */
export interface Client extends Sql {
  /** Runs what takes no parameters. @returns what was carried out, in Postgres' words. */
  command(text: string): Promise<string | null>;
  /** It can no longer be trusted: after its use it is thrown away. */
  giveUp(): void;
  readonly isBroken: boolean;
}

/** Lends a connection; a broken one does not come back into the pool. */
export async function withClient<T>(pool: Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const connection = await connect(pool);
  let isBroken = false;
  const ask = async (text: string, values: readonly SqlValue[] = []) => {
    try {
      return await connection.query<SqlRow>(numbered(text), [...values]);
    } catch (error) {
      if (!isAnswer(error)) isBroken = true;
      throw asDatabaseError(error);
    }
  };
  try {
    return await work({
      all: async (text, ...parameters) => (await ask(text, parameters)).rows,
      run: async (text, ...parameters) => (await ask(text, parameters)).rowCount ?? 0,
      command: async (text) => (await ask(text)).command,
      giveUp: () => {
        isBroken = true;
      },
      get isBroken() {
        return isBroken;
      },
    });
  } finally {
    connection.release(isBroken);
  }
}

async function connect(pool: Pool) {
  try {
    return await pool.connect();
  } catch (error) {
    throw asDatabaseError(error);
  }
}

const numberedBefore = new Map<string, string>();

/** `$1`, `$2`, … for each `?` that stands outside of quotes. */
export function numbered(text: string): string {
  const known = numberedBefore.get(text);
  if (known !== undefined) return known;
  let count = 0;
  const made = text.replace(/'[^']*'|"[^"]*"|\?/g, (part) => {
    if (part !== "?") return part;
    count += 1;
    return `$${count}`;
  });
  numberedBefore.set(text, made);
  return made;
}

/** Postgres' types of whole numbers: bigint, smallint, integer. */
const WHOLE = new Set([20, 21, 23]);

/** How a column of this type is read: whole numbers as numbers, everything else as text. */
export const readerOf = (type: number): ((text: string) => SqlValue) =>
  WHOLE.has(type) ? wholeNumber : (text) => text;

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new DatabaseError("a number is too large to be exact");
  return value;
}
