import { err, ok, type Result } from "../problem.ts";
import { quoteWord, type Word } from "./command-words.ts";
import { type FilterFault, isOption, named, unknownFilter } from "./filter-text.ts";
import { findSnapshotIds } from "./snapshot-link.ts";
import { readSpan } from "./span.ts";

/** How a request may stand, the words that people write after `outcome:`. */
export const OUTCOMES = [
  "pending",
  "approved",
  "applying",
  "held",
  "applied",
  "failed",
  "conflict",
  "unknown",
  "rejected",
  "withdrawn",
  "expired",
  "running",
  "paused",
  "stopping",
  "finished",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const EXPORTS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof EXPORTS)[number];

/** Which requests somebody wants to see; all that they may where nothing is said. */
export interface HistoryFilter {
  readonly snapshotId?: string;
  /** The id of who asked, or `me`. */
  readonly by?: string;
  /** A project's number or name. */
  readonly project?: string;
  /** Times as `timeOf` reads them. */
  readonly since?: string;
  readonly until?: string;
  readonly outcomes?: readonly Outcome[];
  /** As a file, and not as a message. */
  readonly export?: ExportFormat;
}

/** Why the words of it were not understood. */
export type HistoryFault =
  | FilterFault
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "snapshot-many" }
  | { readonly kind: "person"; readonly value: string }
  | { readonly kind: "time"; readonly filter: string; readonly value: string }
  | { readonly kind: "choice"; readonly filter: string; readonly value: string };

const NAMES = ["by", "project", "since", "until", "outcome", "export"] as const;
/** Most characters of what names a project: the filter travels in the buttons of the history. */
const MOST = 500;
const DAY = 86_400_000;

/** Reads the words after `/snapshot history`. */
export function readHistory(words: readonly Word[]): Result<HistoryFilter, HistoryFault> {
  let filter: HistoryFilter = {};
  const seen = new Set<string>();
  for (const word of words) {
    if (isOption(word)) return err(unknownFilter(word.text, NAMES));
    const given = named(word);
    const ids = given === undefined ? findSnapshotIds(word.text) : [];
    if (given === undefined) {
      if (ids.length === 0) return err({ kind: "word", word: word.text });
      if (ids.length > 1 || filter.snapshotId !== undefined) return err({ kind: "snapshot-many" });
      filter = { ...filter, snapshotId: ids[0] ?? "" };
      continue;
    }
    const name = NAMES.find((one) => one === given.name);
    if (name === undefined) return err(unknownFilter(`${given.name}:`, NAMES));
    if (given.value === "") return err({ kind: "filter-empty", filter: name });
    if (seen.has(name)) return err({ kind: "filter-twice", filter: name });
    seen.add(name);
    const part = readPart(name, given.value);
    if (!part.ok) return part;
    filter = { ...filter, ...part.value };
  }
  return ok(filter);
}

function readPart(
  name: (typeof NAMES)[number],
  value: string,
): Result<HistoryFilter, HistoryFault> {
  switch (name) {
    case "by": {
      const [, mentioned] = /^<@([UW][A-Z0-9]{2,20})(?:\|[^>]*)?>$/.exec(value) ?? [];
      const id = mentioned ?? (/^[UW][A-Z0-9]{2,20}$/.test(value) ? value : undefined);
      const by = value.toLowerCase() === "me" ? "me" : id;
      return by === undefined ? err({ kind: "person", value }) : ok({ by });
    }
    case "project":
      return value.length > MOST ? err({ kind: "filter-long" }) : ok({ project: value });
    case "since":
    case "until": {
      const text = value.toLowerCase();
      return timeOf(text, 0, name) === undefined
        ? err({ kind: "time", filter: name, value })
        : ok({ [name]: text });
    }
    case "outcome": {
      const words = [...new Set(value.toLowerCase().split(","))];
      const outcomes = words.flatMap((word) => OUTCOMES.filter((one) => one === word));
      return outcomes.length === words.length
        ? ok({ outcomes })
        : err({ kind: "choice", filter: name, value });
    }
    case "export": {
      const format = EXPORTS.find((one) => one === value.toLowerCase());
      return format === undefined
        ? err({ kind: "choice", filter: name, value })
        : ok({ export: format });
    }
    default:
      return name satisfies never;
  }
}

/**
 * The moment that `7d` (so long ago) or `2026-11-21` (that day, by UTC) means: since its beginning,
 * until its end; or undefined.
 */
export function timeOf(text: string, now: number, side: "since" | "until"): number | undefined {
  const span = readSpan(text);
  if (span !== undefined) return now - span;
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = Date.parse(`${text}T00:00:00Z`);
  // A day that there is not is taken for one of the next month by some.
  if (Number.isNaN(day) || new Date(day).toISOString().slice(0, 10) !== text) return undefined;
  return side === "since" ? day : day + DAY;
}

/** The words that `readHistory` reads back as this filter. */
export const formatHistory = (filter: HistoryFilter): string =>
  [
    filter.snapshotId,
    filter.by && `by:${filter.by}`,
    filter.project && `project:${quoteWord(filter.project)}`,
    filter.since && `since:${filter.since}`,
    filter.until && `until:${filter.until}`,
    filter.outcomes && `outcome:${filter.outcomes.join(",")}`,
    filter.export && `export:${filter.export}`,
  ]
    .filter((part) => part !== undefined)
    .join(" ");
