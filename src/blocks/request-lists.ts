import type { KnownBlock } from "@slack/types";
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
    ...listed("Yours to decide", toDecide, pendingBlocks),
    ...listed("Your own", own, pendingBlocks),
  );
}

function listed<R extends ChangeRequest>(
  title: string,
  requests: readonly R[],
  blocks: (request: R, list: string) => KnownBlock[],
): KnownBlock[] {
  if (requests.length === 0) return [];
  return [
    heading(title),
    ...requests.slice(0, MOST).flatMap((request) => blocks(request, title)),
    ...andMore(requests.length - MOST),
  ];
}

const andMore = (count: number): KnownBlock[] =>
  count > 0 ? [paragraph([`and ${count} more.`])] : [];

// The same request may stand in both lists, and Slack takes a block's id once.
const pendingBlocks = (request: Pending, list: string): KnownBlock[] => [
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
  actions(`${list}-${request.id}`, reviewButton(request.id)),
];

/** The first rows of a change, each in one line. */
export const firstRows = (request: ChangeRequest): readonly Phrase[] =>
  shortened(
    request.plan.rows.map((row) => clipPhrase(rowPhrase(row), LINE)),
    MOST_ROWS,
  );
