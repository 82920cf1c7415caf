import { type Breach, err, ok, type Result } from "../problem.ts";
import { holdsApiKey, holdsKeyOf } from "./api-key-text.ts";
import type { Change, Sought, TagValue, Wish } from "./change.ts";
import { keyFault, type NameFault, nameFault, type TagFault, valueFault } from "./rules.ts";
import type { Place } from "./snapshot.ts";
import { findSnapshotIds } from "./snapshot-link.ts";

/** What stands in the form, as text, untouched: nothing that was typed is lost. */
export interface FormInput {
  /** The ids of the places to look in; empty: all. */
  readonly project: string;
  readonly region: string;
  /** An id, or a text or link with one in it; with `project/region/` before it, its place too. */
  readonly snapshot: string;
  readonly name: string;
  readonly set: string;
  readonly remove: string;
  /** "Remove all tags that are not set above" is ticked. */
  readonly clear: boolean;
  readonly reason: string;
}

export type FormField = keyof FormInput;

export const EMPTY_FORM: FormInput = {
  project: "",
  region: "",
  snapshot: "",
  name: "",
  set: "",
  remove: "",
  clear: false,
  reason: "",
};

/** Most characters of a text field: Slack's own limit of a plain-text input. */
export const FIELD_LENGTH = 3000;
export const REASON_LENGTH = 500;

/** Why a field cannot be taken. */
export type InputFault =
  | NameFault
  | TagFault
  | { readonly kind: "snapshot-none" }
  | { readonly kind: "snapshot-many"; readonly count: number }
  | { readonly kind: "line-without-equals"; readonly line: string }
  | { readonly kind: "key-twice"; readonly key: string }
  | { readonly kind: "key-both"; readonly key: string }
  | { readonly kind: "nothing-asked" }
  | { readonly kind: "holds-key" }
  | { readonly kind: "reason-length"; readonly length: number }
  /** The team's tag rules do not let it through. */
  | { readonly kind: "breach"; readonly breach: Breach };

export type InputFaults = Readonly<Partial<Record<FormField, InputFault>>>;

/**
 * Reads the form into a wish, or names the first fault of each field.
 * A text that looks like an API key is refused, so that a slip of the clipboard never reaches a
 * channel. @param ownTokenId the id of the person's own key, of which even a part is recognised.
 */
export function readForm(input: FormInput, ownTokenId?: string): Result<Wish, InputFaults> {
  const set = readSetLines(input.set);
  const remove = readRemoveLines(input.remove);
  const ids = findSnapshotIds(input.snapshot);
  const place = placeIn(input);
  const name = input.name.trim();
  const reason = readReason(input.reason);
  const asksNothing = name === "" && input.set.trim() === "" && input.remove.trim() === "";

  const faults: { -readonly [F in FormField]?: InputFault | undefined } = {
    snapshot:
      ids.length === 1
        ? undefined
        : ids.length === 0
          ? { kind: "snapshot-none" }
          : { kind: "snapshot-many", count: ids.length },
    name:
      name !== ""
        ? nameFault(name)
        : asksNothing && !input.clear
          ? { kind: "nothing-asked" }
          : undefined,
    set: set.ok ? undefined : set.problem,
    remove: remove.ok ? bothFault(set, remove.value) : remove.problem,
    reason: reasonFault(reason),
  };
  for (const field of ["snapshot", "name", "set", "remove", "reason"] as const) {
    if (looksLikeKey(input[field], ownTokenId)) faults[field] = { kind: "holds-key" };
  }
  const found = Object.entries(faults).filter(([, fault]) => fault !== undefined);
  const [snapshotId] = ids;
  if (found.length > 0 || !set.ok || !remove.ok || snapshotId === undefined) {
    return err(Object.fromEntries(found) as InputFaults);
  }
  return ok({
    ref: { ...place, snapshotId },
    change: {
      ...(name === "" ? {} : { name }),
      set: set.value,
      remove: remove.value,
      others: input.clear ? "remove" : "keep",
    },
    ...(reason === "" ? {} : { reason }),
  });
}

/** A change as the text of the form; `readForm` reads it back. */
export const changeInput = ({
  name,
  set,
  remove,
  others,
}: Change): Pick<FormInput, "name" | "set" | "remove" | "clear"> => ({
  name: name ?? "",
  set: set.map(setLine).join("\n"),
  remove: remove.join("\n"),
  clear: others === "remove",
});

/** A reason as it is kept: it is shown on one line. */
export const readReason = (text: string): string => text.trim().replaceAll(/\s+/g, " ");

export const reasonFault = (reason: string): InputFault | undefined =>
  [...reason].length > REASON_LENGTH
    ? { kind: "reason-length", length: [...reason].length }
    : undefined;

/** Whether a text looks like an API key, or holds one of the token with this id. */
export const looksLikeKey = (text: string, ownTokenId: string | undefined): boolean =>
  holdsApiKey(text) || (ownTokenId !== undefined && holdsKeyOf(text, ownTokenId));

/** A tag as a line of the form. */
export const setLine = ({ key, value }: TagValue): string => `${key}=${value}`;

const lines = (text: string): string[] =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The tags to set, one a line. */
export function readSetLines(text: string): Result<readonly TagValue[], InputFault> {
  const tags: TagValue[] = [];
  for (const line of lines(text)) {
    const equals = line.indexOf("=");
    if (equals < 0) return err({ kind: "line-without-equals", line });
    const key = line.slice(0, equals).trim();
    const value = line.slice(equals + 1).trim();
    const fault = keyFault(key) ?? valueFault(key, value);
    if (fault !== undefined) return err(fault);
    if (tags.some((tag) => tag.key === key)) return err({ kind: "key-twice", key });
    tags.push({ key, value });
  }
  return ok(tags);
}

/** The keys of the tags to remove, one a line. */
export function readRemoveLines(text: string): Result<readonly string[], InputFault> {
  const keys = [...new Set(lines(text))];
  const fault = keys.map(keyFault).find((one) => one !== undefined);
  return fault === undefined ? ok(keys) : err(fault);
}

/** A tag cannot be set and removed at once. */
export function bothFault(
  set: Result<readonly TagValue[], InputFault>,
  remove: readonly string[],
): InputFault | undefined {
  const both = set.ok && set.value.find((tag) => remove.includes(tag.key));
  return both ? { kind: "key-both", key: both.key } : undefined;
}

/** The snapshot that stands in a form, as far as it says where that is. */
export const readSought = (input: FormInput): Sought => ({
  ...placeIn(input),
  snapshotId: findSnapshotIds(input.snapshot)[0] ?? "",
});

/** Where the snapshot is, as far as the form says it: with the id itself, or by the places to look in. */
export function placeIn({ project, region, snapshot }: FormInput): Partial<Place> {
  const [, withProject, withRegion] =
    /^([1-9]\d{0,14})\/([1-9]\d{0,14})\//.exec(snapshot.trim()) ?? [];
  const projectId = readId(withProject ?? project);
  const regionId = readId(withRegion ?? region);
  return {
    ...(projectId === undefined ? {} : { projectId }),
    ...(regionId === undefined ? {} : { regionId }),
  };
}

const readId = (text: string): number | undefined =>
  /^[1-9]\d{0,14}$/.test(text.trim()) ? Number(text) : undefined;
