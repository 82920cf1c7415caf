import type { Lock, Problem } from "../problem.ts";
import type { FormInput } from "../snapshot/form-input.ts";
import type { Plan, Row } from "../snapshot/plan.ts";
import type { Snapshot, SnapshotRef } from "../snapshot/snapshot.ts";
import type { Person } from "./person.ts";
import type { Rule } from "./policy.ts";

/** Where a conversation began, so that its answers can go there. */
export interface Origin {
  /** A channel; the person's own id where it began in none: their conversation with the bot. */
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
  /** The snapshot that the form was filled from, as it was then. */
  readonly filledFrom?: Snapshot;
  /** How often the form was filled anew. */
  readonly fillings?: number;
  readonly createdAt: number;
  readonly preview: Preview | null;
  /** The look-up that its view waits for; the answer of any other one comes too late to be shown. */
  readonly lookUp: string | null;
  /** The form that a preview was made of. */
  readonly formId: string | null;
  /** The request that was made of it. */
  readonly requestId: string | null;
  /** The applied request that it takes back. */
  readonly undoes: string | null;
}

/** Exactly what a person was shown. */
export interface Preview {
  readonly ref: SnapshotRef;
  readonly before: Snapshot;
  readonly plan: Plan;
  readonly reason: string | null;
  /** The rule that the change met then: it stays the rule of the request. */
  readonly rule: Rule;
  /** Ids of the people who could approve it then; none where the requester confirms alone. */
  readonly approvers: readonly string[];
}

/** One person's word on a request. */
export interface Vote {
  readonly by: Person;
  readonly at: number;
  readonly comment: string | null;
}

interface Asked extends Preview {
  readonly id: string;
  readonly requester: Person;
  readonly origin: Origin;
  readonly askedAt: number;
  /** Until when it can be decided; null: it is decided as it is asked. */
  readonly expiresAt: number | null;
  /** Who approved so far, each person once. */
  readonly approvals: readonly Vote[];
  /** Who had approved, and could no longer when somebody else decided: that no longer counts. */
  readonly lapsed?: readonly Vote[];
  /** The applied request that it takes back. */
  readonly undoes: string | null;
}

interface Decided extends Asked {
  readonly decidedAt: number;
  /** When the next attempt is due. */
  readonly dueAt: number;
  /** How many attempts were begun; after a lock they are counted anew. */
  readonly attempts: number;
  /** When a PATCH may have been sent whose outcome is not known; null: none was. */
  readonly sentAt: number | null;
  /** When a task was first found to hold the snapshot, if one was. */
  readonly lockedSince?: number;
  /** When the last lock was found to be over. */
  readonly releasedAt?: number;
}

export interface Pending extends Asked {
  readonly state: "pending";
  /** How many reminders were sent. */
  readonly reminded: number;
}
export interface Approved extends Decided {
  readonly state: "approved";
}
/** Somebody is at it (`owner` is theirs alone), or (null) its outcome waits to be looked up again. */
export interface Applying extends Decided {
  readonly state: "applying";
  readonly owner: string | null;
  readonly claimedAt: number;
  /** What kept the last look from telling the outcome; null: nothing did. */
  readonly trouble: Problem | null;
}
/** A task holds the snapshot: the request waits for its end. Nothing was sent. */
export interface Held extends Decided {
  readonly state: "held";
  readonly lock: Lock;
  readonly lockedSince: number;
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
/** It may have been applied and cannot be looked up. */
export interface Unknown extends Decided {
  readonly state: "unknown";
  readonly endedAt: number;
  readonly problem: Problem;
}
/** Somebody else changed what this change touches; `found` is what stands there now. */
export interface Conflicted extends Asked {
  readonly state: "conflict";
  readonly endedAt: number;
  readonly found: readonly Found[];
  /** As in `Decided`; null also when it was not decided yet. */
  readonly sentAt: number | null;
}
export interface Rejected extends Asked {
  readonly state: "rejected";
  readonly endedAt: number;
  readonly rejection: Vote;
}
export interface Withdrawn extends Asked {
  readonly state: "withdrawn";
  /** When it had been agreed to, if it had: then it was taken back while a task held the snapshot. */
  readonly decidedAt?: number;
  readonly endedAt: number;
}
/** Nobody decided in time. Silence is no refusal. */
export interface Expired extends Asked {
  readonly state: "expired";
  readonly endedAt: number;
}

/** A row whose field somebody else changed, and what it is now; null: there is no such tag. */
export interface Found {
  readonly row: Row;
  readonly now: string | null;
}

/** A request in each of its states; each has the facts of the one before it and one more. */
export type ChangeRequest = Pending | Approved | Applying | Held | Ended;

export type Ended = Applied | Failed | Conflicted | Unknown | Rejected | Withdrawn | Expired;

export const hasEnded = (request: ChangeRequest): request is Ended => "endedAt" in request;
