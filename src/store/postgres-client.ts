import type { Pool, QueryConfig } from "pg";
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
  const ask = async (query: QueryConfig) => {
    try {
      return await connection.query<SqlRow>(query);
    } catch (error) {
      if (!isAnswer(error)) isBroken = true;
      throw asDatabaseError(error);
    }
  };
  try {
    return await work({
      all: async (text, ...parameters) => (await ask(queryOf(text, parameters))).rows,
      run: async (text, ...parameters) => (await ask(queryOf(text, parameters))).rowCount ?? 0,
      command: async (text) => (await ask({ text })).command,
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

/** Those with more parameters are written for so and so many rows, and seldom come again. */
const MOST_KEPT = 64;
const kept = new Map<string, QueryConfig>();

/**
 * The same statement has the same name: then Postgres reads and plans it once for each connection. It
 * names its columns, since one with `*` fails when another process has added a column meanwhile.
 */
function queryOf(text: string, parameters: readonly SqlValue[]): QueryConfig {
  const values = [...parameters];
  if (values.length > MOST_KEPT) return { text: numbered(text), values };
  const known = kept.get(text) ?? { name: `s${kept.size + 1}`, text: numbered(text) };
  kept.set(text, known);
  return { ...known, values };
}

/** `$1`, `$2`, … for each `?` that stands outside of quotes. */
export function numbered(text: string): string {
  let count = 0;
  return text.replace(/'[^']*'|"[^"]*"|\?/g, (part) => {
    if (part !== "?") return part;
    count += 1;
    return `$${count}`;
  });
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
