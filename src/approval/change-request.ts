import type { Lock, Problem } from "../problem.ts";
import type { BulkInput } from "../snapshot/bulk-input.ts";
import type { FormInput } from "../snapshot/form-input.ts";
import type { Plan, Row } from "../snapshot/plan.ts";
import type { Snapshot, SnapshotRef } from "../snapshot/snapshot.ts";
import type { Aim, Bulk, Counts, ItemOf } from "./bulk.ts";
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

/** A change of many in the making; its plan, once it was made, is kept under its id item by item. */
export interface BulkDraft
  extends Omit<Draft, "input" | "filledFrom" | "fillings" | "preview" | "undoes"> {
  readonly input: BulkInput;
  /** What it is for; null: for what stands in its form. */
  readonly aim: Exclude<Aim, { readonly kind: "change" }> | null;
  readonly preview: BulkPreview | null;
  /** The mark of the policy that the preview was made under. */
  readonly policy?: string;
}

/** What becomes of one snapshot, exactly as a person was shown it. */
export interface One {
  readonly ref: SnapshotRef;
  readonly before: Snapshot;
  readonly plan: Plan;
}

/** What becomes of many: a plan that is kept item by item, and shown in pages. */
export interface Many {
  readonly bulk: Bulk;
}

/** What somebody was shown, and who lets it happen. */
interface Wanted {
  readonly reason: string | null;
  /** The rule that the change met then: it stays the rule of the request. */
  readonly rule: Rule;
  /** Ids of the people who could approve it then; none where the requester confirms alone. */
  readonly approvers: readonly string[];
}

export type Preview = One & Wanted;
export type BulkPreview = Many & Wanted;

/** One person's word on a request. */
export interface Vote {
  readonly by: Person;
  readonly at: number;
  readonly comment: string | null;
}

interface Asking extends Wanted {
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
  /** The request that it takes back. */
  readonly undoes: string | null;
}

type AskedOne = One & Asking;
type AskedMany = Many & Asking;
type Asked = AskedOne | AskedMany;

interface Decided extends AskedOne {
  /** The plan that it is an item of. */
  readonly item?: ItemOf;
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

/** What was decided on for many; what becomes of each of them stands in its item. */
interface DecidedMany extends AskedMany {
  readonly decidedAt: number;
  /** For how long items were begun, before now. Milliseconds. */
  readonly ranFor: number;
}

export type Pending = Asked & {
  readonly state: "pending";
  /** How many reminders were sent. */
  readonly reminded: number;
};
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
export interface Conflicted extends AskedOne {
  readonly state: "conflict";
  readonly endedAt: number;
  readonly found: readonly Found[];
  /** As in `Decided`; null also when it was not decided yet. */
  readonly sentAt: number | null;
}
export type Rejected = Asked & {
  readonly state: "rejected";
  readonly endedAt: number;
  readonly rejection: Vote;
};
export type Withdrawn = Asked & {
  readonly state: "withdrawn";
  /** When it had been agreed to, if it had: then nothing was sent before it was taken back. */
  readonly decidedAt?: number;
  readonly item?: ItemOf;
  readonly endedAt: number;
};
/** Nobody decided in time. Silence is no refusal. */
export type Expired = Asked & {
  readonly state: "expired";
  readonly endedAt: number;
};

/** Items are begun one after the other. */
export interface Running extends DecidedMany {
  readonly state: "running";
  readonly since: number;
  /** Who let it go on after a pause. */
  readonly resumedBy?: Person;
}
/** No item is begun; those that were are finished. */
export interface Paused extends DecidedMany {
  readonly state: "paused";
  /** Who paused it; whoever asked, when it is their key that keeps it from going on. */
  readonly stoodBy: Person;
  readonly because?: Problem;
}
/** What was begun is finished, and then it ends. */
export interface Stopping extends DecidedMany {
  readonly state: "stopping";
  readonly stoodBy: Person;
}
/** Nothing more becomes of any item. */
export interface Finished extends DecidedMany {
  readonly state: "finished";
  readonly endedAt: number;
  readonly counts: Counts;
  /** Who stopped it, if somebody did. */
  readonly stoodBy?: Person;
}

/** A row whose field somebody else changed, and what it is now; null: there is no such tag. */
export interface Found {
  readonly row: Row;
  readonly now: string | null;
}

/** A request in each of its states; each has the facts of the one before it and one more. */
export type ChangeRequest = Pending | Approved | Applying | Held | UnderWay | Ended;

/** Many that were agreed to and are not at their end. */
export type UnderWay = Running | Paused | Stopping;

export type Ended =
  | Applied
  | Failed
  | Conflicted
  | Unknown
  | Rejected
  | Withdrawn
  | Expired
  | Finished;

/** A request about many snapshots. */
export type BulkRequest = Extract<ChangeRequest, Many>;

export const hasEnded = (request: ChangeRequest): request is Ended => "endedAt" in request;

/** Whether a request is about many snapshots, and not about one. */
export const isBulk = <R extends ChangeRequest>(request: R): request is Extract<R, Many> =>
  "bulk" in request;

/** Whether it is about many snapshots, was agreed to, and is not at its end. */
export const isUnderWay = (request: ChangeRequest): request is UnderWay =>
  request.state === "running" || request.state === "paused" || request.state === "stopping";

/** Of which plan it is an item, if it is one. */
export const itemOf = (request: ChangeRequest): ItemOf | undefined =>
  "item" in request ? request.item : undefined;
