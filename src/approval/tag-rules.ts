import { fits } from "../snapshot/pattern.ts";
import type { Place } from "../snapshot/snapshot.ts";
import type { PlaceCondition } from "./policy.ts";

/** What snapshots in some places, or of some names, are to be like. Patterns are those of `fits`. */
export interface TagRule {
  readonly when: PlaceCondition;
  /** Keys of tags that each of them has. */
  readonly required: readonly string[];
  /** For each key the patterns of which one fits the tag's value, where there is such a tag. */
  readonly values: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** Patterns of keys that nobody sets or removes. */
  readonly protected: readonly string[];
  /** How many tags there may be, Gcore's own not counted; null: any number. */
  readonly mostTags: number | null;
  /** Patterns of which one fits the name; null: any name. */
  readonly names: readonly string[] | null;
}

/** All that the rules for one place ask for together. */
export interface Demands {
  readonly required: readonly string[];
  /** For each key the lists of patterns: in each of them one fits. */
  readonly values: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly protected: readonly string[];
  readonly mostTags: number | null;
  /** As in `values`. */
  readonly names: readonly (readonly string[])[];
}

/** A place, and the name of a snapshot there, as far as they are known. */
export type Somewhere = Partial<Place> & { readonly name?: string | undefined };

/** What is asked for there. A rule about what is not known yet is not counted. */
export const demandsIn = (rules: readonly TagRule[], where: Somewhere): Demands =>
  demandsOf(rules.filter(({ when }) => holds(when, where)));

/** The same for many places: where the same rules hold it is put together once. */
export function demandsFor(rules: readonly TagRule[]): (where: Somewhere) => Demands {
  const known = new Map<string, Demands>();
  return (where) => {
    const which = rules.map(({ when }) => (holds(when, where) ? "1" : "0")).join("");
    const demands = known.get(which) ?? demandsOf(rules.filter((_, at) => which[at] === "1"));
    known.set(which, demands);
    return demands;
  };
}

function demandsOf(holding: readonly TagRule[]): Demands {
  const values = new Map<string, readonly (readonly string[])[]>();
  for (const one of holding.flatMap((rule) => rule.values)) {
    values.set(one.key, [...(values.get(one.key) ?? []), one.values]);
  }
  const limits = holding.flatMap(({ mostTags }) => (mostTags === null ? [] : [mostTags]));
  return {
    required: [...new Set(holding.flatMap(({ required }) => required))],
    values,
    protected: [...new Set(holding.flatMap((rule) => rule.protected))],
    mostTags: limits.length === 0 ? null : Math.min(...limits),
    names: holding.flatMap(({ names }) => (names === null ? [] : [names])),
  };
}

function holds(when: PlaceCondition, { projectId, regionId, name }: Somewhere): boolean {
  const inProject = projectId !== undefined && when.projects?.includes(projectId);
  const inRegion = regionId !== undefined && when.regions?.includes(regionId);
  return (
    (when.projects === undefined || inProject === true) &&
    (when.regions === undefined || inRegion === true) &&
    (when.names === undefined || (name !== undefined && fitsOne(when.names, name)))
  );
}

export const fitsOne = (patterns: readonly string[], text: string): boolean =>
  patterns.some((pattern) => fits(pattern, text));

export const isExact = (pattern: string): boolean => !pattern.includes("*");

/**
 * What the value of a tag may be; null: anything. Where one list names values and no patterns, it is
 * what the others leave of it; else it is the first list, which is not all that is asked for.
 */
export function allowedValues({ values }: Demands, key: string): readonly string[] | null {
  return allowed(values.get(key) ?? []);
}

/** The same for lists of patterns, of which in each one is to fit. */
export function allowed(lists: readonly (readonly string[])[]): readonly string[] | null {
  const exact = lists.find((list) => list.every(isExact));
  if (exact === undefined) return lists[0] ?? null;
  return exact.filter((value) => lists.every((list) => fitsOne(list, value)));
}
