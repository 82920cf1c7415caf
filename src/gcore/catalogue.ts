import { AsyncResource } from "node:async_hooks";
import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { type Person, personId } from "../approval/person.ts";
import type { Clock } from "../clock.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import type { Sought } from "../snapshot/change.ts";
import type { Lists, Sight } from "../snapshot/sight.ts";
import { isMeant, type Place, type Snapshot, type SnapshotRef } from "../snapshot/snapshot.ts";
import { Cell } from "./cell.ts";
import type { Gcore } from "./gcore.ts";
import type { Caller } from "./http.ts";
import {
  foundIn,
  type Known,
  keyOf,
  knownOf,
  listsIn,
  newShelf,
  placesOf,
  type Shelf,
  sightOf,
  sizeOf,
  type Wanted,
} from "./shelf.ts";

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
  /** The projects and open regions of the key, waited for at most `patience` milliseconds. */
  lists(caller: Caller, patience: number): Promise<Lists>;
  /** What is known of them now, without a call. */
  known(caller: Caller): Lists;
  /** A snapshot as it was within the last minute, without a call. */
  remembered(caller: Caller, ref: SnapshotRef): Snapshot | undefined;
  /**
   * Looks for a snapshot in all places that the key sees and that may be meant: `first`, where it
   * was last, before all others.
   */
  find(caller: Caller, sought: Sought, first?: Place): Promise<Result<SnapshotRef, Problem>>;
  /** Gcore has told anew how a snapshot is. */
  learn(caller: Caller, snapshot: Snapshot): void;
  /** Nothing is kept of what this person's key sees. */
  forget(person: Person): void;
}

/** What is older than this is asked for anew before it is shown as how a snapshot is. Milliseconds. */
const YOUNG = 60_000;
/** Nobody has asked for it for so long: it is dropped. Milliseconds. */
const IDLE = 15 * 60_000;
/** Most snapshots that are kept, of all people together: about 1 KiB of memory each. */
const MOST_KEPT = 50_000;

export function createCatalogue(gcore: Gcore, clock: Clock): Catalogue {
  const shelves = new Map<string, Shelf>();

  /** What is kept of this very key: of another one of the same person nothing is told. */
  const keptOf = ({ person, apiKey }: Caller): Shelf | undefined => {
    const shelf = shelves.get(personId(person));
    return shelf?.keyHash === hashOf(apiKey) ? shelf : undefined;
  };

  /** The last one that was used is the last one in the map. */
  const shelfOf = (caller: Caller): Shelf => {
    const id = personId(caller.person);
    const shelf = keptOf(caller) ?? newShelf(hashOf(caller.apiKey));
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
      projects.ensure(now, () =>
        queue.add(
          own(() => gcore.listProjects(caller)),
          first,
        ),
      ),
      regions.ensure(now, () =>
        queue.add(
          own(() => gcore.listRegions(caller)),
          first,
        ),
      ),
    ]);
  };

  const placeOf = (
    { queue, queued, places }: Shelf,
    caller: Caller,
    place: Place,
    { priority, fresh }: { readonly priority: number; readonly fresh: number | undefined },
  ): Promise<void> => {
    const id = keyOf(place);
    const cell = places.get(id) ?? new Cell<Known>();
    places.set(id, cell);
    // What was asked for before with less haste goes ahead now.
    if (queued.has(id)) queue.setPriority(id, priority);
    const read = () => {
      queued.add(id);
      const begin = async () => {
        queued.delete(id);
        return whatIsThere(await gcore.listSnapshots(caller, place));
      };
      return queue.add(own(begin), { id, priority });
    };
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
      await atMost(patience, work);
      return sightOf(shelf, wanted);
    },
    async lists(caller, patience) {
      const shelf = shelfOf(caller);
      await atMost(patience, listsOf(shelf, caller));
      return listsIn(shelf);
    },
    known(caller) {
      const shelf = keptOf(caller);
      return shelf === undefined ? NOTHING : listsIn(shelf);
    },
    remembered(caller, ref) {
      const cell = keptOf(caller)?.places.get(keyOf(ref));
      return cell === undefined || cell.readAt < clock.now() - YOUNG
        ? undefined
        : cell.value?.get(ref.snapshotId);
    },
    async find(caller, { snapshotId, ...wanted }, first) {
      const shelf = shelfOf(caller);
      const known = foundIn(shelf, snapshotId, wanted);
      if (known !== undefined) return ok(refOf(known));
      const found: { ref?: SnapshotRef; problem?: Problem } = {};
      const look = async (place: Place): Promise<void> => {
        if (found.ref !== undefined) return;
        const ref = { ...place, snapshotId };
        const answer = await gcore.getSnapshot(caller, ref);
        if (answer.ok) found.ref = ref;
        else if (!isAbsence(answer.problem)) found.problem = answer.problem;
      };
      if (first !== undefined && isMeant(first, wanted)) await look(first);
      if (found.ref !== undefined) return ok(found.ref);
      await listsOf(shelf, caller);
      const places = placesOf(shelf, wanted).filter(
        (place) => first === undefined || !isMeant(place, first),
      );
      await shelf.queue.addAll(
        places.map((place) => own(() => look(place))),
        { priority: 3 },
      );
      if (found.ref !== undefined) return ok(found.ref);
      const unlisted = shelf.projects.problem ?? shelf.regions.problem;
      return err(found.problem ?? unlisted ?? { kind: "snapshot-not-found" });
    },
    learn(caller, snapshot) {
      const cell = keptOf(caller)?.places.get(keyOf(snapshot));
      cell?.value?.set(snapshot.snapshotId, snapshot);
    },
    forget(person) {
      shelves.get(personId(person))?.queue.clear();
      shelves.delete(personId(person));
    },
  };
}

/** The queue begins it when another call ends: it stays a part of what asked for it, for the log. */
const own = <T>(call: () => Promise<T>): (() => Promise<T>) => AsyncResource.bind(call);

const hashOf = (apiKey: string): string => createHash("sha256").update(apiKey).digest("hex");

const NOTHING: Lists = { projects: [], regions: [], problem: undefined };

const atMost = (patience: number, work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, pause(patience, undefined, { ref: false })]);

/** The key of an account sees no snapshots in a project that it has no role in: nothing is there. */
function whatIsThere(listed: Result<readonly Snapshot[], Problem>): Result<Known, Problem> {
  if (listed.ok) return ok(knownOf(listed.value));
  return isAbsence(listed.problem) ? ok(knownOf([])) : listed;
}

const isAbsence = ({ kind }: Problem): boolean =>
  kind === "snapshot-not-found" || kind === "not-permitted";

const refOf = ({ projectId, regionId, snapshotId }: Snapshot): SnapshotRef => ({
  projectId,
  regionId,
  snapshotId,
});
