import { err, ok, type Result } from "../problem.ts";
import type { BulkChange } from "./bulk-change.ts";
import type { Sought } from "./change.ts";
import { splitWords } from "./command-words.ts";
import { refText } from "./fill-form.ts";
import type { Filter } from "./filter.ts";
import { type FilterFault, formatFilter, readFilter } from "./filter-text.ts";
import {
  bothFault,
  changeInput,
  FIELD_LENGTH,
  type InputFault,
  looksLikeKey,
  readReason,
  readRemoveLines,
  readSetLines,
  reasonFault,
} from "./form-input.ts";
import {
  formatTemplate,
  type NameTemplate,
  readTemplate,
  type TemplateFault,
} from "./name-template.ts";
import { type PastedFault, readPasted } from "./pasted.ts";
import { type UnfitTemplate, unfitTemplate } from "./unfit-template.ts";

/** A snapshot that was chosen in the menu: where it is, as `refText` writes it, and what it was called there. */
export interface Picked {
  readonly value: string;
  readonly label: string;
}

/** What stands in the form for many, as text, untouched: nothing that was typed is lost. */
export interface BulkInput {
  /** The words of `/snapshot list`. Empty means nobody, not everybody. */
  readonly filter: string;
  readonly picked: readonly Picked[];
  readonly pasted: string;
  /** A template such as `{volume}-{date}`. */
  readonly name: string;
  readonly set: string;
  readonly remove: string;
  /** "Remove all tags that are not set above" is ticked. */
  readonly clear: boolean;
  readonly reason: string;
}

export type BulkField = keyof BulkInput;

export const EMPTY_BULK: BulkInput = {
  filter: "",
  picked: [],
  pasted: "",
  name: "",
  set: "",
  remove: "",
  clear: false,
  reason: "",
};

/** Most snapshots that a menu holds: Slack's own limit. */
export const MOST_PICKED = 100;

/** A whole wish for many: which snapshots, what, and why. */
export interface BulkWish {
  /** Null: nobody is chosen by a filter. */
  readonly filter: Filter | null;
  /** Those that were picked or pasted, each once. */
  readonly ids: readonly Sought[];
  readonly change: BulkChange;
  readonly reason: string | null;
}

/** Why a field of the form for many cannot be taken. */
export type BulkFault =
  | InputFault
  | FilterFault
  | PastedFault
  | TemplateFault
  | UnfitTemplate
  | { readonly kind: "nothing-chosen" }
  | { readonly kind: "quote-open" }
  | { readonly kind: "word-empty" }
  | { readonly kind: "picked-many"; readonly count: number }
  | { readonly kind: "pasted-long"; readonly length: number };

export type BulkFaults = Readonly<Partial<Record<BulkField, BulkFault>>>;

const TEXTS = ["filter", "pasted", "name", "set", "remove", "reason"] as const;

/**
 * Reads the form into a wish, or names the first fault of each field. A text that looks like an API
 * key is refused in every field. @param ownTokenId the id of the person's own key, of which even a
 * part is recognised.
 */
export function readBulkForm(input: BulkInput, ownTokenId?: string): Result<BulkWish, BulkFaults> {
  const filter = readFilterField(input.filter);
  const picked = readPicked(input.picked);
  const ids = readIds(picked.ok ? input.picked : [], input.pasted);
  const name = readName(input.name);
  const set = readSetLines(input.set);
  const remove = readRemoveLines(input.remove);
  const reason = readReason(input.reason);

  const faults: { -readonly [F in BulkField]?: BulkFault | undefined } = {
    filter: filter.ok ? undefined : filter.problem,
    picked: picked.ok ? undefined : picked.problem,
    pasted: ids.ok ? undefined : ids.problem,
    name: name.ok ? undefined : name.problem,
    set: set.ok ? undefined : set.problem,
    remove: remove.ok ? bothFault(set, remove.value) : remove.problem,
    reason: reasonFault(reason),
  };
  if (choosesNothing(input)) faults.filter = { kind: "nothing-chosen" };
  if (asksNothing(input)) faults.name = { kind: "nothing-asked" };
  for (const field of TEXTS) {
    // Quotes and backslashes may part a key that the words of a filter then hold whole.
    const texts = [input[field], input[field].replaceAll(/["'\\“”„]/g, "")];
    if (texts.some((text) => looksLikeKey(text, ownTokenId))) faults[field] = { kind: "holds-key" };
  }
  const found = Object.entries(faults).filter(([, fault]) => fault !== undefined);
  if (found.length > 0 || !filter.ok || !ids.ok || !name.ok || !set.ok || !remove.ok) {
    return err(Object.fromEntries(found));
  }
  return ok({
    filter: filter.value,
    ids: ids.value,
    change: {
      ...(name.value === undefined ? {} : { name: name.value }),
      set: set.value,
      remove: remove.value,
      others: input.clear ? "remove" : "keep",
    },
    reason: reason === "" ? null : reason,
  });
}

/** A wish as the text of the form; `readBulkForm` reads it back. */
export const bulkInput = ({ filter, ids, change, reason }: BulkWish): BulkInput => ({
  filter: filter === null ? "" : formatFilter(filter),
  picked: [],
  pasted: ids.map(soughtText).join("\n"),
  ...changeInput({ ...change, name: formatTemplate(change.name ?? []) }),
  reason: reason ?? "",
});

const soughtText = ({ projectId, regionId, snapshotId }: Sought): string =>
  projectId === undefined || regionId === undefined
    ? snapshotId
    : refText({ projectId, regionId, snapshotId });

const isBlank = (text: string): boolean => text.trim() === "";

const choosesNothing = ({ filter, picked, pasted }: BulkInput): boolean =>
  isBlank(filter) && picked.length === 0 && isBlank(pasted);

/** The template that leaves each name as it is asks for nothing. */
const KEEPS = /^\{\s*name\s*\}$/i;
const asksNothing = ({ name, set, remove, clear }: BulkInput): boolean =>
  (isBlank(name) || KEEPS.test(name.trim())) && isBlank(set) && isBlank(remove) && !clear;

function readFilterField(text: string): Result<Filter | null, BulkFault> {
  const words = splitWords(text);
  if (words === undefined) return err({ kind: "quote-open" });
  if (words.length === 0) return ok(null);
  // An empty word fits every snapshot: whoever means all of them is to say so.
  if (words.some((word) => isBlank(word.text))) return err({ kind: "word-empty" });
  return readFilter(words);
}

const PICKED = /^(?:[1-9]\d{0,14}\/[1-9]\d{0,14}\/)?[0-9a-f-]{36}$/;

function readPicked(picked: BulkInput["picked"]): Result<readonly Sought[], BulkFault> {
  if (picked.length > MOST_PICKED) return err({ kind: "picked-many", count: picked.length });
  if (!picked.every(({ value }) => PICKED.test(value))) return err({ kind: "snapshot-none" });
  return readPasted(picked.map(({ value }) => value).join(" "));
}

/** Those that were picked, then those that were pasted. */
function readIds(picked: readonly Picked[], pasted: string): Result<readonly Sought[], BulkFault> {
  if (pasted.length > FIELD_LENGTH) return err({ kind: "pasted-long", length: pasted.length });
  return readPasted([...picked.map(({ value }) => value), pasted].join(" "));
}

function readName(text: string): Result<NameTemplate | undefined, TemplateFault | UnfitTemplate> {
  if (isBlank(text) || KEEPS.test(text.trim())) return ok(undefined);
  const template = readTemplate(text.trim());
  if (!template.ok) return template;
  const unfit = unfitTemplate(template.value);
  return unfit === undefined ? template : err(unfit);
}
