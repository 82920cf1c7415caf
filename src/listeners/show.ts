import type { KeyScope } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { problemMessage, snapshotMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import type { Problem, Result } from "../problem.ts";
import type { Snapshot, SnapshotRef } from "../snapshot/snapshot.ts";
import { lookingKey, viewerOf } from "./looking-key.ts";

/** A snapshot, as far as somebody said which. */
type Meant = { readonly snapshotId: string } & Partial<SnapshotRef>;

/** A snapshot as Gcore shows it to this person, with what can be done with it. */
export async function showSnapshot(deps: Deps, person: Person, meant: Meant): Promise<Message> {
  const key = await lookingKey(deps, person);
  if (!key.ok) return problemMessage(key.problem);
  const { apiKey, scope } = key.value;
  const snapshot = await findSnapshot(deps, { person, apiKey }, meant);
  if (!snapshot.ok) return problemMessage(snapshot.problem);
  const { snapshotId } = snapshot.value;
  await deps.preferences.remember(person, snapshot.value);
  const undoable = await deps.history.lastApplied(viewerOf(person, scope), [snapshotId]);
  return snapshotMessage(
    snapshot.value,
    projectIn(scope, snapshot.value),
    undoable.get(snapshotId) ?? null,
  );
}

const projectIn = ({ projects }: KeyScope, { projectId }: Snapshot) =>
  projects?.find(({ id }) => id === projectId);

/** Where it was said to be, else where the person was last, else wherever their key sees it. */
async function findSnapshot(
  { gcore, preferences, catalogue }: Deps,
  caller: { readonly person: Person; readonly apiKey: string },
  meant: Meant,
): Promise<Result<Snapshot, Problem>> {
  const { snapshotId } = meant;
  const isSaid = meant.projectId !== undefined && meant.regionId !== undefined;
  const last = isSaid ? undefined : await preferences.lastPlace(caller.person);
  const projectId = meant.projectId ?? last?.projectId;
  const regionId = meant.regionId ?? last?.regionId;
  if (projectId !== undefined && regionId !== undefined) {
    const there = await gcore.getSnapshot(caller, { projectId, regionId, snapshotId });
    if (there.ok || isSaid || !isElsewhere(there.problem)) return there;
  }
  const found = await catalogue.find(caller, snapshotId);
  if (!found.ok) return found;
  const fits =
    (meant.projectId ?? found.value.projectId) === found.value.projectId &&
    (meant.regionId ?? found.value.regionId) === found.value.regionId;
  if (!fits) return { ok: false, problem: { kind: "snapshot-not-found" } };
  return await gcore.getSnapshot(caller, found.value);
}

/** In the last place it is not, or that place is closed to this key by now. */
const isElsewhere = ({ kind }: Problem): boolean =>
  kind === "snapshot-not-found" || kind === "not-permitted";
