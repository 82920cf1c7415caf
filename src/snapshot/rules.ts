import { isSystemTag } from "./snapshot.ts";

/**
 * What Gcore's API takes as a name and as a tag: the patterns and lengths of `UpdateSnapshotSerializer`
 * and `UpdateTagsSerializer` in Gcore's cloud OpenAPI. Lengths count characters, not UTF-16 units.
 */
export const NAME_LENGTH = { min: 3, max: 63 } as const;
export const TAG_LENGTH = { min: 1, max: 255 } as const;

const NAME_PATTERN = /^[a-zA-Z0-9][a-zA-Z 0-9._-]{1,61}[a-zA-Z0-9._]$/;
const KEY_PATTERN = /^[^\s=]+$/;
const VALUE_PATTERN = /^[^ \t\n\r\f\v]([^\t\n\r\f\v]*[^ \t\n\r\f\v])?$/;

/** Why Gcore would refuse a name. */
export type NameFault =
  | { readonly kind: "name-length"; readonly length: number }
  | { readonly kind: "name-characters"; readonly characters: readonly string[] }
  | { readonly kind: "name-start" }
  | { readonly kind: "name-end" };

/** Why Gcore would refuse a tag, or why the bot does. */
export type TagFault =
  | { readonly kind: "key-empty" }
  | { readonly kind: "key-length"; readonly key: string }
  | { readonly kind: "key-characters"; readonly key: string }
  | { readonly kind: "key-protected"; readonly key: string }
  | { readonly kind: "value-empty"; readonly key: string }
  | { readonly kind: "value-length"; readonly key: string }
  | { readonly kind: "value-characters"; readonly key: string };

const lengthOf = (text: string): number => [...text].length;

/** The first fault of a name, or undefined when Gcore would take it. */
export function nameFault(name: string): NameFault | undefined {
  const characters = [...new Set([...name].filter((one) => !/[a-zA-Z 0-9._-]/.test(one)))];
  if (characters.length > 0) return { kind: "name-characters", characters };
  const length = lengthOf(name);
  if (length < NAME_LENGTH.min || length > NAME_LENGTH.max) return { kind: "name-length", length };
  if (!/^[a-zA-Z0-9]/.test(name)) return { kind: "name-start" };
  return NAME_PATTERN.test(name) ? undefined : { kind: "name-end" };
}

/** The first fault of a tag's key, or undefined when it may be set or removed. */
export function keyFault(key: string): TagFault | undefined {
  if (key === "") return { kind: "key-empty" };
  if (isSystemTag(key)) return { kind: "key-protected", key };
  if (!KEY_PATTERN.test(key) || !key.isWellFormed()) return { kind: "key-characters", key };
  return lengthOf(key) > TAG_LENGTH.max ? { kind: "key-length", key } : undefined;
}

/** The first fault of a tag's value, or undefined when Gcore would take it. */
export function valueFault(key: string, value: string): TagFault | undefined {
  if (value === "") return { kind: "value-empty", key };
  if (!VALUE_PATTERN.test(value) || !value.isWellFormed()) return { kind: "value-characters", key };
  return lengthOf(value) > TAG_LENGTH.max ? { kind: "value-length", key } : undefined;
}
