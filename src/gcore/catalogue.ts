import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import PQueue from "p-queue";
import { type Person, personId } from "../approval/person.ts";
import type { Clock } from "../clock.ts";
import { err, ok, type Problem, type ProjectName, type Result } from "../problem.ts";
import type { Place, Region, Snapshot, SnapshotRef } from "../snapshot/snapshot.ts";
import { Cell } from "./cell.ts";
import type { Gcore } from "./gcore.ts";
import type { Caller } from "./http.ts";

/** Of what somebody wants to see the snapshots; everything where nothing is named. */
export type Wanted = Partial<Place>;

/** What a person's key sees, as far as it is known by now. */
export interface Sight {
  readonly projects: readonly ProjectName[];
  readonly regions: readonly Region[];
  /** Those in the wanted places. */
  readonly snapshots: readonly Snapshot[];
  /** When the oldest of it was read, in milliseconds since 1970; null: nothing was so far. */
  readonly readAt: number | null;
  /** How many of the wanted places have not been read so far; null: not even that is known. */
  readonly unread: number | null;
  /** What kept Gcore from telling more. */
  readonly problem: Problem | undefined;
}

/**
 * What people's keys see, kept for a short while in memory: for each person and key apart, and never
 * shared between them. Gcore has no search of its own: it lists a project in a region at a time.
 */
export interface Catalogue {
  /**
   * What is known of the wanted places. What is missing or has become old is read from here on, and
   * waited for at most `patience` milliseconds; the rest comes to be known behind the scenes.
   * Snapshots are old after half a minute, or after `fresh` milliseconds.
   */
  see(caller: Caller, wanted: Wanted, patience: number, fresh?: number): Promise<Sight>;
  /** The projects and the regions alone: no snapshot is read for it. */
  names(caller: Caller, patience: number): Promise<Pick<Sight, "projects" | "regions">>;
  /** Looks for a snapshot of which only the id is known, in all places that the key sees. */
  find(caller: Caller, snapshotId: string): Promise<Result<SnapshotRef, Problem>>;
  /** Gcore has told anew how a snapshot is. */
  learn(person: Person, snapshot: Snapshot): void;
  /** Nothing is kept of what this person's key sees. */
  forget(person: Person): void;
}

/** Calls to Gcore at the same time, for one person. */
const AT_ONCE = 8;
/** Nobody has asked for it for so long: it is dropped. Milliseconds. */
const IDLE = 15 * 60_000;
/** Most snapshots that are kept, of all people together: about 1 KiB of memory each. */
const MOST_KEPT = 50_000;

/** What one person's key sees. */
interface Shelf {
  /** Which key it was, without the key. */
  readonly keyHash: string;
  readonly queue: PQueue;
  readonly projects: Cell<readonly ProjectName[]>;
  readonly regions: Cell<readonly Region[]>;
  readonly places: Map<string, Cell<readonly Snapshot[]>>;
  usedAt: number;
}

