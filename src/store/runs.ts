import type { Counts, Item } from "../approval/bulk.ts";
import { afterPause, beginItem } from "../approval/bulk-run.ts";
import {
  type Applying,
  type Approved,
  type BulkRequest,
  type Held,
  isUnderWay,
  type Running,
  type UnderWay,
} from "../approval/change-request.ts";
import { claim } from "../approval/claim.ts";
import { withdraw } from "../approval/decide.ts";
import { entryFor } from "../approval/entries.ts";
import { type Person, personId } from "../approval/person.ts";
import { appendEntry } from "./ledger-table.ts";
import { BEGUN, TO_BEGIN } from "./plans.ts";
import { claimable, find, insert, isBeingChanged, move, read } from "./request-table.ts";
import { countsOf, finishRun } from "./run-end.ts";
import type { Database, Sql } from "./sql.ts";
import { step } from "./step.ts";

/** What goes on with the items of plans that were agreed to. */
export interface Runs {
  /**
   * Takes an item that is due, for `owner` alone: one whose last attempt did not end it, else the
   * next of a plan, of the one first that has the fewest on their way. It is settled like every
   * other request.
   */
  claimItem(owner: string, now: number): Promise<Applying | undefined>;
  /** Takes back the next item that waits although its plan was stopped. @returns whether there was one. */
  dropStopped(now: number): Promise<boolean>;
  /** What became of the items so far. */
  counts(request: BulkRequest): Promise<Counts>;
  /** Those of somebody that were agreed to and are not at their end, the oldest first. */
  underWay(requester: Person): Promise<readonly UnderWay[]>;
  /** How many snapshots are in somebody's plans that wait or run. */
  openItems(requester: Person): Promise<number>;
}

export function runsIn(database: Database, auditChannels: readonly string[]): Runs {
  return {
    async claimItem(owner, now) {
      // A look takes no lock; most of them find nothing.
      if ((await nextItem(database, now)) === undefined) return undefined;
      return await database.transaction(async (sql) => {
        const next = await nextItem(sql, now);
        if (next === undefined) return undefined;
        if ("state" in next) {
          const run = next.item && (await find(sql, next.item.id));
          const due = run?.state === "running" ? afterPause(next, run) : next;
          const claimed = claim(due, owner, now);
          await move(sql, next, claimed);
          await appendEntry(sql, entryFor(claimed, now));
          return claimed;
        }
        const begun = beginItem(next.run, next.item, owner, now);
        await insert(sql, begun);
        await sql.run(
          "UPDATE plan_item SET part = ? WHERE plan_id = ? AND n = ?",
          BEGUN,
          next.run.id,
          next.item.n,
        );
        await appendEntry(sql, entryFor(begun, now));
        return begun;
      });
    },
    async dropStopped(now) {
      if ((await nextToDrop(database)) === undefined) return false;
      return await database.transaction(async (sql) => {
        const item = await nextToDrop(sql);
        if (item === undefined) return false;
        const dropped = withdraw(item, now);
        await step(sql, item, dropped, entryFor(dropped, now), []);
        await finishRun(sql, dropped, auditChannels, now);
        return true;
      });
    },
    counts: (request) => countsOf(database, request),
    async underWay(requester) {
      const rows = await database.all(
        `SELECT body FROM request
         WHERE requester = ? AND plan_id IS NULL AND ${isRun("request")}
         ORDER BY asked_at`,
        personId(requester),
      );
      return rows.map(read).filter(isUnderWay);
    },
    async openItems(requester) {
      const rows = await database.all(
        `SELECT body FROM request
         WHERE requester = ? AND plan_id IS NULL
           AND state IN ('pending', 'running', 'paused', 'stopping')`,
        personId(requester),
      );
      return rows
        .map(read)
        .reduce((sum, request) => sum + ("bulk" in request ? request.bulk.size : 0), 0);
    },
  };
}

/** In these words an index has the few that are under way: without them all requests are gone through. */
const isRun = (request: string): string => `${request}.state IN ('running', 'paused', 'stopping')`;

/** An item that was begun, or one that is to be. */
async function nextItem(
  sql: Sql,
  now: number,
): Promise<Approved | Applying | { readonly run: Running; readonly item: Item } | undefined> {
  // A PATCH whose outcome is not known is looked up whatever has become of the plan.
  const [begun] = await sql.all(
    `SELECT mine.body AS body FROM request AS mine JOIN request AS plan ON plan.id = mine.plan_id
     WHERE mine.plan_id IS NOT NULL AND mine.due_at <= ?
       AND (mine.state = 'applying' OR (mine.state = 'approved' AND plan.state = 'running'))
       AND NOT ${isBeingChanged("mine", "mine.id")}
     ORDER BY mine.due_at LIMIT 1`,
    now,
    now,
  );
  if (begun !== undefined) return claimable(read(begun));
  const runs = await sql.all(
    `SELECT body, (SELECT count(*) FROM request AS item
       WHERE item.plan_id = run.id AND item.state = 'applying') AS busy
     FROM request AS run WHERE ${isRun("run")} AND state = 'running' ORDER BY busy, asked_at`,
  );
  for (const row of runs) {
    const run = read(row);
    if (run.state !== "running") continue;
    const [next] = await sql.all(
      `SELECT body FROM plan_item AS item
       WHERE plan_id = ? AND part = ? AND NOT ${isBeingChanged("item", "''")}
       ORDER BY n LIMIT 1`,
      run.id,
      TO_BEGIN,
      now,
    );
    if (next !== undefined) return { run, item: JSON.parse(String(next.body)) as Item };
  }
  return undefined;
}

/** An item of a plan that was stopped, for which surely nothing was sent. */
async function nextToDrop(sql: Sql): Promise<Approved | Held | undefined> {
  const [row] = await sql.all(
    `SELECT item.body AS body FROM request AS run JOIN request AS item ON item.plan_id = run.id
     WHERE ${isRun("run")} AND run.state = 'stopping' AND item.state IN ('approved', 'held') LIMIT 1`,
  );
  const item = row && read(row);
  return item?.state === "approved" || item?.state === "held" ? item : undefined;
}
