import { err, ok, type ProjectName, type Result } from "../problem.ts";
import { fits } from "./pattern.ts";
import { type Place, type Region, type Snapshot, tagValue } from "./snapshot.ts";
import { readSpan } from "./span.ts";

/**
 * What snapshots are looked for by. A pattern fits a whole text, capitals or not; `*` in it stands
 * for any run of characters. A word fits a part of the name or of the id.
 */
export type Condition =
  | { readonly kind: "word"; readonly text: string }
  | {
      readonly kind: "name" | "status" | "volume" | "project" | "region";
      readonly pattern: string;
    }
  /** `value` null: whatever it is. */
  | { readonly kind: "tag"; readonly key: string; readonly value: string | null }
  /** By when it was made; `span` is one that `readSpan` reads. */
  | { readonly kind: "older" | "newer"; readonly span: string };

/** All of them have to hold. */
export type Filter = readonly Condition[];

/** What a filter is held against, beside the snapshot. */
export interface Surroundings {
  readonly now: number;
  readonly projects: readonly ProjectName[];
}

/** Whether a snapshot is one of those that are looked for. */
export const matches = (filter: Filter, snapshot: Snapshot, around: Surroundings): boolean =>
  filter.every((condition) => holds(condition, snapshot, around));

function holds(condition: Condition, snapshot: Snapshot, { now, projects }: Surroundings): boolean {
  switch (condition.kind) {
    case "word":
      return [snapshot.name, snapshot.snapshotId].some((text) => like(`*${condition.text}*`, text));
    case "name":
      return like(condition.pattern, snapshot.name);
    case "status":
      return like(condition.pattern, snapshot.status);
    case "volume":
      return [tagValue(snapshot.tags, "volume_name"), snapshot.volumeId].some(
        (text) => text != null && like(condition.pattern, text),
      );
    case "project": {
      const { projectId } = snapshot;
      const name = projects.find(({ id }) => id === projectId)?.name;
      return isPlace(condition.pattern, projectId, name);
    }
    case "region":
      return isPlace(condition.pattern, snapshot.regionId, snapshot.region);
    case "tag":
      return snapshot.tags.some(
        ({ key, value }) =>
          like(condition.key, key) && (condition.value === null || like(condition.value, value)),
      );
    case "older":
    case "newer": {
      // What has no date is neither old nor new.
      if (snapshot.createdAt === null) return false;
      const isOlder = snapshot.createdAt < now - (readSpan(condition.span) ?? 0);
      return isOlder === (condition.kind === "older");
    }
    default:
      return condition satisfies never;
  }
}

const like = (pattern: string, text: string): boolean =>
  fits(pattern.toLowerCase(), text.toLowerCase());

/** Whether a pattern means the project or the region with this number and this name. */
export const isPlace = (pattern: string, id: number, name: string | undefined): boolean =>
  pattern === String(id) || (name !== undefined && like(pattern, name));

/** A project or a region that the filter names and that nobody knows. */
export interface PlaceFault {
  readonly kind: "project" | "region";
  readonly asked: string;
  readonly known: readonly string[];
}

/**
 * Where to look for what the filter wants: a project or a region that it names alone is looked at
 * alone. Nothing is known yet where a list is empty.
 */
export function placeOf(
  filter: Filter,
  projects: readonly ProjectName[],
  regions: readonly Region[],
): Result<Partial<Place>, PlaceFault> {
  const project = oneOf(filter, "project", projects);
  const region = oneOf(filter, "region", regions);
  if (!project.ok) return project;
  if (!region.ok) return region;
  return ok({
    ...(project.value === undefined ? {} : { projectId: project.value }),
    ...(region.value === undefined ? {} : { regionId: region.value }),
  });
}

function oneOf(
  filter: Filter,
  kind: PlaceFault["kind"],
  known: readonly { readonly id: number; readonly name: string }[],
): Result<number | undefined, PlaceFault> {
  const asked = filter.find((one) => one.kind === kind);
  if (asked === undefined || !("pattern" in asked)) return ok(undefined);
  const { pattern } = asked;
  const meant = known.filter(({ id, name }) => isPlace(pattern, id, name));
  if (meant.length > 0) return ok(meant.length === 1 ? meant[0]?.id : undefined);
  if (known.length > 0) {
    return err({ kind, asked: pattern, known: known.map(({ id, name }) => `${name} (${id})`) });
  }
  return ok(/^[1-9]\d{0,14}$/.test(pattern) ? Number(pattern) : undefined);
}

type Dated = Pick<Snapshot, "createdAt" | "snapshotId">;

/** The newest first; what has no date at the end. The id decides between two of the same moment. */
export const newestFirst = (one: Dated, other: Dated): number =>
  (other.createdAt ?? 0) - (one.createdAt ?? 0) ||
  (one.snapshotId < other.snapshotId ? 1 : one.snapshotId > other.snapshotId ? -1 : 0);
