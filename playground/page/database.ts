import { DatabaseSync } from "node:sqlite";

/** One row, as it stands in the table. */
export type Row = Readonly<Record<string, string | number | null>>;

/** How much of a table is shown. */
const MOST = 60;

/**
 * The bot's own database, looked at from outside while the bot may write: read, never written, and
 * never locked for longer than a look takes. When it is not there, there is nothing in it.
 */
export class BotDatabase {
  readonly path: string;
  #connection: DatabaseSync | undefined;
  #seen = -1;
  #version = 0;

  constructor(path: string) {
    this.path = path;
  }

  /** Changes whenever something was committed. */
  version(): number {
    const [row] = this.#all("PRAGMA data_version");
    const now = Number(row?.data_version ?? -1);
    if (now !== this.#seen) this.#version += 1;
    this.#seen = now;
    return this.#version;
  }

  /** The newest entries of the ledger, the newest first. */
  ledger(): Row[] {
    return this.#all("SELECT * FROM ledger ORDER BY seq DESC LIMIT ?", MOST);
  }

  /** The newest requests, the newest first. */
  requests(): Row[] {
    return this.#all("SELECT * FROM request ORDER BY rowid DESC LIMIT ?", MOST);
  }

  close(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  #all(statement: string, ...parameters: number[]): Row[] {
    try {
      this.#connection ??= new DatabaseSync(this.path, { readOnly: true, timeout: 200 });
      return this.#connection.prepare(statement).all(...parameters) as Row[];
    } catch {
      // Not there yet, or just being made: the next look finds it.
      this.close();
      return [];
    }
  }
}
