import type { InvalidFields } from "./errors.ts";
import type { Knobs } from "./knobs.ts";

const NAME = "^[a-zA-Z0-9][a-zA-Z 0-9._\\-]{1,61}[a-zA-Z0-9._]$";
const TAG_KEY = "^[^\\s=]+$";
const TAG_VALUE = "^[^ \\t\\n\\r\\f\\v]([^\\t\\n\\r\\f\\v]*[^ \\t\\n\\r\\f\\v])?$";
const LONGEST = 255;

// Characters are code points: an emoji outside of the first plane is one, not two.
const length = (text: string): number => [...text].length;

const matches = (pattern: string, text: string): boolean => new RegExp(pattern, "u").test(text);

// At most one complaint per value, the length before the pattern, as the real checker does it.
const wrongText = (text: string, pattern: string, longest?: number): string | undefined => {
  if (!text.isWellFormed()) {
    return "Input should be a valid string, unable to parse raw data as a unicode string";
  }
  if (longest !== undefined && length(text) < 1) {
    return "String should have at least 1 character";
  }
  if (longest !== undefined && length(text) > longest) {
    return `String should have at most ${longest} characters`;
  }
  return matches(pattern, text) ? undefined : `String should match pattern '${pattern}'`;
};

/** What is wrong with a snapshot's name, in the API's words; undefined: nothing. */
export function wrongName(name: unknown): string | undefined {
  if (typeof name !== "string") return "Input should be a valid string";
  return wrongText(name, NAME);
}

/** What is wrong with a tag's key. */
export const wrongKey = (key: string): string | undefined => wrongText(key, TAG_KEY, LONGEST);

/** What is wrong with a tag's value. */
export function wrongValue(value: unknown): string | undefined {
  if (typeof value !== "string") return "Input should be a valid string";
  return wrongText(value, TAG_VALUE, LONGEST);
}

/** Is it a JSON object? */
export const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

type TagKnobs = Pick<Knobs, "trim" | "tagErrors" | "legacyKeyDelete">;

/** Tags as asked for: a text sets, a null takes away. */
export type TagPatch = Map<string, string | null>;

// Where the complaints about tags stand among those about the whole body.
const placed = (wrong: Map<string, string>, form: Knobs["tagErrors"]): InvalidFields => {
  const each = [...wrong];
  if (each.length === 0) return new Map();
  if (form === "flat") {
    return new Map([["tags", each.map(([key, message]) => `${key}: ${message}`)]]);
  }
  const prefix = form === "dotted" ? "tags." : "";
  const fields: InvalidFields = new Map(each.map(([key, text]) => [prefix + key, [text]]));
  return form === "dotted" ? fields : new Map([["tags", fields]]);
};

/**
 * Reads an object of tags, and says of each tag what is wrong with it. With `nulls` a null is a
 * tag to take away, without it is a wrong value (a new snapshot has nothing to take away).
 */
export function readTags(
  value: unknown,
  options: {
    readonly nulls: boolean;
    readonly stored?: ReadonlySet<string>;
    readonly knobs: TagKnobs;
  },
): { readonly tags: TagPatch; readonly wrong: InvalidFields } {
  const { nulls, stored, knobs } = options;
  const tags: TagPatch = new Map();
  if (!isObject(value)) {
    return { tags, wrong: new Map([["tags", ["Input should be a valid dictionary"]]]) };
  }
  const cut = (text: string): string => (knobs.trim === "strip" ? text.trim() : text);
  const wrong = new Map<string, string>();
  for (const [rawKey, rawValue] of Object.entries(value)) {
    if (knobs.legacyKeyDelete === 200 && rawValue === null && stored?.has(rawKey)) {
      tags.set(rawKey, null);
      continue;
    }
    const key = cut(rawKey);
    const tagValue: unknown = typeof rawValue === "string" ? cut(rawValue) : rawValue;
    const removed = nulls && tagValue === null;
    const problem = wrongKey(key) ?? (removed ? undefined : wrongValue(tagValue));
    if (problem === undefined) tags.set(key, tagValue as string | null);
    else wrong.set(rawKey, problem);
  }
  return { tags, wrong: placed(wrong, knobs.tagErrors) };
}
