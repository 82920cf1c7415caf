import { type ChangeRequest, isBulk } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import type { Deps } from "../deps.ts";
import type { Problem } from "../problem.ts";
import { approversOf, standingOf } from "./approvers.ts";

/**
 * What keeps a person from reading a request, or nothing: whoever asked reads it, whoever may decide
 * on such a one or has decided on this one, and whoever's own key sees the snapshot; of a plan for
 * many the projects of all. Its id alone,
 * wherever it is from, opens nothing.
 */
export async function sightProblem(
  deps: Deps,
  person: Person,
  request: ChangeRequest,
): Promise<Problem | undefined> {
  if (takesPart(person, request)) return undefined;
  const key = await deps.keys.get(person);
  if (key.ok) {
    const { apiKey, scope } = key.value;
    const projectIds = isBulk(request) ? request.bulk.projectIds : [request.ref.projectId];
    const isSeen = (projectId: number) => scope.projects?.some(({ id }) => id === projectId);
    if (projectIds.every(isSeen)) return undefined;
    if (!isBulk(request)) {
      // The project may be new, or Gcore did not tell which there are.
      const seen = await deps.gcore.getSnapshot({ person, apiKey }, request.ref);
      if (seen.ok) return undefined;
    }
  }
  const [standing, approvers] = await Promise.all([
    standingOf(deps, person),
    approversOf(deps, request.rule),
  ]);
  if (!standing.ok) return standing.problem;
  if (!approvers.ok) return approvers.problem;
  const mayDecide = standing.value === "member" && approvers.value.includes(person.userId);
  if (mayDecide) return undefined;
  return key.ok ? { kind: "request-unseen" } : key.problem;
}

/** Those whose own words the request holds. */
const takesPart = (person: Person, request: ChangeRequest): boolean =>
  samePerson(person, request.requester) ||
  [
    ...request.approvals,
    ...(request.lapsed ?? []),
    ...(request.state === "rejected" ? [request.rejection] : []),
  ].some(({ by }) => samePerson(by, person));
