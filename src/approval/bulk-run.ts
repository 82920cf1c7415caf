import type { Problem } from "../problem.ts";
import type { Counts, Item } from "./bulk.ts";
import type {
  Applying,
  Approved,
  ChangeRequest,
  Finished,
  Paused,
  Running,
  Stopping,
  UnderWay,
} from "./change-request.ts";
import { claim } from "./claim.ts";
import type { Person } from "./person.ts";

/** Its items go one after the other into the order of their requests. */
export const itemId = (planId: string, n: number): string =>
  `${planId}.${String(n).padStart(6, "0")}`;

/** No more items are begun until somebody goes on. */
export function pause(run: Running, by: Person, now: number): Paused {
  const { since: _since, resumedBy: _by, ...rest } = run;
  return { ...rest, state: "paused", ranFor: ranFor(run, now), stoodBy: by };
}

/** What keeps every other item from being changed as well: the key of whoever asked is of no use. */
const OF_NO_USE: ReadonlySet<Problem["kind"]> = new Set([
  "no-key",
  "key-unreadable",
  "key-refused",
  "key-expired",
  "key-read-only",
  "no-cloud",
]);

/**
 * An item that was claimed came out like this: where the others would come out the same, no more of
 * them are begun. What was claimed before somebody let the run go on tells nothing of the key by now.
 */
export const pauseBecause = (
  run: Running,
  { claimedAt }: Pick<Applying, "claimedAt">,
  next: ChangeRequest,
  now: number,
): Running | Paused =>
  claimedAt >= run.since && next.state === "failed" && OF_NO_USE.has(next.problem.kind)
    ? { ...pause(run, run.requester, now), because: next.problem }
    : run;

export function resume(run: Paused, by: Person, now: number): Running {
  const { stoodBy: _by, because: _because, ...rest } = run;
  return { ...rest, state: "running", since: now, resumedBy: by };
}

/** What was not begun is left, and what only waits is taken back. */
export function stop(run: Running | Paused, by: Person, now: number): Stopping {
  const { because: _because, ...rest } = run.state === "running" ? pause(run, by, now) : run;
  return { ...rest, state: "stopping", stoodBy: by };
}

/** Nothing more becomes of any item. */
export function finish(run: UnderWay, counts: Counts, now: number): Finished {
  const paused = run.state === "running" ? pause(run, run.requester, now) : run;
  const { stoodBy, because: _because, ...rest } = { because: undefined, ...paused };
  const stopped = run.state === "stopping" ? { stoodBy } : {};
  return { ...rest, ...stopped, state: "finished", endedAt: now, counts };
}

/** For how long items have been begun by now, pauses left out; a clock may be put back. Milliseconds. */
export const ranFor = (run: UnderWay | Finished, now: number): number =>
  run.ranFor + (run.state === "running" ? Math.max(0, now - run.since) : 0);

/** What was put off before a pause has its whole time again after it. */
export function afterPause<R extends Approved | Applying>(request: R, run: Running): R {
  const { item } = request;
  if (item === undefined || item.begunAt >= run.since) return request;
  return { ...request, item: { ...item, begunAt: run.since } };
}

/** An item becomes a request of its own with its first attempt; what was decided for all holds for it. */
export function beginItem(run: Running, item: Item, owner: string, now: number): Applying {
  const { n, before, plan, undoes = null } = item;
  const { id, requester, origin, askedAt, decidedAt, reason, rule, approvals } = run;
  const { projectId, regionId, snapshotId } = before;
  const approved: Approved = {
    ...{ requester, origin, askedAt, decidedAt, reason, rule, approvals, before, plan, undoes },
    id: itemId(id, n),
    ref: { projectId, regionId, snapshotId },
    approvers: [],
    expiresAt: null,
    item: { id, n, begunAt: now },
    state: "approved",
    dueAt: now,
    attempts: 0,
    sentAt: null,
  };
  return claim(approved, owner, now);
}
