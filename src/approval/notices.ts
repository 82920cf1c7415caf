import type { Problem } from "../problem.ts";
import type { Change } from "../snapshot/change.ts";
import type { Row } from "../snapshot/plan.ts";
import type { SnapshotRef } from "../snapshot/snapshot.ts";
import type { ChangeRequest, Pending } from "./change-request.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Person } from "./person.ts";
import type { AnnouncedOutcome, Rule } from "./policy.ts";

/**
 * Something that must be said in Slack: because of what became of a request, or a checkpoint. It
 * names what to say and where, never the words: those are made when the time comes.
 */
export type Notice = RequestNotice | RefusalNotice | CheckpointNotice;

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
    /** `channelId` does not take `what`; `error` is Slack's answer. */
    | {
        readonly kind: "channel-refuses";
        readonly about: { readonly channelId: string; readonly error: string };
      }
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

/** Who was refused what, and why. */
export interface Refused {
  readonly by: Person;
  readonly what: "ask" | "approve" | "reject" | "withdraw";
  readonly problem: Problem;
  readonly ref: SnapshotRef;
  readonly snapshotName: string;
  readonly rows: readonly Row[];
  /** What was asked for, as far as it had not come to rows yet: for the ledger. */
  readonly change?: Change;
  readonly reason?: string | null;
}

/** Whether it is about a request that the bot keeps. */
export const isOfRequest = (notice: Notice): notice is RequestNotice => "requestId" in notice;

const FOLLOWERS: ReadonlySet<Notice["kind"]> = new Set(["card", "invitation", "view", "review"]);
export const follows = ({ kind }: Notice): boolean => FOLLOWERS.has(kind);

/** Most direct messages that take the place of a card that cannot be posted. */
const MOST_INVITED = 10;

/** What is to be said when a request has come into its state; `looking` when its outcome is in doubt. */
export function noticesFor(
  request: ChangeRequest,
  auditChannels: readonly string[],
  looking = false,
): readonly RequestNotice[] {
  const of = { requestId: request.id, state: request.state };
  const word: RequestNotice = { ...of, kind: "word", target: request.requester.userId };
  switch (request.state) {
    case "pending":
      return request.approvals.length === 0 ? askingNotices(request) : [];
    case "approved":
      return request.attempts > 0 ? [word] : [];
    case "applying": {
      const { trouble } = request;
      return looking ? [trouble === null ? word : { ...word, trouble: trouble.kind }] : [];
    }
    case "applied":
      return [
        { ...of, kind: "summary", target: request.origin.channelId },
        ...announcements(request, auditChannels),
      ];
    case "withdrawn":
      return announcements(request, auditChannels);
    case "failed":
    case "conflict":
    case "unknown":
    case "rejected":
    case "expired":
      return [word, ...announcements(request, auditChannels)];
    default:
      return request satisfies never;
  }
}

/** The card for everybody, and a word to each approver where the rule or the place asks for it. */
function askingNotices(request: Pending): RequestNotice[] {
  const { verdict } = request.rule;
  if (verdict.kind !== "approve") return [];
  const of = { requestId: request.id, state: request.state };
  const { channelId } = request.origin;
  const card: RequestNotice = { ...of, kind: "card", target: channelId };
  // In a direct message nobody else would see the card.
  const invited = verdict.directMessage
    ? request.approvers
    : isDirect(channelId)
      ? firstOf(request)
      : [];
  return [card, ...invited.map((target) => ({ ...of, kind: "invitation", target }) as const)];
}

/** What to say instead of a card that Slack does not take. */
export const insteadOfCard = (request: Pending, error: string): readonly RequestNotice[] => {
  const of = { requestId: request.id, state: request.state };
  const about = { channelId: request.origin.channelId, error };
  return [
    { ...of, kind: "channel-refuses", target: request.requester.userId, about },
    ...firstOf(request).map((target) => ({ ...of, kind: "invitation", target }) as const),
  ];
};

const firstOf = (request: Pending): readonly string[] => request.approvers.slice(0, MOST_INVITED);
const isDirect = (channelId: string): boolean => channelId.startsWith("D");

/** A gentle word under the card, the `nth`. */
export const reminderFor = (request: Pending): RequestNotice => ({
  requestId: request.id,
  state: request.state,
  kind: "reminder",
  target: request.origin.channelId,
  nth: request.reminded,
});

/** An attempt that was refused, where the rule that it met wants it said. */
export function refusalNotices(
  refused: Refused,
  ledgerSeq: number,
  auditChannels: readonly string[],
  rule: Rule | undefined,
): readonly Notice[] {
  const { channels, outcomes } = rule?.announce ?? { channels: null, outcomes: [] };
  if (!outcomes.includes("refused")) return [];
  const id = `refusal-${ledgerSeq}`;
  return (channels ?? auditChannels).map((target) => ({ kind: "refusal", id, target, refused }));
}

function announcements(
  request: ChangeRequest & { readonly state: AnnouncedOutcome },
  auditChannels: readonly string[],
): RequestNotice[] {
  const { channels, outcomes } = request.rule.announce;
  if (!outcomes.includes(request.state)) return [];
  return (channels ?? auditChannels).map((target) => ({
    requestId: request.id,
    state: request.state,
    kind: "announcement",
    target,
  }));
}

/** One notice is said once: the id of what is said, where, and for which state. */
export function noticeId(notice: Notice): string {
  if (notice.kind === "refusal") return [notice.id, notice.kind, notice.target].join("/");
  if (notice.kind === "checkpoint") {
    return [`checkpoint-${notice.checkpoint.seq}`, notice.target].join("/");
  }
  const { requestId, kind, state, target } = notice;
  if (follows(notice)) return [requestId, kind, target].join("/");
  const more =
    notice.kind === "channel-refuses"
      ? [notice.about.channelId]
      : notice.kind === "reminder"
        ? [String(notice.nth)]
        : notice.kind === "word" && notice.trouble !== undefined
          ? [notice.trouble]
          : [];
  return [requestId, kind, state, target, ...more].join("/");
}
