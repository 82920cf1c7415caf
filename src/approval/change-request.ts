import type { Problem } from "../problem.ts";
import type { FormInput } from "../snapshot/form-input.ts";
import type { Plan, Row } from "../snapshot/plan.ts";
import type { Snapshot, SnapshotRef } from "../snapshot/snapshot.ts";
import type { Person } from "./person.ts";

/** Where a conversation began, so that its answers can go there. */
export interface Origin {
  readonly channelId: string;
  /** Slack's address for answers, good for 30 minutes after `at`; gone when there was no command. */
  readonly responseUrl: string | null;
  readonly at: number;
}

/** A change in the making: what stands in the form and, once it was looked up, what was shown. */
export interface Draft {
  readonly id: string;
  readonly person: Person;
  readonly origin: Origin;
  readonly input: FormInput;
  readonly createdAt: number;
  readonly preview: Preview | null;
  /** The look-up that its view waits for; the answer of any other one comes too late to be shown. */
  readonly lookUp: string | null;
  /** The form that a preview was made of. */
  readonly formId: string | null;
  /** The request that was made of it. */
  readonly requestId: string | null;
}

/** Exactly what a person was shown. */
export interface Preview {
  readonly ref: SnapshotRef;
  readonly before: Snapshot;
  readonly plan: Plan;
  readonly reason: string | null;
}

/** Who let it happen, when, and by which rule. */
export interface Decision {
  readonly by: Person;
  readonly at: number;
  readonly rule: "requester confirms";
}

interface Asked extends Preview {
  readonly id: string;
  readonly requester: Person;
  readonly origin: Origin;
  readonly askedAt: number;
  /** The open view in which it was asked; it follows the request while the person leaves it open. */
  readonly viewId: string;
}

interface Decided extends Asked {
  readonly decision: Decision;
  /** When the next attempt is due. */
  readonly dueAt: number;
  /** How many attempts were begun. */
  readonly attempts: number;
  /** When a PATCH may have been sent whose outcome is not known; null: none was. */
  readonly sentAt: number | null;
}

export interface Pending extends Asked {
  readonly state: "pending";
}
export interface Approved extends Decided {
  readonly state: "approved";
}
/** Somebody is at it (`owner` is theirs alone), or (null) its outcome waits to be looked up again. */
export interface Applying extends Decided {
  readonly state: "applying";
  readonly owner: string | null;
  readonly claimedAt: number;
}
export interface Applied extends Decided {
  readonly state: "applied";
  readonly endedAt: number;
  readonly snapshot: Snapshot;
  /** True when the answer was lost and the change was found by looking. */
  readonly lookedUp: boolean;
}
export interface Failed extends Decided {
  readonly state: "failed";
  readonly endedAt: number;
  readonly problem: Problem;
}
/** Somebody else changed what this change touches; `found` is what stands there now. */
export interface Conflicted extends Decided {
  readonly state: "conflict";
  readonly endedAt: number;
  readonly found: readonly { readonly row: Row; readonly now: string | null }[];
}
/** It may have been applied and cannot be looked up. */
export interface Unknown extends Decided {
  readonly state: "unknown";
  readonly endedAt: number;
  readonly problem: Problem;
}

/** A request in each of its states; each has the facts of the one before it and one more. */
export type ChangeRequest = Pending | Approved | Applying | Applied | Failed | Conflicted | Unknown;

export type Ended = Applied | Failed | Conflicted | Unknown;

/** How an attempt came out. */
export type Outcome =
  | { readonly kind: "applied"; readonly snapshot: Snapshot; readonly lookedUp: boolean }
  | { readonly kind: "failed"; readonly problem: Problem }
  | { readonly kind: "conflict"; readonly found: Conflicted["found"] }
  | { readonly kind: "unknown"; readonly problem: Problem };

/**
 * How long a claim is good for, in milliseconds, and how long after a PATCH without an answer Gcore
 * may still be at work on it. Far more than the time limits of the calls themselves.
 */
export const LEASE = 180_000;
/** A PATCH is sent within this time of its claim, or not at all. Milliseconds. */
export const SEND_WITHIN = 60_000;

/** How long a change that was surely not sent is tried for, in milliseconds. */
export const TRY_FOR = 10 * 60_000;
/** How long a lost outcome is looked up for, in milliseconds. */
export const LOOK_FOR = 24 * 3_600_000;

const PAUSES = [2_000, 5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000] as const;

/** The request that a draft becomes when the person asks for what they were shown. */
export function ask(
  draft: Draft & { readonly preview: Preview },
  viewId: string,
  now: number,
): Pending {
  const { id, person, origin, preview } = draft;
  return { ...preview, id, requester: person, origin, askedAt: now, viewId, state: "pending" };
}

export function approve(request: Pending, decision: Decision): Approved {
  const { at } = decision;
  return { ...request, state: "approved", decision, dueAt: at, attempts: 0, sentAt: null };
}

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
  };
}

/** Nothing was sent and nothing is in doubt: it waits for another attempt. */
export function postpone(request: Applying, now: number, pause?: number): Approved {
  const { owner: _owner, claimedAt: _claimedAt, ...rest } = request;
  return { ...rest, state: "approved", dueAt: now + (pause ?? pauseAfter(request.attempts)) };
}

/** A PATCH may have been sent (at `sentAt`): it is looked up again after a pause. */
export function doubt(request: Applying, sentAt: number, now: number): Applying {
  return { ...request, owner: null, sentAt, dueAt: now + pauseAfter(request.attempts) };
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
  const { owner: _owner, claimedAt: _claimedAt, ...rest } = request;
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

export const hasEnded = (request: ChangeRequest): request is Ended => "endedAt" in request;

const pauseAfter = (attempts: number): number =>
  PAUSES[Math.min(attempts, PAUSES.length) - 1] ?? PAUSES[0];
