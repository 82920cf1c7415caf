import type { Draft } from "../approval/change-request.ts";
import type { Database } from "./sql.ts";

/** Changes in the making. */
export interface Drafts {
  save(draft: Draft): Promise<void>;
  get(id: string): Promise<Draft | undefined>;
  /** @returns how many were forgotten. */
  forget(createdBefore: number): Promise<number>;
}

export function draftsIn(database: Database): Drafts {
  return {
    async save(draft) {
      await database.run(
        `INSERT INTO draft (id, created_at, body) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
        draft.id,
        draft.createdAt,
        JSON.stringify(draft),
      );
    },
    async get(id) {
      const [row] = await database.all("SELECT body FROM draft WHERE id = ?", id);
      return row && (JSON.parse(String(row.body)) as Draft);
    },
    async forget(createdBefore) {
      const [old] = await database.all(
        "SELECT id FROM draft WHERE created_at < ? LIMIT 1",
        createdBefore,
      );
      if (old === undefined) return 0;
      return await database.run("DELETE FROM draft WHERE created_at < ?", createdBefore);
    },
  };
}
