import { type ChangeRequest, isBulk, type Pending, type Vote } from "../approval/change-request.ts";
import { lapse } from "../approval/decide.ts";
import { type Person, samePerson } from "../approval/person.ts";
import { decisionProblem } from "../approval/rights.ts";
import type { Deps } from "../deps.ts";
import { noteFacts } from "../log-context.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { approversOf, requesterProblem, standingOf } from "../rights/approvers.ts";
import { sightProblem } from "../rights/sight.ts";

/** What somebody tries to do with a request. */
export type Attempt = "approve" | "reject" | "withdraw" | "steer";

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
  const problem = rights.ok ? rights.value.problemOf(request, what) : rights.problem;
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
  const { requests, clock } = deps;
  const known = await requests.request(id);
  if (known === undefined) return err({ kind: "request-gone" });
  noteFacts({ request: known.id });
  if (known.state !== "pending") return seenBy(deps, person, known);
  const [rights, gone] = await Promise.all([
    rightsOf(deps, person, known),
    what === "approve" ? requesterProblem(deps, known) : undefined,
  ]);
  if (!rights.ok) return rights;
  const { problemOf, mayStill } = rights.value;
  const now = clock.now();
  const decided = await requests.decide(id, now, (pending) => {
    const problem = problemOf(pending, what) ?? gone;
    return problem === undefined ? ok(next(lapse(pending, mayStill), now)) : err(problem);
  });
  switch (decided.kind) {
    case "done":
      return ok(decided.request);
    case "late":
      return seenBy(deps, person, decided.request);
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

/** The request as it stands, to those who may read it. */
async function seenBy(
  deps: Deps,
  person: Person,
  request: ChangeRequest,
): Promise<Result<ChangeRequest, Problem>> {
  const unseen = await sightProblem(deps, person, request);
  return unseen === undefined ? ok(request) : err(unseen);
}

/** Attempts that the ledger keeps, and audit channels may hear of. */
const WITHOUT_RIGHT: ReadonlySet<Problem["kind"]> = new Set([
  "not-a-member",
  "not-an-approver",
  "own-request",
  "not-the-requester",
]);

/** Questions that can be asked again, of the request as it is by then. */
interface Rights {
  problemOf(request: Pending, what: Attempt): Problem | undefined;
  /** Whether an approval that was given before still counts. */
  mayStill(vote: Vote): boolean;
}

/** What Slack says now: of the person, of those who have approved before, and of the rule's groups. */
async function rightsOf(
  deps: Deps,
  person: Person,
  { rule, approvals }: Pending,
): Promise<Result<Rights, Problem>> {
  const [standing, approvers, ...before] = await Promise.all([
    standingOf(deps, person),
    approversOf(deps, rule),
    ...approvals.map(({ by }) => standingOf(deps, by)),
  ]);
  if (!standing.ok) return standing;
  if (!approvers.ok) return approvers;
  const left = new Set<string>();
  for (const [index, one] of before.entries()) {
    if (!one.ok) return one;
    if (one.value !== "member") left.add(approvals[index]?.by.userId ?? "");
  }
  return ok({
    problemOf(request, what) {
      const problem = decisionProblem(request, person, standing.value, approvers.value);
      // A yes may become a no as long as nothing is decided.
      return what === "reject" && problem?.kind === "approved-already" ? undefined : problem;
    },
    mayStill: ({ by: { userId } }) => approvers.value.includes(userId) && !left.has(userId),
  });
}

/** Records an attempt without the right; what else kept a person from it is none. */
export async function refuse(
  { requests, clock, nudge }: Deps,
  by: Person,
  request: ChangeRequest,
  what: Attempt,
  problem: Problem,
): Promise<void> {
  if (!WITHOUT_RIGHT.has(problem.kind)) return;
  const { rule, id } = request;
  const about = isBulk(request)
    ? { bulk: request.bulk }
    : { ref: request.ref, snapshotName: request.before.name, rows: request.plan.rows };
  await requests.refuse({ ...about, by, what, problem }, clock.now(), rule, id);
  nudge("say");
}
