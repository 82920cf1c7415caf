import type { KnownBlock } from "@slack/types";
import { type ChangeRequest, isBulk, itemOf } from "../approval/change-request.ts";
import type { HistoryPage } from "../approval/history.ts";
import { formatHistory, type HistoryFilter } from "../snapshot/history-filter.ts";
import { seePlanButton } from "./bulk-buttons.ts";
import { runButtons } from "./bulk-progress.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { actions, bullets, button, type Message, message, paragraph } from "./kit.ts";
import { outcomeLine } from "./outcome.ts";
import { clipPhrase, type Phrase } from "./phrase.ts";
import { undoButton } from "./request-buttons.ts";
import { firstRows } from "./request-lists.ts";
import { clip } from "./visible.ts";

export const HISTORY_NEWER_ACTION = "history-newer";
export const HISTORY_OLDER_ACTION = "history-older";

/** So many requests in a message: Slack takes 50 blocks, and not too much text. */
export const HISTORY_ROWS = 5;
const LINE = 150;

/** A page of what was asked for, decided and done, the newest first. */
export function historyMessage(filter: HistoryFilter, page: HistoryPage): Message {
  const [first] = page.requests;
  const last = page.requests.at(-1);
  const buttons = [
    ...(page.hasNewer && first !== undefined
      ? [pageButton(HISTORY_NEWER_ACTION, "Newer", first, filter)]
      : []),
    ...(page.hasOlder && last !== undefined
      ? [pageButton(HISTORY_OLDER_ACTION, "Older", last, filter)]
      : []),
  ];
  return message(
    headline(filter, first === undefined),
    ...page.requests.flatMap((request) => historyBlocks(request)),
    ...(buttons.length === 0 ? [] : [actions("history-pages", ...buttons)]),
  );
}

/** What a page's button carries: the request beside which the page begins, and the filter's words. */
export function readHistoryPage(value: string) {
  const [, askedAt, id, text = ""] = /^(\d{1,15})\/(\S{1,100})(?: (.*))?$/s.exec(value) ?? [];
  return askedAt === undefined || id === undefined
    ? undefined
    : { place: { askedAt: Number(askedAt), id }, text };
}

const pageButton = (action: string, text: string, at: ChangeRequest, filter: HistoryFilter) =>
  button(action, text, { value: `${at.askedAt}/${at.id} ${formatHistory(filter)}`.trimEnd() });

function headline(filter: HistoryFilter, isEmpty: boolean): Phrase {
  const { snapshotId, ...rest } = filter;
  if (Object.keys(rest).length > 0) {
    const what: Phrase = [{ code: clip(formatHistory(filter), 200) }];
    return isEmpty
      ? ["Nothing that you may see fits ", ...what, "."]
      : ["What happened through me, for ", ...what, ", the newest first."];
  }
  if (snapshotId !== undefined) {
    return isEmpty
      ? ["Nobody has changed the snapshot ", { code: snapshotId }, " through me yet."]
      : ["What happened to the snapshot ", { code: snapshotId }, " through me, the newest first."];
  }
  return isEmpty
    ? ["Nothing that you may see has happened through me yet."]
    : ["What happened through me, the newest first."];
}

/** A request and what became of it, for whoever asked (`isTheirs`) or for everybody. */
export function historyBlocks(request: ChangeRequest, isTheirs = false): KnownBlock[] {
  const item = itemOf(request);
  return [
    paragraph([
      { date: request.askedAt },
      " · ",
      { person: request.requester.userId },
      ": ",
      ...clipPhrase(outcomeLine(request, isTheirs), 2 * LINE),
    ]),
    bullets([
      ...firstRows(request),
      ...decisionPhrases(request).map((phrase) => clipPhrase(phrase, LINE)),
      ...(item === undefined ? [] : [[`One of many, changed at once (no. ${item.n} of its plan)`]]),
    ]),
    ...buttonsOf(request),
  ];
}

function buttonsOf(request: ChangeRequest): KnownBlock[] {
  const blockId = `history-${request.id}`;
  if (isBulk(request)) return runButtons(request, blockId);
  if (request.state !== "applied") return [];
  const { id, item } = request;
  return [
    actions(blockId, undoButton(id), ...(item === undefined ? [] : [seePlanButton(item.id)])),
  ];
}
