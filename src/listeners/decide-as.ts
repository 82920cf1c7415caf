import type { ChangeRequest, Pending } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import { decisionProblem } from "../approval/rights.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { approversOf, standingOf } from "./approvers.ts";

/** What somebody tries to do with a request. */
export type Attempt = "approve" | "reject" | "withdraw";

/**
 * Whether a person may decide, looked up afresh; a refusal is in the ledger. Whoever looks at their
 * own request has tried nothing.
 */
export async function rightProblem(
  deps: Deps,
  person: Person,
  request: Pending,
  what: Attempt,
): Promise<Problem | undefined> {
  const rights = await rightsOf(deps, person, request);
  const problem = rights.ok ? rights.value(request, what) : rights.problem;
  if (problem !== undefined && !samePerson(person, request.requester)) {
    await refuse(deps, person, request, what, problem);
  }
  return problem;
}

/**
 * Decides on a request as this person, if they may at this moment. Whoever comes late gets the
 * request as it was decided. @returns the request as it is then, or what kept them from it.
 */
export async function decideAs(
  deps: Deps,
  person: Person,
  id: string,
  what: Attempt,
  next: (request: Pending, now: number) => ChangeRequest,
): Promise<Result<ChangeRequest, Problem>> {
  const { requests, clock, nudge } = deps;
  const known = await requests.request(id);
  if (known === undefined) return err({ kind: "request-gone" });
  if (known.state !== "pending") return ok(known);
  const rights = await rightsOf(deps, person, known);
  if (!rights.ok) return rights;
  const now = clock.now();
  const decided = await requests.decide(id, now, (pending) => {
    const problem = rights.value(pending, what);
    return problem === undefined ? ok(next(pending, now)) : err(problem);
  });
  switch (decided.kind) {
    case "done":
    case "late":
      nudge();
      return ok(decided.request);
    case "refused": {
      const { problem, request } = decided;
      await refuse(deps, person, request, what, problem);
      return err(problem);
    }
    case "gone":
      return err({ kind: "request-gone" });
    default:
      return decided satisfies never;
  }
}

/** Attempts that the ledger keeps, and audit channels may hear of. */
const WITHOUT_RIGHT: ReadonlySet<Problem["kind"]> = new Set([
  "not-a-member",
  "not-an-approver",
  "own-request",
  "not-the-requester",
]);

/** What Slack says now of the person and of the rule's groups, as a question that can be asked again. */
async function rightsOf(
  deps: Deps,
  person: Person,
  { rule }: Pending,
): Promise<Result<(request: Pending, what: Attempt) => Problem | undefined, Problem>> {
  const [standing, approvers] = await Promise.all([
    standingOf(deps, person),
    approversOf(deps, rule),
  ]);
  if (!standing.ok) return standing;
  if (!approvers.ok) return approvers;
  return ok((request, what) => {
    const problem = decisionProblem(request, person, standing.value, approvers.value);
    // A yes may become a no as long as nothing is decided.
    return what === "reject" && problem?.kind === "approved-already" ? undefined : problem;
  });
}

/** Records an attempt without the right; what else kept a person from it is none. */
export async function refuse(
  { requests, clock, nudge }: Deps,
  by: Person,
  request: Pending,
  what: Attempt,
  problem: Problem,
): Promise<void> {
  if (!WITHOUT_RIGHT.has(problem.kind)) return;
  const { ref, plan, before, rule, id } = request;
  const refused = { by, what, problem, ref, snapshotName: before.name, rows: plan.rows };
  await requests.refuse(refused, clock.now(), rule, id);
  nudge();
}
