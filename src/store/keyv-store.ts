import { Keyv } from "keyv";
import type { Sql } from "./sql.ts";

/**
 * A Keyv over our own database. Inside a transaction it takes part in it: give it the transaction's
 * `Sql`. A database that is down throws; Keyv alone would answer that there is nothing.
 */
export const keyvOver = <T>(sql: Sql, namespace: string): Keyv<T> =>
  new Keyv<T>({ store: new SqlStore(sql), namespace, throwOnErrors: true });

/** Keyv's store: keys come with `namespace:` before them, values as text with their expiry inside. */
class SqlStore {
  readonly opts = {};
  namespace: string | undefined;
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  async get(key: string): Promise<string | undefined> {
    const [row] = await this.#sql.all("SELECT value FROM keyv WHERE key = ?", key);
    return row === undefined ? undefined : String(row.value);
  }

  async set(key: string, value: string): Promise<void> {
    await this.#sql.run(
      `INSERT INTO keyv (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
      key,
      value,
    );
  }

  async delete(key: string): Promise<boolean> {
    return (await this.#sql.run("DELETE FROM keyv WHERE key = ?", key)) > 0;
  }

  /** Clears one namespace, compared letter by letter: `_` and `%` in a name mean nothing. */
  async clear(): Promise<void> {
    if (!this.namespace) throw new Error("A store without a namespace is not cleared.");
    const prefix = `${this.namespace}:`;
    await this.#sql.run("DELETE FROM keyv WHERE substr(key, 1, ?) = ?", prefix.length, prefix);
  }
}
