import { keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { problemMessage, snapshotMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import type { SnapshotRef } from "../snapshot/snapshot.ts";

/** A snapshot as Gcore shows it to this person. */
export async function showSnapshot(
  deps: Deps,
  person: Person,
  command: { readonly snapshotId: string } & Partial<SnapshotRef>,
): Promise<Message> {
  const { keys, gcore, preferences, clock } = deps;
  const key = await keys.get(person);
  if (!key.ok) return problemMessage(key.problem);
  const { apiKey, scope } = key.value;
  const problem = keyProblem(scope, clock.now());
  if (problem !== undefined && problem.kind !== "key-read-only") return problemMessage(problem);
  const usual = await preferences.usualPlace(person);
  const projectId = command.projectId ?? usual.projectId;
  const regionId = command.regionId ?? usual.regionId;
  if (projectId === undefined || regionId === undefined) {
    return problemMessage({ kind: "place-unknown" });
  }
  const ref = { projectId, regionId, snapshotId: command.snapshotId };
  const snapshot = await gcore.getSnapshot({ person, apiKey }, ref);
  if (!snapshot.ok) return problemMessage(snapshot.problem);
  await preferences.remember(person, ref);
  return snapshotMessage(
    snapshot.value,
    scope.projects?.find((project) => project.id === projectId),
  );
}
