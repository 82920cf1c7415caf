import type { ActionsBlock } from "@slack/types";
import type { Problem } from "../problem.ts";
import { formatCommand } from "../snapshot/command.ts";
import type { Filter } from "../snapshot/filter.ts";
import { formatFilter } from "../snapshot/filter-text.ts";
import { counted } from "./amounts.ts";
import { actions, button } from "./kit.ts";
import { type Phrase, plainOf } from "./phrase.ts";
import { problemPhrase } from "./problem-words.ts";
import { clip } from "./visible.ts";

export const LIST_PREVIOUS_ACTION = "list-previous";
export const LIST_NEXT_ACTION = "list-next";
export const LIST_REFRESH_ACTION = "list-refresh";
export const LIST_CHANGE_ACTION = "list-change-all";

/** What a list of snapshots was asked for, which page of it this is, and how far it is known. */
export interface ListFrame {
  readonly filter: Filter;
  /** How many come before this page, and how many there are in all. */
  readonly before: number;
  readonly total: number;
  /** Where this page, the one before it and the one after it begin; null: there is none. */
  readonly from: string;
  readonly previous: string | null;
  readonly next: string | null;
  /** When the oldest of it was read, in milliseconds since 1970; null: nothing was. */
  readonly readAt: number | null;
  /** How many places were not read so far; null: it is not known. */
  readonly unread: number | null;
  /** What kept Gcore from telling more. */
  readonly problem: Problem | undefined;
}

/** What a page's button carries: where the page begins, and the command that made the list. */
export const readPageValue = (value: string): { readonly from: string; readonly text: string } => {
  const space = value.indexOf(" ");
  return { from: value.slice(0, Math.max(0, space)), text: value.slice(space + 1) };
};

/** The buttons below a list. */
export function pageButtons(kind: "list" | "lint", frame: ListFrame): ActionsBlock {
  const command = formatCommand({ kind, filter: frame.filter });
  const turn = (id: string, text: string, from: string) =>
    button(id, text, { value: `${from} ${command}` });
  const { from, previous, next } = frame;
  return actions(
    "list-pages",
    ...(previous === null ? [] : [turn(LIST_PREVIOUS_ACTION, "Previous page", previous)]),
    ...(next === null ? [] : [turn(LIST_NEXT_ACTION, "Next page", next)]),
    turn(LIST_REFRESH_ACTION, "Refresh", from),
    ...(kind === "list" && frame.total > 1
      ? [
          button(LIST_CHANGE_ACTION, "Change them all", {
            value: formatFilter(allOf(frame.filter)),
          }),
        ]
      : []),
  );
}

/** A form for many wants it said when all are meant. */
const allOf = (filter: Filter): Filter =>
  filter.length === 0 ? [{ kind: "name", pattern: "*" }] : filter;

/** The filter, as it stands in a sentence. */
export const forWhat = ({ filter }: ListFrame): Phrase =>
  filter.length === 0 ? [] : [" for ", { code: clip(formatFilter(filter), 150) }];

/** There is no snapshot that could be in the list. */
export const noneSeenPhrase = (frame: ListFrame): Phrase =>
  frame.unread === 0
    ? ["Your key sees no snapshots", ...forWhat(frame), "."]
    : ["I have found no snapshots", ...forWhat(frame), " so far."];

/** The name of a snapshot as it stands above what else is said of it. */
export const nameWords = (name: string): string =>
  plainOf([clip(name.trim() === "" ? "(no name)" : name, 150)]);

/** Which of them stand on the page, when not all do. */
export const rangeWords = ({ before, total }: ListFrame, shown: number): string =>
  shown === total ? "" : `, ${before + 1} to ${before + shown} of them here`;

/** How old it is, and what is not known of it. */
export function notesOn({ readAt, unread, problem }: ListFrame): Phrase[] {
  return [
    readAt === null ? [] : ["Read from Gcore ", { date: readAt }, " or later."],
    unread === null
      ? ["Gcore has not told me yet where to look. Press Refresh in a moment."]
      : unread === 0
        ? []
        : [
            `I am still reading ${counted(unread, "place")} (a project in a region each). Press Refresh in a moment.`,
          ],
    problem === undefined ? [] : ["Not all of it is known. ", ...problemPhrase(problem)],
  ].filter((phrase) => phrase.length > 0);
}
