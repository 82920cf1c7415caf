import { TO_BEGIN } from "./plans.ts";
import type { Sql } from "./sql.ts";

/** How much is open, counted from indexes that hold nothing else. */
export interface Figures {
  /** Requests that have not ended, by their state; the items of plans apart. */
  readonly open: readonly {
    readonly of: "request" | "item";
    readonly state: string;
    readonly count: number;
  }[];
  /** Items of running plans that were not begun. */
  readonly itemsToBegin: number;
  readonly outbox: {
    /** All that is to be said; of those the ones that may be said now; and what Slack has not taken so far. */
    readonly waiting: number;
    readonly due: number;
    readonly refused: number;
    /** For how long the one has been due that has been so the longest. Milliseconds. */
    readonly oldestDue: number;
  };
}

// In these words an index has the few that are open: without them all requests are gone through.
const DUE = "SELECT state, count(*) AS n FROM request WHERE due_at IS NOT NULL AND plan_id";
const UNDER_WAY = "state IN ('running', 'paused', 'stopping')";

export async function figuresOf(database: Pick<Sql, "all">, now: number): Promise<Figures> {
  const [alone, items, plans, [toBegin], [waiting], [due], [refused]] = await Promise.all([
    database.all(`${DUE} IS NULL GROUP BY state`),
    database.all(`${DUE} IS NOT NULL GROUP BY state`),
    database.all(`SELECT state, count(*) AS n FROM request WHERE ${UNDER_WAY} GROUP BY state`),
    database.all(
      `SELECT count(*) AS n FROM plan_item WHERE part = ? AND plan_id IN
         (SELECT id FROM request WHERE ${UNDER_WAY} AND state = 'running')`,
      TO_BEGIN,
    ),
    database.all("SELECT count(*) AS n FROM outbox WHERE due_at IS NOT NULL"),
    database.all(
      // What is due at once since no moment in particular has a zero there.
      `SELECT count(*) AS n, min(nullif(due_at, 0)) AS since FROM outbox
       WHERE due_at IS NOT NULL AND due_at <= ?`,
      now,
    ),
    database.all("SELECT count(*) AS n FROM outbox WHERE due_at IS NOT NULL AND error IS NOT NULL"),
  ]);
  const counted = (of: "request" | "item", rows: typeof alone) =>
    rows.map(({ state, n }) => ({ of, state: String(state), count: Number(n) }));
  return {
    open: [...counted("request", alone), ...counted("request", plans), ...counted("item", items)],
    itemsToBegin: Number(toBegin?.n ?? 0),
    outbox: {
      waiting: Number(waiting?.n ?? 0),
      due: Number(due?.n ?? 0),
      refused: Number(refused?.n ?? 0),
      oldestDue: typeof due?.since === "number" ? now - due.since : 0,
    },
  };
}
