import type { Problem } from "../problem.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Applying, Approved, ChangeRequest, Ended, Found } from "./change-request.ts";

/** How an attempt came out. */
export type Outcome =
  | { readonly kind: "applied"; readonly snapshot: Snapshot; readonly lookedUp: boolean }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "conflict"; readonly found: readonly Found[] }
  | { readonly kind: "unknown"; readonly problem: Problem };

/**
 * How long a claim is good for, in milliseconds, and how long after a PATCH without an answer Gcore
 * may still be at work on it. Far more than the time limits of the calls themselves.
 */
export const LEASE = 180_000;
/** A PATCH is sent within this time of its claim, or not at all. Milliseconds. */
export const SEND_WITHIN = 60_000;

/** How long a change that was surely not sent is tried for from its decision, or from the end of a lock. Milliseconds. */
export const TRY_FOR = 10 * 60_000;
/** How long a lost outcome is looked up for, in milliseconds. */
export const LOOK_FOR = 24 * 3_600_000;

const PAUSES = [2_000, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000] as const;

/**
 * Takes a request that is due. A claim that ran out means that its owner died, perhaps with a PATCH
 * on the wire, which may have been sent as late as it was allowed to: that is remembered.
 */
export function claim(request: Approved | Applying, owner: string, now: number): Applying {
  return {
    ...request,
    state: "applying",
    owner,
    claimedAt: now,
    dueAt: now + LEASE,
    attempts: request.attempts + 1,
    sentAt: lastSent(request),
    trouble: null,
  };
}

/** Nothing was sent and nothing is in doubt: it waits for another attempt. */
export function postpone(request: Applying, now: number, pause?: number): Approved {
  const { owner: _owner, claimedAt: _claimedAt, trouble: _trouble, ...rest } = request;
  return { ...rest, state: "approved", dueAt: now + (pause ?? pauseAfter(request.attempts)) };
}

/** A PATCH may have been sent (at `sentAt`): it is looked up again after a pause. */
export function doubt(
  request: Applying,
  sentAt: number,
  now: number,
  trouble: Problem | null = null,
): Applying {
  const dueAt = now + pauseAfter(request.attempts);
  return { ...request, owner: null, sentAt, dueAt, trouble };
}

/** Until when nobody else should change the same snapshot: Gcore may be at work on a PATCH. */
export const holdsUntil = (request: ChangeRequest): number =>
  request.state === "applying" ? (lastSent(request) ?? 0) + LEASE : 0;

/** The latest time at which a PATCH may have been sent whose outcome is not known. */
const lastSent = (request: Approved | Applying): number | null =>
  request.state === "applying" && request.owner !== null
    ? Math.max(request.sentAt ?? 0, request.claimedAt + SEND_WITHIN)
    : request.sentAt;

/** Ends a request. */
export function end(request: Applying, outcome: Outcome, now: number): Ended {
  const { owner: _owner, claimedAt: _claimedAt, trouble: _trouble, ...rest } = request;
  const decided = { ...rest, endedAt: now };
  switch (outcome.kind) {
    case "applied": {
      const { snapshot, lookedUp } = outcome;
      return { ...decided, state: "applied", snapshot, lookedUp };
    }
    case "failed":
      return { ...decided, state: "failed", problem: outcome.problem };
    case "conflict":
      return { ...decided, state: "conflict", found: outcome.found };
    case "unknown":
      return { ...decided, state: "unknown", problem: outcome.problem };
    default:
      return outcome satisfies never;
  }
}

/** Whether a problem is likely to be over when the same is tried a little later. */
export const passes = ({ kind }: Problem): boolean =>
  kind === "gcore-busy" || kind === "gcore-unavailable" || kind === "gcore-unclear";

const pauseAfter = (attempts: number): number =>
  PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? PAUSES[0];
