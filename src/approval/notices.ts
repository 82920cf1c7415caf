import type { ChangeRequest } from "./change-request.ts";

/**
 * Something that must be said in Slack because of what became of a request. It names what to say and
 * where, never the words: those are made from the request when the time comes.
 */
export interface Notice {
  readonly kind: "summary" | "announcement" | "word" | "channel-refuses";
  readonly requestId: string;
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
  const requestId = request.id;
  const word: Notice = { kind: "word", requestId, target: request.requester.userId };
  const announcements = auditChannels.map(
    (target): Notice => ({ kind: "announcement", requestId, target }),
  );
  switch (request.state) {
    case "pending":
    case "approved":
      return [];
    case "applying":
      return looking ? [word] : [];
    case "applied":
      return [{ kind: "summary", requestId, target: request.origin.channelId }, ...announcements];
    case "failed":
    case "conflict":
    case "unknown":
      return [word, ...announcements];
    default:
      return request satisfies never;
  }
}

/** One notice is said once: the id of what is said, where, and for which state. */
export const noticeId = (notice: Notice, state: string): string =>
  [notice.requestId, notice.kind, state, notice.target, notice.about?.channelId]
    .filter((part) => part !== undefined)
    .join("/");
