import type { Button, KnownBlock } from "@slack/types";
import type { ChangeRequest, Held, Pending, UnderWay } from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import { runButtons } from "./bulk-progress.ts";
import { actions, bullets, heading, type Message, message, paragraph, shortened } from "./kit.ts";
import { outcomeLine } from "./outcome.ts";
import { clipPhrase, type Phrase } from "./phrase.ts";
import { problemWords } from "./problem-words.ts";
import { reviewButton, stopButton } from "./request-buttons.ts";
import { changeLines, titleOf } from "./subject.ts";
import { clip } from "./visible.ts";

/** Slack takes 50 blocks in a message, and not too much text: so many requests fit in each list. */
const MOST = 4;
const MOST_HELD = 3;
const MOST_RUNS = 2;
const MOST_ROWS = 3;
const LINE = 150;

/** What waits, as one person sees it. */
export interface WaitingLists {
  /** What they asked for and nobody has decided yet. */
  readonly own: readonly Pending[];
  /** What they asked for and a task keeps from being made. */
  readonly held: readonly Held[];
  /** Their plans for many that were agreed to, and are not at their end. */
  readonly runs: readonly UnderWay[];
  readonly toDecide: readonly Pending[];
}

/** What waits: for the person, and of their own. */
export function pendingMessage({ own, held, runs, toDecide }: WaitingLists): Message {
  const count = own.length + held.length + runs.length;
  if (count + toDecide.length === 0) {
    return message(["Nothing waits: you have no open request, and nobody waits for you."]);
  }
  const review = (list: string) => (request: Pending) =>
    pendingBlocks(request, list, reviewButton(request.id));
  return message(
    [`${toDecide.length} waiting for you, ${count} of your own.`],
    ...listed("Yours to decide", toDecide, review("decide")),
    ...listed("Your own", own, review("own")),
    ...listed("Under way", runs, underWayBlocks, MOST_RUNS),
    ...listed(
      "Waiting for a task to end",
      held,
      (request) => heldBlocks(request, "held"),
      MOST_HELD,
    ),
  );
}

const listed = <R>(
  title: string,
  requests: readonly R[],
  draw: (request: R) => KnownBlock[],
  most = MOST,
): KnownBlock[] =>
  requests.length === 0
    ? []
    : [
        heading(title),
        ...requests.slice(0, most).flatMap(draw),
        ...andMore(requests.length - most),
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
    { bold: titleOf(request, 100) },
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

/** A request that was agreed to and waits for a task to end. */
export const heldBlocks = (request: Held, list: string): KnownBlock[] => [
  paragraph([
    { bold: clip(request.before.name, 100) },
    ", asked for ",
    { date: request.askedAt },
    " · ",
    ...clipPhrase(problemWords(request.lock).what, LINE),
  ]),
  bullets(firstRows(request)),
  actions(`${list}-${request.id}`, stopButton(request.id)),
];

/** A plan for many that was agreed to; each of its snapshots is a click away. */
export const underWayBlocks = (run: UnderWay): KnownBlock[] => [
  paragraph([...outcomeLine(run, true), " Asked for ", { date: run.askedAt }, "."]),
  bullets(firstRows(run)),
  ...runButtons(run, `run-${run.id}`),
];

/** The first rows of a change, each in one line. */
export const firstRows = (request: ChangeRequest): readonly Phrase[] =>
  shortened(
    changeLines(request).map((line) => clipPhrase(line, LINE)),
    MOST_ROWS,
  );
