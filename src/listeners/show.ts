import type { KeyScope } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { problemMessage, snapshotMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import type { Sought } from "../snapshot/change.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { lookingKey, viewerOf } from "./looking-key.ts";
import { placed } from "./seen-snapshot.ts";

/** A snapshot as Gcore shows it to this person, with what can be done with it. */
export async function showSnapshot(deps: Deps, person: Person, sought: Sought): Promise<Message> {
  const key = await lookingKey(deps, person);
  if (!key.ok) return problemMessage(key.problem);
  const { apiKey, scope } = key.value;
  const ref = await placed(deps, person, sought);
  if (!ref.ok) return problemMessage(ref.problem);
  const snapshot = await deps.gcore.getSnapshot({ person, apiKey }, ref.value);
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
