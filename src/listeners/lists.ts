import { projectProblem } from "../approval/key-scope.ts";
import { type Person, samePerson } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { problemMessage } from "../blocks/replies.ts";
import { historyMessage, pendingMessage } from "../blocks/request-lists.ts";
import type { Deps } from "../deps.ts";
import { standingOf } from "../rights/approvers.ts";
import { waitingFor } from "../rights/waiting.ts";

/** How far back the history of one snapshot goes in a message. */
const MOST = 50;

/** What waits for this person, and what of theirs waits for others. */
export async function listPending(deps: Deps, person: Person): Promise<Message> {
  const standing = await standingOf(deps, person);
  if (!standing.ok) return problemMessage(standing.problem);
  const { own, toDecide } = await waitingFor(deps, person, standing.value);
  return pendingMessage(own, toDecide);
}

/** What happened to a snapshot, as far as it lies in projects that the person's key sees. */
export async function listHistory(
  deps: Deps,
  person: Person,
  snapshotId: string,
): Promise<Message> {
  const scope = await deps.keys.scope(person);
  if (!scope.ok) return problemMessage(scope.problem);
  const requests = await deps.requests.ofSnapshot(snapshotId, MOST);
  const seen = requests.filter(
    (request) =>
      samePerson(request.requester, person) ||
      (scope.value.projects !== null &&
        projectProblem(scope.value, request.ref.projectId) === undefined),
  );
  return historyMessage(snapshotId, seen);
}
