import { err, ok, type Result } from "../problem.ts";
import type { Sought } from "./change.ts";
import { findSnapshotIds, readSnapshotLink } from "./snapshot-link.ts";

/** Why pasted ids cannot be taken: a word without an id, or one id in two places. */
export type PastedFault =
  | { readonly kind: "no-id"; readonly word: string }
  | { readonly kind: "ids-joined"; readonly word: string }
  | { readonly kind: "two-places"; readonly snapshotId: string };

/**
 * Reads ids that were pasted, as they come out of tables, scripts and chats: parted by white space,
 * commas or semicolons, each alone, as `project/region/id` or in a link. One that comes twice is
 * one; where it says its place once, that holds.
 */
export function readPasted(text: string): Result<readonly Sought[], PastedFault> {
  const found = new Map<string, Sought>();
  for (const word of text.split(/[\s,;]+/).filter((one) => one !== "")) {
    const ids = findSnapshotIds(word);
    if (ids.length > 1) return err({ kind: "ids-joined", word });
    const [snapshotId] = ids;
    if (snapshotId === undefined) return err({ kind: "no-id", word });
    const sought = soughtIn(word, snapshotId);
    const known = found.get(snapshotId);
    if (known !== undefined && isElsewhere(known, sought)) {
      return err({ kind: "two-places", snapshotId });
    }
    found.set(snapshotId, { ...known, ...sought });
  }
  return ok([...found.values()]);
}

function soughtIn(word: string, snapshotId: string): Sought {
  const [, projectId, regionId] = /^([1-9]\d{0,14})\/([1-9]\d{0,14})\//.exec(word) ?? [];
  return projectId !== undefined && regionId !== undefined
    ? { projectId: Number(projectId), regionId: Number(regionId), snapshotId }
    : { ...readSnapshotLink(word), snapshotId };
}

const isElsewhere = (one: Sought, other: Sought): boolean =>
  (["projectId", "regionId"] as const).some(
    (part) => one[part] !== undefined && other[part] !== undefined && one[part] !== other[part],
  );
