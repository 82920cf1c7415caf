import type { Database } from "../../src/store/sql.ts";
import { migrated, opened, temporaryPath } from "./temporary.ts";

/** A kind of database that the bot can run on; what must hold on one must hold on each. */
export interface Engine {
  readonly name: string;
  /** So many handles of one new database in today's form, as several processes have them. */
  handles(count: number): Promise<readonly Database[]>;
}

const sqlite: Engine = {
  name: "SQLite",
  async handles(count) {
    const path = temporaryPath();
    const first = await migrated(path);
    return [first, ...Array.from({ length: count - 1 }, () => opened(path))];
  },
};

export const ENGINES: readonly Engine[] = [sqlite];