export function createCatalogue(gcore: Gcore, clock: Clock): Catalogue {
  const shelves = new Map<string, Shelf>();

  /** The last one that was used is the last one in the map. */
  const shelfOf = ({ person, apiKey }: Caller): Shelf => {
    const id = personId(person);
    const keyHash = createHash("sha256").update(apiKey).digest("hex");
    const known = shelves.get(id);
    const shelf = known?.keyHash === keyHash ? known : newShelf(keyHash);
    shelf.usedAt = clock.now();
    shelves.delete(id);
    shelves.set(id, shelf);
    return shelf;
  };

  const sweep = (): void => {
    let kept = 0;
    for (const [id, shelf] of [...shelves].reverse()) {
      const isIn = shelf.usedAt > clock.now() - IDLE && kept <= MOST_KEPT;
      if (isIn) kept += sizeOf(shelf);
      else shelves.delete(id);
    }
  };

  const listsOf = ({ queue, projects, regions }: Shelf, caller: Caller): Promise<unknown> => {
    const now = clock.now();
    const first = { priority: 2 };
    return Promise.all([
      projects.ensure(now, () => queue.add(() => gcore.listProjects(caller), first)),
      regions.ensure(now, () => queue.add(() => gcore.listRegions(caller), first)),
    ]);
  };

  const placeOf = (
    { queue, places }: Shelf,
    caller: Caller,
    place: Place,
    { priority, fresh }: { readonly priority: number; readonly fresh: number | undefined },
  ) => {
    const key = keyOf(place);
    const cell = places.get(key) ?? new Cell<readonly Snapshot[]>();
    places.set(key, cell);
    // What was asked for before with less haste goes ahead now.
    if (queue.sizeBy({ id: key }) > 0) queue.setPriority(key, priority);
    const read = () =>
      queue.add(async () => whatIsThere(await gcore.listSnapshots(caller, place)), {
        id: key,
        priority,
      });
    return cell.ensure(clock.now(), read, fresh);
  };

  return {
    async see(caller, wanted, patience, fresh) {
      const shelf = shelfOf(caller);
      sweep();
      const priority = wanted.projectId === undefined && wanted.regionId === undefined ? 0 : 1;
      const work = listsOf(shelf, caller).then(() =>
        Promise.all(
          placesOf(shelf, wanted).map((place) =>
            placeOf(shelf, caller, place, { priority, fresh }),
          ),
        ),
      );
      await Promise.race([work, pause(patience, undefined, { ref: false })]);
      return sightOf(shelf, wanted);
    },
    async names(caller, patience) {
      const shelf = shelfOf(caller);
      await Promise.race([listsOf(shelf, caller), pause(patience, undefined, { ref: false })]);
      return { projects: shelf.projects.value ?? [], regions: shelf.regions.value ?? [] };
    },
    async find(caller, snapshotId) {
      const shelf = shelfOf(caller);
      const known = snapshotsOf(shelf).find((one) => one.snapshotId === snapshotId);
      if (known !== undefined) return ok(refOf(known));
      await listsOf(shelf, caller);
      const places = placesOf(shelf, {});
      const found: { ref?: SnapshotRef; problem?: Problem } = {};
      const look = async (place: Place): Promise<void> => {
        if (found.ref !== undefined) return;
        const ref = { ...place, snapshotId };
        const answer = await gcore.getSnapshot(caller, ref);
        if (answer.ok) found.ref = ref;
        else if (!isAbsence(answer.problem)) found.problem = answer.problem;
      };
      await shelf.queue.addAll(
        places.map((place) => () => look(place)),
        { priority: 3 },
      );
      if (found.ref !== undefined) return ok(found.ref);
      const unlisted = shelf.projects.problem ?? shelf.regions.problem;
      return err(found.problem ?? unlisted ?? { kind: "snapshot-not-found" });
    },
    learn(person, snapshot) {
      const cell = shelves.get(personId(person))?.places.get(keyOf(snapshot));
      cell?.change((snapshots) => [
        snapshot,
        ...snapshots.filter(({ snapshotId }) => snapshotId !== snapshot.snapshotId),
      ]);
    },
    forget(person) {
      shelves.get(personId(person))?.queue.clear();
      shelves.delete(personId(person));
    },
  };
}

/** The same API; whatever it tells of a snapshot, the catalogue learns. */
export function teaching(catalogue: Catalogue, gcore: Gcore): Gcore {
  const taught = async (
    { person }: Caller,
    answer: Promise<Result<Snapshot, Problem>>,
  ): Promise<Result<Snapshot, Problem>> => {
    const snapshot = await answer;
    if (snapshot.ok) catalogue.learn(person, snapshot.value);
    return snapshot;
  };
  return {
    ...gcore,
    getSnapshot: (caller, ref) => taught(caller, gcore.getSnapshot(caller, ref)),
    updateSnapshot: (caller, ref, patch) =>
      taught(caller, gcore.updateSnapshot(caller, ref, patch)),
  };
}

const newShelf = (keyHash: string): Shelf => ({
  keyHash,
  queue: new PQueue({ concurrency: AT_ONCE }),
  projects: new Cell(),
  regions: new Cell(),
  places: new Map(),
  usedAt: 0,
});

/** The key of an account sees no snapshots in a project that it has no role in: nothing is there. */
const whatIsThere = (
  listed: Result<readonly Snapshot[], Problem>,
): Result<readonly Snapshot[], Problem> =>
  listed.ok || !isAbsence(listed.problem) ? listed : ok([]);

const isAbsence = ({ kind }: Problem): boolean =>
  kind === "snapshot-not-found" || kind === "not-permitted";

const keyOf = ({ projectId, regionId }: Place): string => `${projectId}/${regionId}`;
const refOf = ({ projectId, regionId, snapshotId }: Snapshot): SnapshotRef => ({
  projectId,
  regionId,
  snapshotId,
});

/** The places that are wanted. One that was named in full is looked at although no list has it. */
function placesOf({ projects, regions }: Shelf, { projectId, regionId }: Wanted): Place[] {
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

const snapshotsOf = ({ places }: Shelf): readonly Snapshot[] =>
  [...places.values()].flatMap(({ value }) => value ?? []);

const sizeOf = (shelf: Shelf): number => snapshotsOf(shelf).length;

function sightOf(shelf: Shelf, wanted: Wanted): Sight {
  const { projects, regions, places } = shelf;
  const isKnown = projects.value !== undefined && regions.value !== undefined;
  const cells = placesOf(shelf, wanted).map((place) => places.get(keyOf(place)));
  const read = cells.filter((cell) => cell?.value !== undefined);
  const times = read.map((cell) => cell?.readAt ?? 0);
  return {
    projects: projects.value ?? [],
    regions: regions.value ?? [],
    snapshots: read.flatMap((cell) => cell?.value ?? []),
    readAt: times.length === 0 ? null : Math.min(...times),
    unread: isKnown || cells.length > 0 ? cells.length - read.length : null,
    problem: [projects, regions, ...cells].find((cell) => cell?.problem !== undefined)?.problem,
  };
}
