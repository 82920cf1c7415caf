import { badRequest, forbidden } from "./errors.ts";
import type { Knobs } from "./knobs.ts";
import type { Tag } from "./model.ts";
import type { TagPatch } from "./rules.ts";

/** Tags that every snapshot has and that are, all the same, not marked as read-only. */
export const systemKeys: ReadonlySet<string> = new Set(["bootable", "volume_name"]);

type ChangeKnobs = Pick<Knobs, "readOnlyPatch" | "tagsNullRemovesSystem" | "maxTags">;

const stays = (tag: Tag, knobs: ChangeKnobs): boolean =>
  tag.read_only || (systemKeys.has(tag.key) && !knobs.tagsNullRemovesSystem);

const refuseReadOnly = (before: readonly Tag[], patch: TagPatch, knobs: ChangeKnobs): void => {
  if (knobs.readOnlyPatch === "ignore") return;
  if (!before.some((tag) => tag.read_only && patch.has(tag.key))) return;
  if (knobs.readOnlyPatch === 400) throw badRequest("Invalid parameter in request");
  throw forbidden("Attempting to access reserved field");
};

const refuseTooMany = (before: readonly Tag[], after: readonly Tag[], knobs: ChangeKnobs): void => {
  const grows = after.length > before.length;
  if (grows && knobs.maxTags !== null && after.length > knobs.maxTags) {
    throw badRequest(`A snapshot cannot have more than ${knobs.maxTags} tags`);
  }
};

/**
 * The tags after a merge patch: a text sets, a null takes away, what is not named stays. Instead
 * of a patch null empties the whole list, except for what the API keeps.
 */
export function changedTags(
  before: readonly Tag[],
  patch: TagPatch | null,
  knobs: ChangeKnobs,
): Tag[] {
  if (patch === null) return before.filter((tag) => stays(tag, knobs));
  refuseReadOnly(before, patch, knobs);
  const after = new Map(before.map((tag) => [tag.key, tag]));
  for (const [key, value] of patch) {
    if (after.get(key)?.read_only === true) continue;
    if (value === null) after.delete(key);
    else after.set(key, { key, value, read_only: false });
  }
  const tags = [...after.values()];
  refuseTooMany(before, tags, knobs);
  return tags;
}

/** The tags after the deprecated replacement: what the API keeps, and what was sent. */
export function replacedTags(before: readonly Tag[], sent: TagPatch, knobs: ChangeKnobs): Tag[] {
  refuseReadOnly(before, sent, knobs);
  return changedTags(changedTags(before, null, knobs), sent, { ...knobs, readOnlyPatch: "ignore" });
}
