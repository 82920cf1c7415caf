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
import { appendEntries } from "./ledger-table.ts";
import { noteMove } from "./moves.ts";
import { BEGUN, TO_BEGIN } from "./plans.ts";
import { claimable, find, insert, isBeingChanged, move, read } from "./request-table.ts";
import { countsOf, finishRun } from "./run-end.ts";
import { type Database, placesFor, type Sql } from "./sql.ts";
import { step } from "./step.ts";

/** What goes on with the items of plans that were agreed to. */
export interface Runs {
  /**
   * Takes items that are due, `most` at most, for `owner` alone: those whose last attempt did not end
   * them, or else the next ones of a plan, of the one first that has the fewest on their way. Each is
   * settled like every other request.
   */
  claimItems(owner: string, now: number, most: number): Promise<readonly Applying[]>;
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
    async claimItems(owner, now, most) {
      // A look takes no lock; most of them find nothing.
      if ((await nextItems(database, now, 1)) === undefined) return [];
      return await database.transaction(async (sql) => {
        const next = await nextItems(sql, now, most);
        if (next === undefined) return [];
        const claimed =
          "run" in next
            ? await beginItems(sql, next, owner, now)
            : await claimAgain(sql, next.again, owner, now);
        await appendEntries(
          sql,
          claimed.map((one) => entryFor(one, now)),
        );
        return claimed;
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
    openItems: (requester) => openItems(database, requester),
  };
}

export async function openItems(sql: Pick<Sql, "all">, requester: Person): Promise<number> {
  const rows = await sql.all(
    `SELECT body FROM request
     WHERE requester = ? AND plan_id IS NULL
       AND state IN ('pending', 'running', 'paused', 'stopping')`,
    personId(requester),
  );
  return rows
    .map(read)
    .reduce((sum, request) => sum + ("bulk" in request ? request.bulk.size : 0), 0);
}

/** In these words an index has the few that are under way: without them all requests are gone through. */
const isRun = (request: string): string => `${request}.state IN ('running', 'paused', 'stopping')`;

interface ToBegin {
  readonly run: Running;
  readonly items: readonly Item[];
}

/** Items that were begun and are due again, or else the next ones of one plan: no two of one snapshot. */
async function nextItems(
  sql: Pick<Sql, "all">,
  now: number,
  most: number,
): Promise<{ readonly again: readonly (Approved | Applying)[] } | ToBegin | undefined> {
  // A PATCH whose outcome is not known is looked up whatever has become of the plan.
  const due = await sql.all(
    `SELECT mine.body AS body FROM request AS mine JOIN request AS plan ON plan.id = mine.plan_id
     WHERE mine.plan_id IS NOT NULL AND mine.due_at <= ?
       AND (mine.state = 'applying' OR (mine.state = 'approved' AND plan.state = 'running'))
       AND NOT ${isBeingChanged("mine", "mine.id")}
     ORDER BY mine.due_at LIMIT ?`,
    now,
    now,
    most,
  );
  const again = due.flatMap((row) => claimable(read(row)) ?? []);
  if (again.length > 0) return { again: ofOneEach(again, ({ ref }) => ref.snapshotId) };
  const runs = await sql.all(
    `SELECT body, (SELECT count(*) FROM request AS item
       WHERE item.plan_id = run.id AND item.state = 'applying') AS busy
     FROM request AS run WHERE ${isRun("run")} AND state = 'running' ORDER BY busy, asked_at`,
  );
  for (const row of runs) {
    const run = read(row);
    if (run.state !== "running") continue;
    const rows = await sql.all(
      `SELECT body FROM plan_item AS item
       WHERE plan_id = ? AND part = ? AND NOT ${isBeingChanged("item", "''")}
       ORDER BY n LIMIT ?`,
      run.id,
      TO_BEGIN,
      now,
      most,
    );
    const items = rows.map(({ body }) => JSON.parse(String(body)) as Item);
    if (items.length > 0) return { run, items: ofOneEach(items, (one) => one.before.snapshotId) };
  }
  return undefined;
}

/** The first of each snapshot. */
const ofOneEach = <T>(all: readonly T[], snapshotId: (one: T) => string): readonly T[] =>
  all.filter((one, at) => all.findIndex((it) => snapshotId(it) === snapshotId(one)) === at);

/** Takes up items whose last attempt did not end them. */
async function claimAgain(
  sql: Sql,
  again: readonly (Approved | Applying)[],
  owner: string,
  now: number,
): Promise<readonly Applying[]> {
  const claimed: Applying[] = [];
  for (const item of again) {
    const run = item.item && (await find(sql, item.item.id));
    const due = run?.state === "running" ? afterPause(item, run) : item;
    const next = claim(due, owner, now);
    await move(sql, item, next);
    claimed.push(next);
  }
  return claimed;
}

/** Makes the next items of a plan requests of their own. */
async function beginItems(
  sql: Sql,
  { run, items }: ToBegin,
  owner: string,
  now: number,
): Promise<readonly Applying[]> {
  const begun = items.map((item) => beginItem(run, item, owner, now));
  await insert(sql, begun);
  for (const item of begun) noteMove(sql, undefined, item);
  await sql.run(
    `UPDATE plan_item SET part = ? WHERE plan_id = ? AND n IN ${placesFor([items.map(({ n }) => n)])}`,
    BEGUN,
    run.id,
    ...items.map(({ n }) => n),
  );
  return begun;
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
