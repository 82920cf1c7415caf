import type { ChangeRequest } from "./change-request.ts";

/**
 * Something that must be said in Slack because of what became of a request. It names what to say and
 * where, never the words: those are made from the request when the time comes.
 */
export interface Notice {
  readonly kind: "summary" | "announcement" | "word" | "channel-refuses";
  readonly requestId: string;
  /** The state that the request had come into. */
  readonly state: ChangeRequest["state"];
  /** The channel to say it in; for `word` and `channel-refuses` the person who asked. */
  readonly target: string;
  /** For `channel-refuses`: the audit channel, and what Slack answered. */
  readonly about?: { readonly channelId: string; readonly error: string };
}

/** What is to be said when a request has come into its state; `looking` when its outcome is in doubt. */
export function noticesFor(
  request: ChangeRequest,
  auditChannels: readonly string[],
  looking = false,
): readonly Notice[] {
  const of = { requestId: request.id, state: request.state };
  const word: Notice = { ...of, kind: "word", target: request.requester.userId };
  const announcements = auditChannels.map(
    (target): Notice => ({ ...of, kind: "announcement", target }),
  );
  switch (request.state) {
    case "pending":
      return [];
    case "approved":
      return request.attempts > 0 ? [word] : [];
    case "applying":
      return looking ? [word] : [];
    case "applied":
      return [{ ...of, kind: "summary", target: request.origin.channelId }, ...announcements];
    case "failed":
    case "conflict":
    case "unknown":
      return [word, ...announcements];
    default:
      return request satisfies never;
  }
}

/** One notice is said once: the id of what is said, where, and for which state. */
export const noticeId = (notice: Notice): string =>
  [notice.requestId, notice.kind, notice.state, notice.target, notice.about?.channelId]
    .filter((part) => part !== undefined)
    .join("/");
