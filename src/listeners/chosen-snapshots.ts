import type { Person } from "../approval/person.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type ProjectName, type Result } from "../problem.ts";
import type { BulkWish } from "../snapshot/bulk-input.ts";
import type { Sought } from "../snapshot/change.ts";
import { matches, newestFirst, placeOf } from "../snapshot/filter.ts";
import { isMeant, type Place, type Snapshot } from "../snapshot/snapshot.ts";

/** A plan is made of what is there now: everything is read anew. Milliseconds. */
const FRESH = 0;
/** How long Gcore is waited for. Milliseconds. */
const PATIENCE = 120_000;

/** A person and their key, for Gcore. */
export interface Reader {
  readonly person: Person;
  readonly apiKey: string;
}

/** Whole lists: either everything there, or the problem that something is missing. */
export interface Read {
  readonly snapshots: readonly Snapshot[];
  readonly projects: readonly ProjectName[];
}

/**
 * All snapshots in these places, as they are now; everywhere where none is named. A plan on half of
 * them would leave the others out without a word.
 */
export async function readWhole(
  { catalogue }: Deps,
  reader: Reader,
  places: readonly Partial<Place>[],
): Promise<Result<Read, Problem>> {
  const sights = await Promise.all(
    places.map((place) => catalogue.see(reader, place, PATIENCE, FRESH)),
  );
  const unread = sights.reduce((sum, sight) => sum + (sight.unread ?? 1), 0);
  const problem = sights.find((sight) => sight.problem !== undefined)?.problem;
  if (unread > 0 || problem !== undefined) {
    return err({ kind: "bulk-not-whole", unread, ...(problem === undefined ? {} : { problem }) });
  }
  return ok({
    snapshots: sights.flatMap(({ snapshots }) => snapshots),
    projects: sights[0]?.projects ?? [],
  });
}

/** Those that somebody chose, each once, in the order of their numbers; some may not be found. */
export interface Chosen {
  readonly found: readonly Snapshot[];
  readonly missing: readonly Sought[];
}

/** What fits the filter, the newest first, and then what was picked and pasted, in that order. */
export async function chosenSnapshots(
  deps: Deps,
  reader: Reader,
  { filter, ids }: Pick<BulkWish, "filter" | "ids">,
): Promise<Result<Chosen, Problem>> {
  const names = await deps.catalogue.lists(reader, PATIENCE);
  const wanted = filter === null ? undefined : placeOf(filter, names.projects, names.regions);
  // There is no such project or region: nothing in it fits.
  const inFilter = wanted === undefined || !wanted.ok ? [] : [wanted.value];
  const read = await readWhole(deps, reader, distinct([...inFilter, ...ids.map(placeIn)]));
  if (!read.ok) return read;
  const { snapshots, projects } = read.value;
  const around = { now: deps.clock.now(), projects };
  const found = new Map<string, Snapshot>();
  if (filter !== null && inFilter.length > 0) {
    const fitting = snapshots.filter((one) => matches(filter, one, around)).sort(newestFirst);
    for (const one of fitting) found.set(one.snapshotId, one);
  }
  const known = new Map(snapshots.map((one) => [one.snapshotId, one]));
  const missing: Sought[] = [];
  for (const sought of ids) {
    const one = known.get(sought.snapshotId);
    if (one !== undefined && isMeant(one, sought)) found.set(one.snapshotId, one);
    else missing.push(sought);
  }
  return found.size + missing.length === 0
    ? err({ kind: "bulk-none" })
    : ok({ found: [...found.values()], missing });
}

const placeIn = ({ projectId, regionId }: Sought): Partial<Place> => ({
  ...(projectId === undefined ? {} : { projectId }),
  ...(regionId === undefined ? {} : { regionId }),
});

/** Each place once, and only everywhere where that is among them. */
export function distinct(places: readonly Partial<Place>[]): readonly Partial<Place>[] {
  const each = [...new Map(places.map((place) => [JSON.stringify(place), place])).values()];
  const everywhere = each.find((place) => Object.keys(place).length === 0);
  return everywhere === undefined ? each : [everywhere];
}
