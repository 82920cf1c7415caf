/** What a database takes and gives: text, whole numbers (times in milliseconds) and null. */
export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** Statements with `?` for each parameter. Every error of the database is thrown as `DatabaseError`. */
export interface Sql {
  all(statement: string, ...parameters: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** @returns how many rows were changed. */
  run(statement: string, ...parameters: readonly SqlValue[]): Promise<number>;
}

export type Engine = "sqlite" | "postgres";

/** One database, whichever engine is behind it. */
export interface Database extends Sql {
  readonly engine: Engine;
  /**
   * Runs `work` in one transaction that sees and makes its changes as if it were alone, and is
   * durable when the promise is fulfilled. Anything thrown takes all of it back. Its statements are
   * carried out in the order in which they are begun, and need not wait for each other.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Sees to it that what was deleted is gone from the files too.
   * @returns false when somebody else reads the database now and has to end first.
   */
  purge(): Promise<boolean>;
  close(): Promise<void>;
}

/** A database that is only read. */
export interface ReadOnly extends Pick<Database, "all" | "close"> {
  /** What `work` reads is one moment of the database, whatever others write meanwhile. */
  atOneMoment<T>(work: (sql: Pick<Sql, "all">) => Promise<T>): Promise<T>;
}

/** What stands after VALUES for so many rows: `(?, ?), (?, ?)`. */
export const placesFor = (rows: readonly (readonly SqlValue[])[]): string =>
  rows.map((row) => `(${row.map(() => "?").join(", ")})`).join(", ");

/** The database did not do what it was asked. The message names the cause and holds no values. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
}
