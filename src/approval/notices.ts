import {
  type ChangeRequest,
  type Ended,
  isUnderWay,
  itemOf,
  type Pending,
} from "./change-request.ts";
import { follows, type Notice, type Refused, type RequestNotice } from "./notice.ts";
import type { AnnouncedOutcome, Rule } from "./policy.ts";

/** Most direct messages that take the place of a card that cannot be posted. */
const MOST_INVITED = 10;

/** What is to be said when a request has come into its state; `looking` when its outcome is in doubt. */
export function noticesFor(
  request: ChangeRequest,
  auditChannels: readonly string[],
  looking = false,
): readonly RequestNotice[] {
  // Of an item its plan tells.
  if (itemOf(request) !== undefined) return [];
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
    case "held":
      return [word];
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
    case "running":
      // It shows how far it has come; where approval was asked for it stands there already.
      return [cardOf(request)];
    case "paused":
      return request.because === undefined ? [] : [word];
    case "stopping":
      return [];
    case "finished":
      return [word, ...announcements(request, auditChannels)];
    default:
      return request satisfies never;
  }
}

/** The card for everybody, and a word to each approver where the rule or the place asks for it. */
function askingNotices(request: Pending): RequestNotice[] {
  const { verdict } = request.rule;
  if (verdict.kind !== "approve") return [];
  const { channelId } = request.origin;
  // In a direct message nobody else would see the card.
  const invited = verdict.directMessage
    ? request.approvers
    : isDirect(channelId)
      ? firstOf(request)
      : [];
  return [cardOf(request), ...invited.map(invitationTo(request))];
}

const cardOf = ({ id: requestId, state, origin }: ChangeRequest): RequestNotice => ({
  requestId,
  state,
  kind: "card",
  target: origin.channelId,
});

/**
 * Who hears that Slack does not take a notice: the requester and the first audit channel. A card that
 * nobody can see is made up for by a word to some of those who may decide.
 */
export function whenUndelivered(
  notice: Notice,
  error: string,
  request: ChangeRequest | undefined,
  [first]: readonly string[],
): readonly Notice[] {
  if (notice.kind === "undelivered") return [];
  // What somebody's own key comes to is nobody else's business.
  if (notice.kind === "key-expiry" || notice.kind === "key-forgotten") return [];
  // Of a request that has ended they hear by other ways.
  const isShown = notice.kind === "card" && request !== undefined && isUnderWay(request);
  if (follows(notice) && request?.state !== "pending" && !isShown) return [];
  // That a person cannot be reached is for others to hear; of a conversation of two it is not.
  const report = (target: string): Notice => ({ kind: "undelivered", target, of: notice, error });
  const audit = first === undefined || notice.target.startsWith("D") ? [] : [first];
  const requester = request === undefined ? [] : [request.requester.userId];
  const others = [...requester, ...audit].filter((target) => target !== notice.target);
  const cardless = notice.kind === "card" && request?.state === "pending";
  return [...others.map(report), ...(cardless ? firstOf(request).map(invitationTo(request)) : [])];
}

const firstOf = (request: Pending): readonly string[] => request.approvers.slice(0, MOST_INVITED);
const invitationTo =
  ({ id: requestId, state }: Pending) =>
  (target: string): RequestNotice => ({ requestId, state, kind: "invitation", target });

/**
 * A conversation of two, named by its own id or by the person's: nobody else reads it, and nobody can
 * invite the bot into it.
 */
export const isDirect = (channelId: string): boolean => /^[DUW]/.test(channelId);

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

function announcements(request: Ended, auditChannels: readonly string[]): RequestNotice[] {
  const { channels, outcomes } = request.rule.announce;
  if (!outcomesOf(request).some((outcome) => outcomes.includes(outcome))) return [];
  return (channels ?? auditChannels).map((target) => ({
    requestId: request.id,
    state: request.state,
    kind: "announcement",
    target,
  }));
}

/** How it came out: many come out in several ways. */
function outcomesOf(request: Ended): readonly AnnouncedOutcome[] {
  if (request.state !== "finished") return [request.state];
  const { applied, failed, conflict, unknown, stopped } = request.counts;
  const counts = { applied, failed, conflict, unknown, withdrawn: stopped };
  return (Object.keys(counts) as (keyof typeof counts)[]).filter((outcome) => counts[outcome] > 0);
}
