import { closest } from "fastest-levenshtein";
import { err, ok, type Result } from "../problem.ts";
import { holdsApiKey } from "./api-key-text.ts";
import type { Change } from "./change.ts";
import { quoteWord, splitWords, type Word } from "./command-words.ts";
import type { Filter } from "./filter.ts";
import { type FilterFault, formatFilter, readFilter } from "./filter-text.ts";
import {
  formatHistory,
  type HistoryFault,
  type HistoryFilter,
  readHistory,
} from "./history-filter.ts";
import type { SnapshotRef } from "./snapshot.ts";
import { findSnapshotIds, readSnapshotLink } from "./snapshot-link.ts";

/** What can be said after `/snapshot`. */
export type Command =
  | ChangeCommand
  | ({ readonly kind: "show"; readonly snapshotId: string } & Partial<SnapshotRef>)
  | { readonly kind: "list" | "lint" | "bulk"; readonly filter: Filter }
  | { readonly kind: "history"; readonly filter: HistoryFilter }
  | { readonly kind: "pending" | "connect" | "key" | "disconnect" | "help" };

/** A change as far as it was typed; the form asks for the rest. */
export interface ChangeCommand extends Partial<SnapshotRef>, Change {
  readonly kind: "change";
  readonly reason?: string;
}

export type CommandName = Command["kind"];

/** Why a command was not understood. `usage` names the command whose usage helps. */
export type CommandFault = { readonly usage: CommandName } & (
  | { readonly kind: "key-in-text" }
  | { readonly kind: "quote-open" }
  | { readonly kind: "word"; readonly word: string }
  | { readonly kind: "option"; readonly option: string; readonly nearest: string }
  | { readonly kind: "option-value"; readonly option: string }
  | { readonly kind: "option-twice"; readonly option: string }
  | { readonly kind: "number"; readonly option: string; readonly value: string }
  | { readonly kind: "snapshot-none" }
  | { readonly kind: "snapshot-many" }
  | { readonly kind: "clear-with-tags" }
  | { readonly kind: "replace-without-tags" }
  | FilterFault
  | HistoryFault
);

const WORDS = [
  "list",
  "show",
  "history",
  "pending",
  "lint",
  "bulk",
  "connect",
  "key",
  "disconnect",
  "help",
] as const;
const VALUE_OPTIONS = ["project", "region", "name", "reason"] as const;
const FLAG_OPTIONS = ["clear-tags", "replace-tags"] as const;
const OPTIONS = [...VALUE_OPTIONS, ...FLAG_OPTIONS];
const PLACE_OPTIONS: readonly (typeof OPTIONS)[number][] = ["project", "region"];

/** The word that is begun with, or else the one with the fewest letters to change. */
const nearest = <T extends string>(typed: string, words: readonly T[]): T => {
  const begun = words.find((word) => typed !== "" && word.startsWith(typed));
  const best = begun ?? closest(typed, words);
  return words.find((word) => word === best) ?? (words[0] as T);
};

/** The command that a mistyped word most likely means; anything that looks like an id means a change. */
const nearestCommand = (word: string): CommandName => {
  return /[0-9=:/]/.test(word) ? "change" : nearest(word.toLowerCase(), WORDS);
};

/**
 * Reads what a person typed after `/snapshot`. The grammar is written down in docs/commands.md.
 * A text with an API key in it is refused before anything else.
 */
