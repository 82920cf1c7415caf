import { type Breach, err, ok, type Problem, type Result } from "../problem.ts";
import type { Change } from "./change.ts";
import { applyPatch, inversePatch, isEmpty, type Patch, type TagPatch } from "./merge-patch.ts";
import { keyFault, type NameFault, nameFault, type TagFault, valueFault } from "./rules.ts";
import { isProtected, isSystemTag, type Snapshot, type Tag, tagValue } from "./snapshot.ts";

/** One line of the difference; null means that there is no such tag. */
export type Row =
  | { readonly field: "name"; readonly before: string; readonly after: string }
  | {
      readonly field: "tag";
      readonly key: string;
      readonly before: string | null;
      readonly after: string | null;
    };

/** What a person should know before they agree. */
export type Warning =
  | { readonly kind: "nothing-changes" }
  | { readonly kind: "name-cannot-return"; readonly fault: NameFault }
  | { readonly kind: "tag-cannot-return"; readonly fault: TagFault; readonly key: string }
  | { readonly kind: "tag-cannot-go"; readonly key: string }
  | { readonly kind: "tag-not-there"; readonly key: string }
  /** What an undo leaves alone: somebody has changed it since. */
  | { readonly kind: "changed-since"; readonly row: Row; readonly now: string | null }
  /** What an undo cannot put back: today's rules refuse it. */
  | { readonly kind: "cannot-be-put-back"; readonly row: Row }
  /** What the snapshot is not as the tag rules want it, before the change and after it. */
  | { readonly kind: "broken-already"; readonly breach: Breach };

/** Exactly what will be sent, what it changes, what stays, and the way back. */
export interface Plan {
  readonly patch: Patch;
  readonly rows: readonly Row[];
  readonly stays: readonly Tag[];
  readonly inverse: Patch;
  readonly warnings: readonly Warning[];
}

/**
 * What `change` means for `snapshot` as it is now. Members that change nothing are left out of the
 * patch. Removing "all others" names each tag that was seen, so that a tag added a moment later by
 * somebody else is never lost; only where a tag's key can no longer be named (it breaks today's
 * rules) and no unmarked system tag would go with it, Gcore's own "remove all" is used.
 * @returns the plan, or the problem that the change names a read-only tag.
 */
export function planChange(snapshot: Snapshot, change: Change): Result<Plan, Problem> {
  const named = [...change.set.map((tag) => tag.key), ...change.remove];
  const readOnly = snapshot.tags.filter((tag) => tag.readOnly && named.includes(tag.key));
  if (readOnly.length > 0) {
    return err({ kind: "tag-read-only", keys: readOnly.map((tag) => tag.key) });
  }
  const patch = patchFor(snapshot, change);
  const after = applyPatch(snapshot, patch);
  const rows = difference(snapshot, after);
  return ok({
    patch,
    rows,
    stays: snapshot.tags.filter((tag) => tagValue(after.tags, tag.key) === tag.value),
    inverse: inversePatch(snapshot, patch),
    warnings: [
      ...(isEmpty(patch) ? [{ kind: "nothing-changes" } as const] : []),
      ...rows.flatMap(noWayBack),
      ...change.remove
        .filter((key) => tagValue(snapshot.tags, key) === undefined)
        .map((key) => ({ kind: "tag-not-there", key }) as const),
      ...(change.others === "remove" ? after.tags : [])
        .filter((tag) => !isProtected(tag) && keyFault(tag.key) !== undefined)
        .map((tag) => ({ kind: "tag-cannot-go", key: tag.key }) as const),
    ],
  });
}

function patchFor(snapshot: Snapshot, change: Change): Patch {
  const name =
    change.name !== undefined && change.name !== snapshot.name ? { name: change.name } : {};
  const set = change.set.filter((tag) => tagValue(snapshot.tags, tag.key) !== tag.value);
  const kept = new Set(change.set.map((tag) => tag.key));
  const own = snapshot.tags.filter((tag) => !isProtected(tag));
  const leaving = own.filter(
    (tag) => change.remove.includes(tag.key) || (change.others === "remove" && !kept.has(tag.key)),
  );
  const unnameable = leaving.some((tag) => keyFault(tag.key) !== undefined);
  const unmarked = snapshot.tags.some((tag) => isSystemTag(tag.key) && !tag.readOnly);
  if (change.others === "remove" && kept.size === 0 && unnameable && !unmarked) {
    return { ...name, tags: null };
  }
  const tags: TagPatch[] = [
    ...leaving
      .filter((tag) => keyFault(tag.key) === undefined)
      .map(({ key }) => ({ key, value: null })),
    ...set,
  ];
  return tags.length === 0 ? name : { ...name, tags };
}

function difference(
  before: { readonly name: string; readonly tags: readonly Tag[] },
  after: { readonly name: string; readonly tags: readonly Tag[] },
): Row[] {
  const keys = new Set([...before.tags, ...after.tags].map((tag) => tag.key));
  const tags = [...keys].map((key) => ({
    field: "tag" as const,
    key,
    before: tagValue(before.tags, key) ?? null,
    after: tagValue(after.tags, key) ?? null,
  }));
  return [
    ...(before.name === after.name
      ? []
      : [{ field: "name" as const, before: before.name, after: after.name }]),
    ...tags.filter((row) => row.before !== row.after),
  ];
}

function noWayBack(row: Row): Warning[] {
  if (row.field === "name") {
    const fault = nameFault(row.before);
    return fault === undefined ? [] : [{ kind: "name-cannot-return", fault }];
  }
  if (row.before === null) return [];
  const fault = keyFault(row.key) ?? valueFault(row.key, row.before);
  return fault === undefined ? [] : [{ kind: "tag-cannot-return", fault, key: row.key }];
}

/** What a row's field is in `snapshot` now; null means that there is no such tag. */
export const valueNow = (snapshot: Snapshot, row: Row): string | null =>
  row.field === "name" ? snapshot.name : (tagValue(snapshot.tags, row.key) ?? null);

/** The rows whose field is not what `side` of them says. A change elsewhere does not count. */
export const rowsUnlike = (
  snapshot: Snapshot,
  rows: readonly Row[],
  side: "before" | "after",
): readonly Row[] => rows.filter((row) => valueNow(snapshot, row) !== row[side]);

/** The tags that a "remove all" would take although the plan does not name them. */
export const unseenTags = (snapshot: Snapshot, plan: Plan): readonly Tag[] =>
  plan.patch.tags === null
    ? snapshot.tags.filter(
        (tag) =>
          !tag.readOnly && !plan.rows.some((row) => row.field === "tag" && row.key === tag.key),
      )
    : [];
