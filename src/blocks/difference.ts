import type { KnownBlock } from "@slack/types";
import type { Row, Warning } from "../snapshot/plan.ts";
import { breachPhrase } from "./breach-words.ts";
import { inputFaultWords } from "./input-fault-words.ts";
import { bullets, shortened } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { clip, visible } from "./visible.ts";

/**
 * Most rows, and most characters of them, that a person is shown at once: a list longer than this
 * is not read, and Slack takes no view above 250 kB.
 */
export const MOST_ROWS = 150;
export const MOST_TEXT = 20_000;

/** True when the whole difference can be shown: what is agreed to must have been seen. */
export const canBeShown = (rows: readonly Row[]): boolean =>
  rows.length <= MOST_ROWS && rows.reduce((sum, row) => sum + lengthOf(row), 0) <= MOST_TEXT;

const lengthOf = (row: Row): number =>
  [row.before, row.after, row.field === "tag" ? row.key : ""]
    .map((text) => visible(text ?? "").length)
    .reduce((sum, length) => sum + length, 0);

/** What a row is about. */
export const rowName = (row: Row): Phrase =>
  row.field === "name" ? [{ bold: "Name" }] : [{ bold: "Tag" }, " ", { code: clip(row.key, 260) }];

/** One change in words: what, from what, to what. */
export function rowPhrase(row: Row): Phrase {
  if (row.field === "name") {
    return [{ bold: "Name" }, ": ", { code: row.before }, " → ", { code: row.after }];
  }
  const tag: Phrase = [{ bold: "Tag" }, " ", { code: row.key }];
  if (row.before === null) return [...tag, " added: ", { code: row.after ?? "" }];
  if (row.after === null) return [...tag, " removed, was ", { code: row.before }];
  return [...tag, ": ", { code: row.before }, " → ", { code: row.after }];
}

/** The rows as a list; after `most` of them it says how many more there are. */
export function difference(rows: readonly Row[], most = MOST_ROWS): KnownBlock[] {
  return rows.length === 0 ? [] : [bullets(shortened(rows.map(rowPhrase), most))];
}

/** What a person should know before they agree. */
export function warningPhrase(warning: Warning): Phrase {
  switch (warning.kind) {
    case "nothing-changes":
      return ["The snapshot is already like this: nothing would change."];
    case "name-cannot-return":
      return [
        { bold: "No way back: " },
        "today's rules refuse the old name, so that it cannot be put back. ",
        inputFaultWords(warning.fault),
      ];
    case "tag-cannot-return":
      return [
        { bold: "No way back: " },
        "today's rules refuse the old tag ",
        { code: clip(warning.key, 100) },
        ", so that it cannot be put back. ",
        inputFaultWords(warning.fault),
      ];
    case "tag-cannot-go":
      return [
        "The tag ",
        { code: clip(warning.key, 100) },
        " stays: Gcore no longer takes a key like this, so that it cannot be removed by itself.",
      ];
    case "tag-not-there":
      return ["There is no tag ", { code: clip(warning.key, 100) }, " to remove."];
    case "changed-since":
      return [
        ...rowName(warning.row),
        " stays: it was changed to ",
        warning.row.after === null ? "no tag" : { code: clip(warning.row.after, 100) },
        ", and somebody has changed it since. Now it is ",
        warning.now === null ? "gone" : { code: clip(warning.now, 100) },
        ".",
      ];
    case "cannot-be-put-back":
      return [
        ...rowName(warning.row),
        " stays: today's rules refuse what stood there before (",
        { code: clip(warning.row.before ?? "", 100) },
        "), so that it cannot be put back.",
      ];
    case "broken-already":
      return [
        "Against your team's tag rules before this change, and after it: ",
        ...breachPhrase(warning.breach),
      ];
    default:
      return warning satisfies never;
  }
}