export function parseCommand(text: string): Result<Command, CommandFault> {
  // Quotes and backslashes may part a key that the words then hold whole.
  if (holdsApiKey(text.replaceAll(/["'\\“”„]/g, ""))) {
    return err({ kind: "key-in-text", usage: "connect" });
  }
  const words = splitWords(text);
  if (words === undefined) return err({ kind: "quote-open", usage: "change" });
  const [first, ...rest] = words;
  const name = WORDS.find((word) => word === first?.text && first.quotedFrom > 0);
  if (name === undefined) return readChange(words, "change");
  if (name === "list" || name === "lint" || name === "bulk") return named(name, readFilter(rest));
  if (name === "history") return named(name, readHistory(rest));
  if (name !== "show") {
    const [extra] = rest;
    return extra === undefined
      ? ok({ kind: name })
      : err({ kind: "word", word: extra.text, usage: name });
  }
  const read = readChange(rest, name);
  if (!read.ok) return read;
  const { snapshotId, projectId, regionId } = read.value;
  return snapshotId === undefined
    ? err({ kind: "snapshot-none", usage: name })
    : ok({
        kind: name,
        snapshotId,
        ...(projectId === undefined ? {} : { projectId }),
        ...(regionId === undefined ? {} : { regionId }),
      });
}

/** What was read of a filter, as the command that it is of. */
const named = <K extends CommandName, F, P extends object>(kind: K, read: Result<F, P>) =>
  read.ok ? ok({ kind, filter: read.value }) : err({ ...read.problem, usage: kind });

type Draft = { -readonly [M in keyof ChangeCommand]: ChangeCommand[M] } & {
  set: ChangeCommand["set"][number][];
  remove: string[];
};

function readChange(
  words: readonly Word[],
  usage: "change" | "show",
): Result<ChangeCommand, CommandFault> {
  const draft: Draft = { kind: "change", set: [], remove: [], others: "keep" };
  const seen = new Set<string>();
  const queue = [...words];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const option = optionOf(word);
    if (option !== undefined) {
      const fault = readOption(draft, seen, option, queue, usage);
      if (fault !== undefined) return err({ ...fault, usage });
    } else if (usage === "change" && isRemoval(word)) {
      draft.remove.push(word.text.slice(1));
    } else if (usage === "change" && word.text.includes("=") && !isLink(word)) {
      const equals = word.text.indexOf("=");
      draft.set.push({ key: word.text.slice(0, equals), value: word.text.slice(equals + 1) });
    } else {
      const ids = findSnapshotIds(word.text);
      if (ids.length === 0) {
        const meant = word === words[0] && usage === "change" ? nearestCommand(word.text) : usage;
        return err({ kind: "word", word: word.text, usage: meant });
      }
      if (ids.length > 1 || draft.snapshotId !== undefined) {
        return err({ kind: "snapshot-many", usage });
      }
      const { snapshotId, projectId, regionId } = readSnapshotLink(word.text);
      if (snapshotId !== undefined) draft.snapshotId = snapshotId;
      if (projectId !== undefined) draft.projectId ??= projectId;
      if (regionId !== undefined) draft.regionId ??= regionId;
    }
  }
  if (seen.has("clear-tags") && (draft.set.length > 0 || seen.has("replace-tags"))) {
    return err({ kind: "clear-with-tags", usage });
  }
  if (seen.has("replace-tags") && draft.set.length === 0) {
    return err({ kind: "replace-without-tags", usage });
  }
  return ok(draft);
}

/** `--name`, `--name=…`; a Mac makes an em dash of two hyphens, so that `—name` is the same. */
const optionOf = (word: Word): string | undefined => {
  const dashes = /^(?:--|[—–])/.exec(word.text)?.[0].length ?? 0;
  return dashes > 0 && word.quotedFrom >= dashes ? word.text.slice(dashes) : undefined;
};
const isRemoval = (word: Word): boolean => word.text.startsWith("-") && word.quotedFrom >= 1;
const isLink = (word: Word): boolean => /^<?https?:/i.test(word.text) && word.quotedFrom > 0;

function readOption(
  draft: Draft,
  seen: Set<string>,
  text: string,
  queue: Word[],
  usage: "change" | "show",
) {
  const equals = text.indexOf("=");
  const option = equals < 0 ? text : text.slice(0, equals);
  const allowed = usage === "change" ? OPTIONS : PLACE_OPTIONS;
  const known = allowed.find((one) => one === option);
  if (known === undefined) {
    return { kind: "option", option, nearest: nearest(option, allowed) } as const;
  }
  if (seen.has(option)) return { kind: "option-twice", option } as const;
  seen.add(option);
  if (known === "clear-tags" || known === "replace-tags") {
    if (equals >= 0) return { kind: "option", option: text, nearest: option } as const;
    draft.others = "remove";
    return undefined;
  }
  const value = equals < 0 ? queue.shift()?.text : text.slice(equals + 1);
  if (value === undefined) return { kind: "option-value", option } as const;
  if (known === "name" || known === "reason") {
    draft[known] = value;
    return undefined;
  }
  if (!/^[1-9]\d{0,14}$/.test(value)) return { kind: "number", option, value } as const;
  draft[known === "project" ? "projectId" : "regionId"] = Number(value);
  return undefined;
}

/** The text that `parseCommand` reads back as `command`, without `/snapshot` before it. */
export function formatCommand(command: Command): string {
  if (command.kind === "list" || command.kind === "lint" || command.kind === "bulk") {
    return `${command.kind} ${formatFilter(command.filter)}`.trimEnd();
  }
  if (command.kind === "history") return `history ${formatHistory(command.filter)}`.trimEnd();
  if (!("snapshotId" in command) && command.kind !== "change") return command.kind;
  const where = [
    ...(command.snapshotId === undefined ? [] : [command.snapshotId]),
    ...(command.projectId === undefined ? [] : ["--project", String(command.projectId)]),
    ...(command.regionId === undefined ? [] : ["--region", String(command.regionId)]),
  ];
  if (command.kind !== "change") return [command.kind, ...where].join(" ");
  return [
    ...where,
    ...(command.name === undefined ? [] : ["--name", quoteWord(command.name)]),
    ...command.set.map(
      ({ key, value }) => `${quoteKey(key)}=${value === "" ? "" : quoteWord(value)}`,
    ),
    ...command.remove.map((key) => `-${quoteKey(key)}`),
    ...(command.others === "keep"
      ? []
      : [command.set.length > 0 ? "--replace-tags" : "--clear-tags"]),
    ...(command.reason === undefined ? [] : ["--reason", quoteWord(command.reason)]),
  ].join(" ");
}

/** A key that begins like an option, a removal or a link is quoted, so that it stays a key. */
const quoteKey = (key: string): string =>
  /^(?:[-—–]|<?https?:)/i.test(key) ? `"${key.replaceAll(/["\\]/g, "\\$&")}"` : quoteWord(key);
