import type { Breach } from "../problem.ts";
import type { TagValue } from "../snapshot/change.ts";
import { keyFault } from "../snapshot/rules.ts";
import { isProtected, type Snapshot } from "../snapshot/snapshot.ts";
import { breachesOf } from "./breaches.ts";
import { demandsIn, fitsOne, isExact, type TagRule } from "./tag-rules.ts";

/** A snapshot that breaks tag rules, and what would mend it as far as the rules say so. */
export interface Finding {
  readonly snapshot: Snapshot;
  readonly breaches: readonly Breach[];
  /** Tags to set; the value is empty where it is for a person to choose. */
  readonly mend: readonly TagValue[];
}

/** The snapshots that break the rules, by place and name. */
export const findingsIn = (
  rules: readonly TagRule[],
  snapshots: readonly Snapshot[],
): readonly Finding[] =>
  snapshots
    .flatMap((snapshot) => {
      const breaches = breachesOf(rules, snapshot);
      if (breaches.length === 0) return [];
      return [{ snapshot, breaches, mend: mendOf(rules, snapshot, breaches) }];
    })
    .sort((one, other) => byPlace(one.snapshot, other.snapshot));

function mendOf(
  rules: readonly TagRule[],
  snapshot: Snapshot,
  breaches: readonly Breach[],
): readonly TagValue[] {
  const guarded = demandsIn(rules, snapshot).protected;
  const canBeSet = (key: string): boolean =>
    keyFault(key) === undefined &&
    !fitsOne(guarded, key) &&
    !snapshot.tags.some((tag) => tag.key === key && isProtected(tag));
  return breaches.flatMap((breach) => {
    if (breach.kind !== "tag-missing" && breach.kind !== "tag-value") return [];
    if (!canBeSet(breach.key)) return [];
    const [only = "", ...others] = breach.values ?? [];
    return [{ key: breach.key, value: others.length === 0 && isExact(only) ? only : "" }];
  });
}

const byPlace = (one: Snapshot, other: Snapshot): number =>
  one.projectId - other.projectId ||
  one.regionId - other.regionId ||
  compare(one.name, other.name) ||
  compare(one.snapshotId, other.snapshotId);

/** The same order on every machine, whatever its language. */
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
