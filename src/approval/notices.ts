import type { ChangeRequest, Pending } from "./change-request.ts";
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
    default:
      return request satisfies never;
  }
}

/** The card for everybody, and a word to each approver where the rule or the place asks for it. */
function askingNotices(request: Pending): RequestNotice[] {
  const { verdict } = request.rule;
  if (verdict.kind !== "approve") return [];
  const { id: requestId, state, origin } = request;
  const { channelId } = origin;
  const card: RequestNotice = { requestId, state, kind: "card", target: channelId };
  // In a direct message nobody else would see the card.
  const invited = verdict.directMessage
    ? request.approvers
    : isDirect(channelId)
      ? firstOf(request)
      : [];
  return [card, ...invited.map(invitationTo(request))];
}

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
  if (notice.kind === "undelivered" || notice.kind === "key-expiry") return [];
  // Of a request that has ended they hear by other ways.
  if (follows(notice) && request?.state !== "pending") return [];
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
