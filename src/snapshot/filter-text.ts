import { closest } from "fastest-levenshtein";
import { err, ok, type Result } from "../problem.ts";
import { quoteWord, type Word } from "./command-words.ts";
import type { Condition, Filter } from "./filter.ts";
import { findSnapshotIds } from "./snapshot-link.ts";
import { readSpan } from "./span.ts";

/** Why the words of a filter were not understood. */
export type FilterFault =
  | { readonly kind: "filter"; readonly word: string; readonly nearest: string }
  | { readonly kind: "filter-empty"; readonly filter: string }
  | { readonly kind: "filter-twice"; readonly filter: string }
  | { readonly kind: "filter-long" }
  | { readonly kind: "span"; readonly filter: string; readonly value: string };

const KINDS = ["name", "tag", "status", "volume", "older", "newer", "project", "region"] as const;
/** A list is looked at in one project and region, or in all. */
const ONCE: readonly string[] = ["project", "region"];
/** Most characters of a filter: it travels in the buttons of the list, which hold 2,000. */
const MOST = 1_500;

/** A word with a name before its colon: `name:db*`. Neither the name nor the colon is quoted. */
export interface Named {
  readonly name: string;
  readonly value: string;
}

/** A word as one with a name, or undefined when it is an ordinary word, a link for example. */
export function named(word: Word): Named | undefined {
  const [before, name = ""] = /^(?!https?:)([a-z]+):/i.exec(word.text) ?? [];
  if (before === undefined || word.quotedFrom < before.length) return undefined;
  return { name: name.toLowerCase(), value: word.text.slice(before.length) };
}

/** Whether a word is an option such as `--project`: there are none among filters. */
export const isOption = ({ text, quotedFrom }: Word): boolean =>
  /^(?:--|[—–])/.test(text) && quotedFrom > 0;

/** The fault of a name that there is not, with the nearest one that there is. */
export const unknownFilter = (text: string, names: readonly string[]) =>
  ({
    kind: "filter",
    word: text,
    nearest: closest(text.replace(/^[-—–]+/, "").replace(/[:=].*$/s, ""), names),
  }) as const;

/** Reads the words after `/snapshot list`, `/snapshot lint` and `/snapshot bulk`. */
export function readFilter(words: readonly Word[]): Result<Filter, FilterFault> {
  const filter: Condition[] = [];
  for (const word of words) {
    const condition = readCondition(word);
    if (!condition.ok) return condition;
    const { kind } = condition.value;
    if (ONCE.includes(kind) && filter.some((one) => one.kind === kind)) {
      return err({ kind: "filter-twice", filter: kind });
    }
    filter.push(condition.value);
  }
  return formatFilter(filter).length > MOST ? err({ kind: "filter-long" }) : ok(filter);
}

function readCondition(word: Word): Result<Condition, FilterFault> {
  if (isOption(word)) return err(unknownFilter(word.text, KINDS));
  const given = named(word);
  if (given === undefined) {
    const [id, ...more] = word.quotedFrom === 0 ? [] : findSnapshotIds(word.text);
    const text = id !== undefined && more.length === 0 ? id : word.text;
    return ok({ kind: "word", text });
  }
  const { name, value } = given;
  const kind = KINDS.find((one) => one === name);
  if (kind === undefined) return err(unknownFilter(`${name}:`, KINDS));
  if (value === "") return err({ kind: "filter-empty", filter: kind });
  if (kind === "older" || kind === "newer") {
    const span = value.toLowerCase();
    return readSpan(span) === undefined
      ? err({ kind: "span", filter: kind, value })
      : ok({ kind, span });
  }
  if (kind !== "tag") return ok({ kind, pattern: value });
  const equals = value.indexOf("=");
  if (equals === 0) return err({ kind: "filter-empty", filter: kind });
  return equals < 0
    ? ok({ kind, key: value, value: null })
    : ok({ kind, key: value.slice(0, equals), value: value.slice(equals + 1) });
}

/** The words that `readFilter` reads back as this filter. */
export const formatFilter = (filter: Filter): string => filter.map(formatCondition).join(" ");

function formatCondition(condition: Condition): string {
  switch (condition.kind) {
    case "word":
      return formatWord(condition.text);
    case "older":
    case "newer":
      return `${condition.kind}:${condition.span}`;
    case "tag": {
      const { key, value } = condition;
      return `tag:${quoteWord(value === null ? key : `${key}=${value}`)}`;
    }
    default:
      return `${condition.kind}:${quoteWord(condition.pattern)}`;
  }
}

/** A word that would be read as something else is quoted. */
const formatWord = (text: string): string => {
  const bare = { text, quotedFrom: text.length };
  const isPlain =
    !isOption(bare) &&
    named(bare) === undefined &&
    findSnapshotIds(text).every((id) => id === text);
  return isPlain ? quoteWord(text) : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
};
