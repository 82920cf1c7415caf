import type { ChangeRequest } from "../approval/change-request.ts";
import type { Database, Sql } from "./sql.ts";

/** A request has come to another state, and that was written; `from` is undefined where it is new. */
export type Moved = (from: ChangeRequest | undefined, to: ChangeRequest) => void;

const noted = new WeakMap<Sql, Parameters<Moved>[]>();

/** Notes, in a transaction, that a request moves on. */
export const noteMove = (sql: Sql, ...move: Parameters<Moved>): void => {
  noted.get(sql)?.push(move);
};

/** The same database; what was noted in a transaction is told once that is committed, and only then. */
export const tellingMoves = (database: Database, moved: Moved): Database => ({
  ...database,
  async transaction(work) {
    const moves: Parameters<Moved>[] = [];
    const value = await database.transaction(({ all, run }) => {
      const sql = { all, run };
      noted.set(sql, moves);
      return work(sql);
    });
    for (const move of moves) moved(...move);
    return value;
  },
});
