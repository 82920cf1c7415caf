import type { Button, KnownBlock } from "@slack/types";
import type { ChangeRequest, Pending } from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { rowPhrase } from "./difference.ts";
import { actions, bullets, heading, type Message, message, paragraph, shortened } from "./kit.ts";
import { outcomeLine } from "./outcome.ts";
import { clipPhrase, type Phrase } from "./phrase.ts";
import { reviewButton, undoButton } from "./request-buttons.ts";
import { clip } from "./visible.ts";

/** Slack takes 50 blocks in a message, and not too much text: so many requests fit in each of two lists. */
const MOST = 5;
const MOST_ROWS = 3;
const LINE = 150;

/** What waits: the person's own requests, and those that they may decide. */
export function pendingMessage(own: readonly Pending[], toDecide: readonly Pending[]): Message {
  if (own.length + toDecide.length === 0) {
    return message(["Nothing waits: you have no open request, and nobody waits for you."]);
  }
  return message(
    [`${toDecide.length} waiting for you, ${own.length} of your own.`],
    ...listed("Yours to decide", toDecide),
    ...listed("Your own", own),
  );
}

/** What was asked for, decided and done with one snapshot, the newest first. */
export function historyMessage(snapshotId: string, requests: readonly ChangeRequest[]): Message {
  if (requests.length === 0) {
    return message(["Nobody has changed the snapshot ", { code: snapshotId }, " through me yet."]);
  }
  return message(
    ["What happened to the snapshot ", { code: snapshotId }, " through me, the newest first."],
    ...requests.slice(0, MOST).flatMap((request) => historyBlocks(request)),
    ...andMore(requests.length - MOST),
  );
}

const listed = (title: string, requests: readonly Pending[]): KnownBlock[] =>
  requests.length === 0
    ? []
    : [
        heading(title),
        ...requests
          .slice(0, MOST)
          .flatMap((request) => pendingBlocks(request, title, reviewButton(request.id))),
        ...andMore(requests.length - MOST),
      ];

const andMore = (count: number): KnownBlock[] =>
  count > 0 ? [paragraph([`and ${count} more.`])] : [];

/**
 * A request that waits. The same one may stand in two lists, and Slack takes a block's id once: it is
 * made of the list's name.
 */
export const pendingBlocks = (
  request: Pending,
  list: string,
  ...buttons: readonly Button[]
): KnownBlock[] => [
  paragraph([
    { bold: clip(request.before.name, 100) },
    ", asked for by ",
    { person: request.requester.userId },
    ", ",
    { date: request.askedAt },
    ` · ${request.approvals.length} of ${approvalsNeeded(request.rule)} approvals`,
    ...(request.expiresAt === null ? [] : [" · until ", { date: request.expiresAt }]),
  ]),
  bullets(rows(request)),
  actions(`${list}-${request.id}`, ...buttons),
];

/** A request and what became of it, for whoever asked (`isTheirs`) or for everybody. */
export const historyBlocks = (request: ChangeRequest, isTheirs = false): KnownBlock[] => [
  paragraph([
    { date: request.askedAt },
    " · ",
    { person: request.requester.userId },
    ": ",
    ...clipPhrase(outcomeLine(request, isTheirs), 2 * LINE),
  ]),
  bullets([
    ...rows(request),
    ...decisionPhrases(request).map((phrase) => clipPhrase(phrase, LINE)),
  ]),
  ...(request.state === "applied"
    ? [actions(`history-${request.id}`, undoButton(request.id))]
    : []),
];

const rows = (request: ChangeRequest): readonly Phrase[] =>
  shortened(
    request.plan.rows.map((row) => clipPhrase(rowPhrase(row), LINE)),
    MOST_ROWS,
  );
