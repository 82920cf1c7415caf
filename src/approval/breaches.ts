import type { Breach } from "../problem.ts";
import type { Row } from "../snapshot/plan.ts";
import { isProtected, type Snapshot, tagValue } from "../snapshot/snapshot.ts";
import {
  allowed,
  allowedValues,
  type Demands,
  demandsIn,
  fitsOne,
  type TagRule,
} from "./tag-rules.ts";

/** What tag rules look at. */
export type Tagged = Pick<Snapshot, "projectId" | "regionId" | "name" | "tags">;

/** What is not as the rules want it, as the snapshot is. */
export const breachesOf = (rules: readonly TagRule[], snapshot: Tagged): readonly Breach[] =>
  breachesUnder(demandsIn(rules, snapshot), snapshot);

/** What is not as is asked for there. */
export function breachesUnder(demands: Demands, snapshot: Tagged): readonly Breach[] {
  const { name, tags } = snapshot;
  const missing = demands.required.filter((key) => tagValue(tags, key) === undefined);
  const unlike = demands.names.some((patterns) => !fitsOne(patterns, name));
  const count = tags.filter((tag) => !isProtected(tag)).length;
  return [
    ...(unlike
      ? [{ kind: "name-unlike", name, patterns: allowed(demands.names) ?? [] } as const]
      : []),
    ...missing.map(
      (key) => ({ kind: "tag-missing", key, values: allowedValues(demands, key) }) as const,
    ),
    ...tags.flatMap(({ key, value }) => {
      const broken = demands.values.get(key)?.find((list) => !fitsOne(list, value));
      return broken === undefined
        ? []
        : [{ kind: "tag-value", key, value, values: broken } as const];
    }),
    ...(demands.mostTags !== null && count > demands.mostTags
      ? [{ kind: "too-many-tags", count, most: demands.mostTags } as const]
      : []),
  ];
}

/** What the rules say of a change: what it breaks itself, and what is broken already and stays so. */
export interface Judgement {
  readonly broken: readonly Breach[];
  readonly standing: readonly Breach[];
}

/**
 * Judges the change that `rows` make of a snapshot. What the snapshot broke before is no fault of a
 * change that leaves it alone or mends a part of it. By its name a snapshot may come under other
 * rules: those for the new name count, and what is protected under either is.
 */
export function judge(
  rules: readonly TagRule[],
  snapshot: Tagged,
  rows: readonly Row[],
): Judgement {
  const after = changed(snapshot, rows);
  const before = breachesOf(rules, snapshot);
  const then = breachesOf(rules, after);
  const guarded = [snapshot, after].flatMap((one) => demandsIn(rules, one).protected);
  const touched = rows.flatMap((row) =>
    row.field === "tag" && fitsOne(guarded, row.key)
      ? [{ kind: "tag-protected", key: row.key } as const]
      : [],
  );
  const isNew = (breach: Breach): boolean => !before.some((old) => isNoWorse(breach, old));
  return {
    broken: [...touched, ...then.filter(isNew)],
    standing: then.filter((breach) => !isNew(breach)),
  };
}

/** The snapshot with the rows on it. */
function changed(snapshot: Tagged, rows: readonly Row[]): Tagged {
  const name = rows.find((row) => row.field === "name")?.after ?? snapshot.name;
  const tags = new Map(snapshot.tags.map((tag) => [tag.key, tag]));
  for (const row of rows) {
    if (row.field === "name") continue;
    if (row.after === null) tags.delete(row.key);
    else tags.set(row.key, { key: row.key, value: row.after, readOnly: false });
  }
  return { ...snapshot, name, tags: [...tags.values()] };
}

function isNoWorse(breach: Breach, old: Breach): boolean {
  switch (breach.kind) {
    case "tag-missing":
    case "tag-protected":
      return old.kind === breach.kind && old.key === breach.key;
    case "tag-value":
      return old.kind === breach.kind && old.key === breach.key && old.value === breach.value;
    case "too-many-tags":
      return old.kind === breach.kind && breach.count <= old.count;
    case "name-unlike":
      return old.kind === breach.kind && old.name === breach.name;
    default:
      return breach satisfies never;
  }
}
