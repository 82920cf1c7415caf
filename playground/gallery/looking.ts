import type { ChangeRequest } from "../../src/approval/change-request.ts";
import { exportBegunMessage, exportMessage } from "../../src/blocks/export-messages.ts";
import { historyMessage } from "../../src/blocks/history-message.ts";
import type { Message } from "../../src/blocks/kit.ts";
import { type ListPage, listMessage, noSuchPlaceMessage } from "../../src/blocks/snapshot-list.ts";
import type { Problem } from "../../src/problem.ts";
import type { Filter } from "../../src/snapshot/filter.ts";
import type { HistoryFilter } from "../../src/snapshot/history-filter.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { type Foreign, textsOf } from "./foreign.ts";
import { BEN } from "./requests.ts";
import { bare, ID, NOW, projectsWith, snapshotWith } from "./samples.ts";

type Messages = Readonly<Record<string, Message>>;

/** The longest filter that a button takes. */
const FILTER_LENGTH = 1_400;

/** A filter of foreign text, as long as a button takes it. */
export const longFilterWith = ({ text }: Foreign): Filter => [
  {
    kind: "word",
    text: text(FILTER_LENGTH, "nightly").replaceAll(/["\\]/g, "'").slice(0, FILTER_LENGTH),
  },
];

/** A list of snapshots: whole, a page of it, empty, and as far as it is known. */
export function listsWith(foreign: Foreign, problems: Readonly<Record<string, Problem>>): Messages {
  const [project] = projectsWith(foreign);
  const full = snapshotWith(foreign);
  const rows = (count: number, snapshot: Snapshot) =>
    Array.from({ length: count }, (_, index) => ({
      snapshot: { ...snapshot, snapshotId: ID.replace(/^./, index.toString(16)) },
      project,
      undoes: index % 2 === 0 ? "x".repeat(32) : null,
    }));
  const filter = longFilterWith(foreign);
  const whole: ListPage = {
    ...{ filter: [], rows: rows(3, full), before: 0, total: 3 },
    ...{ from: "-", previous: null, next: null },
    ...{ now: NOW, readAt: NOW - 20_000, unread: 0, problem: undefined },
  };
  const middle = {
    ...{ filter, rows: rows(10, full), before: 10, total: 1_234 },
    ...{ from: `${NOW}/${ID}`, previous: "-", next: `${NOW}/${ID}` },
  };
  return {
    whole: listMessage(whole),
    "a page of many": listMessage({ ...whole, ...middle }),
    "of which little is known": listMessage({ ...whole, rows: rows(1, bare(full)), total: 1 }),
    "of which not all was read": listMessage({
      ...{ ...whole, ...middle, unread: 12 },
      problem: problems["gcore-unavailable"],
    }),
    "before anything was read": listMessage({
      ...{ ...whole, rows: [], total: 0, readAt: null, unread: null },
    }),
    empty: listMessage({ ...whole, filter, rows: [], total: 0 }),
  };
}

/** A place in a filter that the person's key does not see. */
export const noPlacesWith = (foreign: Foreign): Messages => ({
  project: noSuchPlaceMessage({
    kind: "project",
    asked: foreign.text(1_000, "producktion"),
    known: textsOf(foreign, 500, ["production (1186668)", "staging (1202779)"]),
  }),
  "no project at all": noSuchPlaceMessage({ kind: "project", asked: "1", known: [] }),
});

/** What is told beside a file with the history. */
export function exportsWith({ text }: Foreign): Messages {
  const words = text(700, "since:30d export:csv");
  return {
    making: exportMessage(words, { kind: "making" }),
    nothing: exportMessage(words, { kind: "nothing" }),
    sent: exportMessage(words, { kind: "sent", count: 1, isCut: false }),
    "sent in part": exportMessage(words, { kind: "sent", count: 100_000, isCut: true }),
    refused: exportMessage(words, { kind: "refused", error: text(300, "no answer") }),
    "refused without the scope": exportMessage(words, { kind: "refused", error: "missing_scope" }),
  };
}

/** The first answer to whoever asks for such a file. */
export const exportsBegun = (): Messages => ({ always: exportBegunMessage() });

/** The history: of one snapshot, of all that a filter fits, and a page in its middle. */
export function historiesWith(
  foreign: Foreign,
  all: Readonly<Record<string, ChangeRequest>>,
  many: readonly ChangeRequest[],
): Messages {
  const whole = { hasNewer: false, hasOlder: false };
  const filter: HistoryFilter = {
    by: BEN.userId,
    project: foreign.text(500, "production") || "p",
    since: "30d",
    until: "2026-11-21",
    outcomes: ["applied", "failed"],
  };
  return {
    nothing: historyMessage({}, { requests: [], ...whole }),
    "nothing of a snapshot": historyMessage({ snapshotId: ID }, { requests: [], ...whole }),
    "nothing that fits": historyMessage(filter, { requests: [], ...whole }),
    "a page in the middle": historyMessage(filter, {
      ...{ requests: many.slice(0, 5), hasNewer: true, hasOlder: true },
    }),
    ...Object.fromEntries(
      Object.entries(all).map(([name, request]) => [
        name,
        historyMessage({ snapshotId: ID }, { requests: [request], ...whole }),
      ]),
    ),
  };
}
