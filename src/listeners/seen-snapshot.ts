import type { Person } from "../approval/person.ts";
import type { Deps } from "../deps.ts";
import { ok, type Problem, type Result } from "../problem.ts";
import type { Sought } from "../snapshot/change.ts";
import type { Place, Snapshot, SnapshotRef } from "../snapshot/snapshot.ts";

/** Where the snapshot is; one that came without a place is looked for, first where the person was last. */
export async function placed(
  { keys, catalogue, preferences }: Deps,
  person: Person,
  sought: Sought,
): Promise<Result<SnapshotRef, Problem>> {
  const { snapshotId, projectId, regionId } = sought;
  if (projectId !== undefined && regionId !== undefined) {
    return ok({ projectId, regionId, snapshotId });
  }
  const key = await keys.get(person);
  if (!key.ok) return key;
  const usual = await preferences.usualPlace(person);
  const first = isWhole(usual) ? usual : undefined;
  return catalogue.find({ person, apiKey: key.value.apiKey }, sought, first);
}

/** The snapshot as the catalogue knows it, else as Gcore says. */
export async function seenSnapshot(
  deps: Deps,
  person: Person,
  sought: Sought,
): Promise<Result<Snapshot, Problem>> {
  const { keys, catalogue, gcore } = deps;
  const ref = await placed(deps, person, sought);
  if (!ref.ok) return ref;
  const key = await keys.get(person);
  if (!key.ok) return key;
  const caller = { person, apiKey: key.value.apiKey };
  const known = catalogue.remembered(caller, ref.value);
  return known === undefined ? gcore.getSnapshot(caller, ref.value) : ok(known);
}

const isWhole = (place: Partial<Place>): place is Place =>
  place.projectId !== undefined && place.regionId !== undefined;
