import type { Button, KnownBlock } from "@slack/types";
import type { ChangeRequest, Pending } from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import { rowPhrase } from "./difference.ts";
import { actions, bullets, heading, type Message, message, paragraph, shortened } from "./kit.ts";
import { clipPhrase, type Phrase } from "./phrase.ts";
import { reviewButton } from "./request-buttons.ts";
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
  bullets(firstRows(request)),
  actions(`${list}-${request.id}`, ...buttons),
];

/** The first rows of a change, each in one line. */
export const firstRows = (request: ChangeRequest): readonly Phrase[] =>
  shortened(
    request.plan.rows.map((row) => clipPhrase(rowPhrase(row), LINE)),
    MOST_ROWS,
  );
