import PQueue from "p-queue";
import type { ProjectName } from "../problem.ts";
import type { Lists, Sight } from "../snapshot/sight.ts";
import type { Place, Region, Snapshot } from "../snapshot/snapshot.ts";
import { Cell } from "./cell.ts";

/** Of what somebody wants to see the snapshots; everything where nothing is named. */
export type Wanted = Partial<Place>;

/** Calls to Gcore at the same time, for one person. */
const AT_ONCE = 8;

/** What one person's key sees. */
export interface Shelf {
  /** Which key it was, without the key. */
  readonly keyHash: string;
  readonly queue: PQueue;
  /** The places whose reading has not begun yet. */
  readonly queued: Set<string>;
  readonly projects: Cell<readonly ProjectName[]>;
  readonly regions: Cell<readonly Region[]>;
  readonly places: Map<string, Cell<readonly Snapshot[]>>;
  usedAt: number;
}

export const listsIn = ({ projects, regions }: Shelf): Lists => ({
  projects: projects.value ?? [],
  regions: (regions.value ?? []).filter(({ isOpen }) => isOpen),
  problem: projects.problem ?? regions.problem,
});

export const newShelf = (keyHash: string): Shelf => ({
  keyHash,
  queue: new PQueue({ concurrency: AT_ONCE }),
  queued: new Set(),
  projects: new Cell(),
  regions: new Cell(),
  places: new Map(),
  usedAt: 0,
});

export const keyOf = ({ projectId, regionId }: Place): string => `${projectId}/${regionId}`;

/** The places that are wanted. One that was named in full is looked at although no list has it. */
export function placesOf({ projects, regions }: Shelf, { projectId, regionId }: Wanted): Place[] {
  const inProjects =
    projectId === undefined ? (projects.value ?? []).map(({ id }) => id) : [projectId];
  const inRegions =
    regionId === undefined
      ? (regions.value ?? []).filter(({ isOpen }) => isOpen).map(({ id }) => id)
      : [regionId];
  return inProjects.flatMap((project) =>
    inRegions.map((region) => ({ projectId: project, regionId: region })),
  );
}

export const snapshotsOf = ({ places }: Shelf): readonly Snapshot[] =>
  [...places.values()].flatMap(({ value }) => value ?? []);

export const sizeOf = (shelf: Shelf): number => snapshotsOf(shelf).length;

export function sightOf(shelf: Shelf, wanted: Wanted): Sight {
  const { projects, regions, places } = shelf;
  const isKnown = projects.value !== undefined && regions.value !== undefined;
  const lists = listsIn(shelf);
  const cells = placesOf(shelf, wanted).map((place) => places.get(keyOf(place)));
  const read = cells.filter((cell) => cell?.value !== undefined);
  const times = read.map((cell) => cell?.readAt ?? 0);
  return {
    ...lists,
    snapshots: read.flatMap((cell) => cell?.value ?? []),
    readAt: times.length === 0 ? null : Math.min(...times),
    unread: isKnown || cells.length > 0 ? cells.length - read.length : null,
    problem: lists.problem ?? cells.find((cell) => cell?.problem !== undefined)?.problem,
  };
}

/**
 * The same snapshots with what is known of one by now: in its old place, or first when it is new.
 * A run looks at each of thousands and changes it, so this is a look and a copy and no more.
 */
export function withOne(snapshots: readonly Snapshot[], one: Snapshot): readonly Snapshot[] {
  const index = snapshots.findIndex(({ snapshotId }) => snapshotId === one.snapshotId);
  return index < 0 ? [one, ...snapshots] : snapshots.with(index, one);
}
