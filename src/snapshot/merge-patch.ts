import type { Tag } from "./snapshot.ts";

/** One member of a tag merge patch: a new value, or null to remove the tag. */
export interface TagPatch {
  readonly key: string;
  readonly value: string | null;
}

/**
 * The body of Gcore's "Update snapshot". `tags` is a JSON merge patch (RFC 7396) of the tags;
 * null for `tags` removes every tag that is not read-only. Lists, not objects, so that `__proto__`
 * and `constructor` are keys like all others.
 */
export interface Patch {
  readonly name?: string;
  readonly tags?: readonly TagPatch[] | null;
}

/** What a patch works on. */
export interface Named {
  readonly name: string;
  readonly tags: readonly Tag[];
}

/** True for a patch that asks for nothing. */
export const isEmpty = (patch: Patch): boolean =>
  patch.name === undefined && (patch.tags === undefined || patch.tags?.length === 0);

/** What becomes of `before` under `patch`. Read-only tags stay as they are, as Gcore promises. */
export function applyPatch(before: Named, patch: Patch): Named {
  const name = patch.name ?? before.name;
  if (patch.tags === undefined) return { name, tags: before.tags };
  if (patch.tags === null) return { name, tags: before.tags.filter((tag) => tag.readOnly) };
  const tags = new Map(before.tags.map((tag) => [tag.key, tag]));
  for (const { key, value } of patch.tags) {
    if (tags.get(key)?.readOnly) continue;
    if (value === null) tags.delete(key);
    else tags.set(key, { key, value, readOnly: false });
  }
  return { name, tags: [...tags.values()] };
}

/** The patch that takes `patch` back from whatever it makes of `before`. */
export function inversePatch(before: Named, patch: Patch): Patch {
  const name = patch.name === undefined ? {} : { name: before.name };
  if (patch.tags === undefined) return name;
  const own = before.tags.filter((tag) => !tag.readOnly);
  if (patch.tags === null) return { ...name, tags: own.map(({ key, value }) => ({ key, value })) };
  const old = new Map(own.map((tag) => [tag.key, tag.value]));
  return {
    ...name,
    tags: patch.tags.map(({ key }) => ({ key, value: old.get(key) ?? null })),
  };
}

/** The patch as JSON for the wire. `Object.fromEntries` defines members, so that no key is special. */
export function patchBody(patch: Patch): string {
  const tags =
    patch.tags && Object.fromEntries(patch.tags.map(({ key, value }) => [key, value] as const));
  return JSON.stringify({ name: patch.name, tags });
}
