import type { Breach } from "../problem.ts";
import type { TagValue } from "../snapshot/change.ts";
import { keyFault } from "../snapshot/rules.ts";
import { isProtected, type Snapshot } from "../snapshot/snapshot.ts";
import { breachesUnder } from "./breaches.ts";
import { type Demands, demandsFor, fitsOne, isExact, type TagRule } from "./tag-rules.ts";

/** A snapshot that breaks tag rules, and what is asked for where it is. */
export interface Finding {
  readonly snapshot: Snapshot;
  readonly demands: Demands;
  readonly breaches: readonly Breach[];
}

/** The snapshots that break the rules, in the order in which they are given. */
export function findingsIn(
  rules: readonly TagRule[],
  snapshots: readonly Snapshot[],
): readonly Finding[] {
  const demandsAt = demandsFor(rules);
  return snapshots
    .map((snapshot) => {
      const demands = demandsAt(snapshot);
      return { snapshot, demands, breaches: breachesUnder(demands, snapshot) };
    })
    .filter(({ breaches }) => breaches.length > 0);
}

/**
 * What would mend it, as far as the rules say so: tags to set, the value empty where it is for a
 * person to choose.
 */
export function mendOf({ snapshot, demands, breaches }: Finding): readonly TagValue[] {
  const canBeSet = (key: string): boolean =>
    keyFault(key) === undefined &&
    !fitsOne(demands.protected, key) &&
    !snapshot.tags.some((tag) => tag.key === key && isProtected(tag));
  return breaches.flatMap((breach) => {
    if (breach.kind !== "tag-missing" && breach.kind !== "tag-value") return [];
    if (!canBeSet(breach.key)) return [];
    const [only = "", ...others] = breach.values ?? [];
    return [{ key: breach.key, value: others.length === 0 && isExact(only) ? only : "" }];
  });
}
