import type { Counts } from "../approval/bulk.ts";
import { finish } from "../approval/bulk-run.ts";
import {
  type BulkRequest,
  type ChangeRequest,
  type Finished,
  hasEnded,
  isUnderWay,
  itemOf,
} from "../approval/change-request.ts";
import { entryFor } from "../approval/entries.ts";
import { noticesFor } from "../approval/notices.ts";
import { TO_BEGIN } from "./plans.ts";
import { find } from "./request-table.ts";
import type { Sql } from "./sql.ts";
import { step } from "./step.ts";

/**
 * In the transaction in which a request has changed: when nothing more becomes of the plan that it
 * is, or is an item of, that plan is at its end. @returns it, if so.
 */
export async function finishRun(
  sql: Sql,
  changed: ChangeRequest,
  auditChannels: readonly string[],
  now: number,
): Promise<Finished | undefined> {
  const item = itemOf(changed);
  const mayBeOver = item === undefined ? changed.state === "stopping" : hasEnded(changed);
  if (!mayBeOver) return undefined;
  const planId = item?.id ?? changed.id;
  const [open] = await sql.all(
    "SELECT 1 FROM request WHERE plan_id = ? AND state IN ('approved', 'applying', 'held') LIMIT 1",
    planId,
  );
  if (open !== undefined) return undefined;
  const run = await find(sql, planId);
  if (run === undefined || !isUnderWay(run)) return undefined;
  const [waiting] = await sql.all(
    "SELECT 1 FROM plan_item WHERE plan_id = ? AND part = ? LIMIT 1",
    planId,
    TO_BEGIN,
  );
  if (waiting !== undefined && run.state !== "stopping") return undefined;
  const finished = finish(run, await countsOf(sql, run), now);
  await step(sql, run, finished, entryFor(finished, now), noticesFor(finished, auditChannels));
  return finished;
}

/** What became of the items of a plan; they add up to its size. */
export async function countsOf(sql: Pick<Sql, "all">, request: BulkRequest): Promise<Counts> {
  const rows = await sql.all(
    "SELECT state, count(*) AS n FROM request WHERE plan_id = ? GROUP BY state",
    request.id,
  );
  const number = (state: ChangeRequest["state"]): number =>
    Number(rows.find((row) => row.state === state)?.n ?? 0);
  const begun = rows.reduce((sum, { n }) => sum + Number(n), 0);
  const left = request.bulk.size - begun;
  const isStopped = request.state === "stopping" || request.state === "finished";
  return {
    applied: number("applied"),
    failed: number("failed"),
    conflict: number("conflict"),
    unknown: number("unknown"),
    stopped: number("withdrawn") + (isStopped ? left : 0),
    held: number("held"),
    underWay: number("approved") + number("applying"),
    waiting: isStopped ? 0 : left,
  };
}
