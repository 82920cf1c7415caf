import type { BulkDraft, Draft } from "../approval/change-request.ts";
import type { Database } from "./sql.ts";

/** Changes in the making. */
export interface Drafts {
  save(draft: Draft | BulkDraft): Promise<void>;
  get(id: string): Promise<Draft | undefined>;
  getBulk(id: string): Promise<BulkDraft | undefined>;
  /** @returns how many were forgotten. */
  forget(createdBefore: number): Promise<number>;
}

export function draftsIn(database: Database): Drafts {
  const find = async (id: string): Promise<Draft | BulkDraft | undefined> => {
    const [row] = await database.all("SELECT body FROM draft WHERE id = ?", id);
    return row && (JSON.parse(String(row.body)) as Draft | BulkDraft);
  };
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
      const draft = await find(id);
      return draft === undefined || "aim" in draft ? undefined : draft;
    },
    async getBulk(id) {
      const draft = await find(id);
      return draft !== undefined && "aim" in draft ? draft : undefined;
    },
    async forget(createdBefore) {
      const [old] = await database.all(
        "SELECT id FROM draft WHERE created_at < ? LIMIT 1",
        createdBefore,
      );
      if (old === undefined) return 0;
      const forgotten = await database.run("DELETE FROM draft WHERE created_at < ?", createdBefore);
      // The plans that were made of them, and that nobody has asked for.
      await database.run(
        `DELETE FROM plan_item
         WHERE plan_id NOT IN (SELECT id FROM draft) AND plan_id NOT IN (SELECT id FROM request)`,
      );
      return forgotten;
    },
  };
}
