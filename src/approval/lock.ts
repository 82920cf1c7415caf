import type { Lock, Problem, Result } from "../problem.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Applying, Approved, Ended, Failed, Held } from "./change-request.ts";
import { end, passes } from "./claim.ts";
import { changedMeanwhile } from "./stale.ts";

/** How long the locks of a snapshot are waited for, from the first of them on, in milliseconds. */
export const WAIT_FOR = 24 * 3_600_000;

/** The shortest and the longest pause between two looks at a locked snapshot, in milliseconds. */
const SHORTEST = 5_000;
const LONGEST = 300_000;

/**
 * A task holds the snapshot, and no PATCH is on its way: the request waits for its end. After a day
 * of locks, one or several, it has failed.
 */
export function hold(request: Applying, lock: Lock, now: number): Held | Ended {
  const since = request.lockedSince ?? now;
  if (now >= since + WAIT_FOR) return end(request, { kind: "failed", problem: lock }, now);
  const { owner: _owner, claimedAt: _claimedAt, trouble: _trouble, ...rest } = request;
  return {
    ...rest,
    state: "held",
    lock,
    lockedSince: since,
    sentAt: null,
    dueAt: now + pauseAfter(now - since),
  };
}

/** A look at the snapshot found it locked still: there will be another one. */
export const lookLater = (request: Held, now: number): Held => ({
  ...request,
  dueAt: now + pauseAfter(now - request.lockedSince),
});

/**
 * Whether there is nothing to do but wait on. There is when the task has ended, when somebody changed
 * what the change touches, when the snapshot or the key is gone, and when a day is over: an attempt
 * then tells what comes of it.
 */
export function isStillHeld(
  { plan, lockedSince }: Held,
  look: Result<Snapshot, Problem>,
  now: number,
): boolean {
  if (now >= lockedSince + WAIT_FOR) return false;
  if (!look.ok) return passes(look.problem);
  return look.value.taskId !== null && changedMeanwhile(plan, look.value).length === 0;
}

/** Nothing keeps the request from another attempt, and it has its whole time for that again. */
export function release(request: Held, now: number): Approved {
  const { lock: _lock, ...rest } = request;
  return { ...rest, state: "approved", dueAt: now, attempts: 0, releasedAt: now };
}

/** It cannot go on when the lock is over. */
export function giveUp(request: Held, problem: Problem, now: number): Failed {
  const { lock: _lock, ...rest } = request;
  return { ...rest, state: "failed", problem, endedAt: now };
}

/** At the latest when a tenth more of the wait is over. */
const pauseAfter = (waited: number): number =>
  Math.min(Math.max(Math.floor(waited / 10), SHORTEST), LONGEST);
