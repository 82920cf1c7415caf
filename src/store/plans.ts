import { type Item, type LeftOut, leftKind } from "../approval/bulk.ts";
import type { PlanPage, PlanPart, PlanRow } from "../approval/bulk-page.ts";
import { read } from "./request-table.ts";
import { type Database, placesFor, type Sql, type SqlRow, type SqlValue } from "./sql.ts";

/** The items of plans, and those that were chosen and are left. */
export interface Plans {
  /** Adds to a plan that nobody has asked for. */
  put(planId: string, chosen: readonly (Item | LeftOut)[]): Promise<void>;
  /** A part of it, from a number on. */
  page(planId: string, part: PlanPart, from: number, most: number): Promise<PlanPage>;
  /** Forgets one that nobody has asked for. */
  drop(planId: string): Promise<void>;
}

/** In `plan_item.part`: an item that is to be begun, and one that was. Else why it is left. */
export const TO_BEGIN = "to begin";
export const BEGUN = "begun";

const ROWS_AT_ONCE = 100;

/** Rows of the plan, and of the requests that they have become, that are in a part. */
function conditionOf(part: PlanPart): string {
  switch (part) {
    case "change":
      return `item.part IN ('${TO_BEGIN}', '${BEGUN}')`;
    case "waiting":
      return `item.part = '${TO_BEGIN}'`;
    case "stopped":
      return `(item.part = '${TO_BEGIN}' OR (item.part = '${BEGUN}' AND request.state = 'withdrawn'))`;
    case "applied":
    case "held":
      return `item.part = '${BEGUN}' AND request.state = '${part}'`;
    case "trouble":
      return `item.part = '${BEGUN}' AND request.state IN ('failed', 'conflict', 'unknown')`;
    default:
      return `item.part = '${part}'`;
  }
}

export function plansIn(database: Database): Plans {
  return {
    put: (planId, chosen) =>
      database.transaction(async (sql) => {
        for (let from = 0; from < chosen.length; from += ROWS_AT_ONCE) {
          const rows = chosen.slice(from, from + ROWS_AT_ONCE).map((one) => rowFor(planId, one));
          await sql.run(
            `INSERT INTO plan_item (plan_id, n, snapshot_id, part, body) VALUES ${placesFor(rows)}`,
            ...rows.flat(),
          );
        }
      }),
    async page(planId, part, from, most) {
      const select = (what: string, where: string, order: "ASC" | "DESC"): string =>
        `SELECT ${what} FROM plan_item AS item
         LEFT JOIN request ON request.plan_id = item.plan_id AND request.plan_n = item.n
         WHERE item.plan_id = ? AND ${conditionOf(part)} AND ${where}
         ORDER BY item.n ${order} LIMIT ?`;
      const rows = await database.all(
        select("item.n AS n, item.body AS body, request.body AS request", "item.n >= ?", "ASC"),
        planId,
        from,
        // One more tells where the next page begins.
        most + 1,
      );
      const before = await database.all(
        select("item.n AS n", "item.n < ?", "DESC"),
        planId,
        from,
        most,
      );
      const [previous, next] = [before.at(-1)?.n, rows[most]?.n];
      return {
        rows: rows.slice(0, most).map(rowOf),
        previous: previous === undefined ? null : Number(previous),
        next: next === undefined ? null : Number(next),
      };
    },
    async drop(planId) {
      await database.run("DELETE FROM plan_item WHERE plan_id = ?", planId);
    },
  };
}

const rowOf = (row: SqlRow): PlanRow => ({
  chosen: JSON.parse(String(row.body)) as Item | LeftOut,
  request: row.request == null ? undefined : read({ body: row.request }),
});

const rowFor = (planId: string, one: Item | LeftOut): readonly SqlValue[] => [
  planId,
  one.n,
  "why" in one ? one.ref.snapshotId : one.before.snapshotId,
  "why" in one ? leftKind(one.why) : TO_BEGIN,
  JSON.stringify(one),
];

/** Whether all items of a plan are there. */
export async function isWhole(sql: Sql, planId: string, size: number): Promise<boolean> {
  const [row] = await sql.all(
    "SELECT count(*) AS n FROM plan_item WHERE plan_id = ? AND part IN (?, ?)",
    planId,
    TO_BEGIN,
    BEGUN,
  );
  return Number(row?.n) === size;
}
