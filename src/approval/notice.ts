import type { Problem } from "../problem.ts";
import type { Change, Sought } from "../snapshot/change.ts";
import type { Row } from "../snapshot/plan.ts";
import type { ChangeRequest, Many } from "./change-request.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Left } from "./key-expiry.ts";
import type { Forgotten } from "./key-forgetting.ts";
import { type Person, personId } from "./person.ts";

/**
 * Something that must be said in Slack: because of what became of a request, or a checkpoint. It
 * names what to say and where, never the words: those are made when the time comes.
 */
export type Notice = FirstHand | UndeliveredNotice | KeyExpiryNotice | KeyForgottenNotice;

/** What tells of the thing itself. */
export type FirstHand = RequestNotice | RefusalNotice | CheckpointNotice;

interface OfRequest {
  readonly requestId: string;
  /** The state that the request had come into. */
  readonly state: ChangeRequest["state"];
  /** The channel to say it in, the person to say it to, or the view to show it in. */
  readonly target: string;
}

export type RequestNotice = OfRequest &
  (
    | { readonly kind: "summary" | "announcement" }
    /** To the requester. `trouble`: what keeps an outcome in doubt. */
    | { readonly kind: "word"; readonly trouble?: Problem["kind"] }
    | { readonly kind: "reminder"; readonly nth: number }
    | Follower
  );

/**
 * What follows its request: said once, and then changed in its place whenever the request changes.
 * A card stands where the change was asked for, an invitation goes to an approver; `view` is the
 * requester's open modal, `review` an approver's, who was shown what stood there at the time.
 */
export type Follower =
  | { readonly kind: "card" | "invitation" }
  | { readonly kind: "view" }
  | {
      readonly kind: "review";
      readonly viewer: Person;
      /** For each row of the plan what Gcore said at the look; null: Gcore could not be asked. */
      readonly seen: readonly (string | null)[] | null;
      /** What kept Gcore from being asked. */
      readonly obstacle?: Problem;
    };

/** An attempt that was refused, for an audit channel. */
export interface RefusalNotice {
  readonly kind: "refusal";
  readonly id: string;
  readonly target: string;
  readonly refused: Refused;
}

/** A checkpoint of the ledger, for an audit channel. */
export interface CheckpointNotice {
  readonly kind: "checkpoint";
  readonly target: string;
  readonly checkpoint: Checkpoint;
}

/** Word of a notice that Slack does not take where it belongs; `error` is Slack's answer. */
export interface UndeliveredNotice {
  readonly kind: "undelivered";
  readonly target: string;
  readonly of: FirstHand;
  readonly error: string;
}

/** Word to the owner of a key that it ends soon. Nobody else hears of it. */
export interface KeyExpiryNotice {
  readonly kind: "key-expiry";
  readonly target: string;
  readonly person: Person;
  readonly tokenId: string;
  readonly expiresAt: number;
  readonly left: Left;
}

/** Word to the owner of a key that it was forgotten, and since when it had expired or was not used. */
export interface KeyForgottenNotice {
  readonly kind: "key-forgotten";
  readonly target: string;
  readonly person: Person;
  readonly tokenId: string;
  readonly tokenName: string | null;
  readonly why: Forgotten;
  readonly since: number;
}

/** Who was refused what, and why. */
export type Refused = (RefusedOne | Many) & {
  readonly by: Person;
  readonly what: "ask" | "approve" | "reject" | "withdraw" | "steer";
  readonly problem: Problem;
  readonly reason?: string | null;
};

interface RefusedOne {
  readonly ref: Sought;
  readonly snapshotName: string;
  readonly rows: readonly Row[];
  /** What was asked for, as far as it had not come to rows yet: for the ledger. */
  readonly change?: Change;
}

/** Whether it is about a request that the bot keeps. */
export const isOfRequest = (notice: Notice): notice is RequestNotice => "requestId" in notice;

const FOLLOWERS: ReadonlySet<Notice["kind"]> = new Set(["card", "invitation", "view", "review"]);
export const follows = ({ kind }: Notice): boolean => FOLLOWERS.has(kind);

/** One notice is said once: the id of what is said, where, and for which state. */
export function noticeId(notice: Notice): string {
  if (notice.kind === "refusal") return [notice.id, notice.kind, notice.target].join("/");
  if (notice.kind === "checkpoint") {
    return [`checkpoint-${notice.checkpoint.seq}`, notice.target].join("/");
  }
  if (notice.kind === "key-expiry") {
    const { person, tokenId, expiresAt, left } = notice;
    return [notice.kind, personId(person), tokenId, String(expiresAt), left].join("/");
  }
  if (notice.kind === "key-forgotten") {
    const { person, tokenId, why, since } = notice;
    return [notice.kind, personId(person), tokenId, why, String(since)].join("/");
  }
  // The same trouble is told once, whatever Slack answers next.
  if (notice.kind === "undelivered")
    return [noticeId(notice.of), notice.kind, notice.target].join("/");
  const { requestId, kind, state, target } = notice;
  if (follows(notice)) return [requestId, kind, target].join("/");
  const more =
    notice.kind === "reminder"
      ? [String(notice.nth)]
      : notice.kind === "word" && notice.trouble !== undefined
        ? [notice.trouble]
        : [];
  return [requestId, kind, state, target, ...more].join("/");
}
