import PQueue from "p-queue";
import type { ProjectName } from "../problem.ts";
import type { Lists, Sight } from "../snapshot/sight.ts";
import { isMeant, type Place, type Region, type Snapshot } from "../snapshot/snapshot.ts";
import { Cell } from "./cell.ts";

/** Of what somebody wants to see the snapshots; everything where nothing is named. */
export type Wanted = Partial<Place>;

/** Calls to Gcore at the same time, for one person. */
const AT_ONCE = 8;

/** The snapshots of one place, each found by its id: a run looks at each of thousands and changes it. */
export type Known = Map<string, Snapshot>;

export const knownOf = (snapshots: readonly Snapshot[]): Known =>
  new Map(snapshots.map((snapshot) => [snapshot.snapshotId, snapshot]));

/** What one person's key sees. */
export interface Shelf {
  /** Which key it was, without the key. */
  readonly keyHash: string;
  readonly queue: PQueue;
  /** The places whose reading has not begun yet. */
  readonly queued: Set<string>;
  readonly projects: Cell<readonly ProjectName[]>;
  readonly regions: Cell<readonly Region[]>;
  readonly places: Map<string, Cell<Known>>;
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

/** One of the wanted places' snapshots. */
export const foundIn = (
  { places }: Shelf,
  snapshotId: string,
  wanted: Wanted,
): Snapshot | undefined =>
  [...places.values()]
    .map(({ value }) => value?.get(snapshotId))
    .find((one) => one !== undefined && isMeant(one, wanted));

export const sizeOf = ({ places }: Shelf): number =>
  [...places.values()].reduce((sum, { value }) => sum + (value?.size ?? 0), 0);

export function sightOf(shelf: Shelf, wanted: Wanted): Sight {
  const { projects, regions, places } = shelf;
  const isKnown = projects.value !== undefined && regions.value !== undefined;
  const lists = listsIn(shelf);
  const cells = placesOf(shelf, wanted).map((place) => places.get(keyOf(place)));
  const read = cells.filter((cell) => cell?.value !== undefined);
  const times = read.map((cell) => cell?.readAt ?? 0);
  return {
    ...lists,
    snapshots: read.flatMap((cell) => [...(cell?.value?.values() ?? [])]),
    readAt: times.length === 0 ? null : Math.min(...times),
    unread: isKnown || cells.length > 0 ? cells.length - read.length : null,
    problem: lists.problem ?? cells.find((cell) => cell?.problem !== undefined)?.problem,
  };
}
