import type { ChangeRequest } from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import type { Person } from "../approval/person.ts";
import type { Approvers, Rule } from "../approval/policy.ts";
import { approversFor, askProblem, type Standing } from "../approval/rights.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";

/**
 * The ids of everybody who may approve by a rule now: its people, and the members of its groups as
 * Slack names them at this moment. A group that cannot be resolved lets nobody through. Where several
 * rules hold together these are the people whom each of them names.
 */
export async function approversOf(
  { slack }: { readonly slack: Pick<Deps["slack"], "groupMembers"> },
  { verdict }: Rule,
): Promise<Result<readonly string[], Problem>> {
  if (verdict.kind !== "approve") return ok([]);
  const [first = ok([]), ...others] = await Promise.all(
    [verdict, ...(verdict.among ?? [])].map((one) => peopleOf(slack, one)),
  );
  if (!first.ok) return first;
  let able = first.value;
  for (const people of others) {
    if (!people.ok) return people;
    able = able.filter((id) => people.value.includes(id));
  }
  return ok(able);
}

async function peopleOf(
  slack: Pick<Deps["slack"], "groupMembers">,
  approvers: Approvers,
): Promise<Result<readonly string[], Problem>> {
  const groups = await Promise.all(
    approvers.groups.map(async (group) => ({ group, members: await slack.groupMembers(group) })),
  );
  const found = new Set(approvers.users);
  for (const { group, members } of groups) {
    if (!members.ok) return err({ kind: "group-unresolved", group, error: members.problem });
    for (const member of members.value) found.add(member);
  }
  return ok([...found]);
}

/** What a person is to the team now, as Slack says; one of a rule's approvers by id alone. */
export async function standingOf(
  { slack }: Deps,
  who: Person | string,
): Promise<Result<Standing, Problem>> {
  const standing = await (typeof who === "string" ? slack.standingOfOwn(who) : slack.standing(who));
  return standing.ok ? standing : err({ kind: "slack-unavailable", error: standing.problem });
}

/** How many of them are members of the team now; counting stops at `enough`. */
export async function countMembers(
  deps: Deps,
  ids: readonly string[],
  enough: number,
): Promise<Result<number, Problem>> {
  let [members, next] = [0, 0];
  while (next < ids.length && members < enough) {
    const some = ids.slice(next, next + enough - members);
    next += some.length;
    for (const standing of await Promise.all(some.map((id) => standingOf(deps, id)))) {
      if (!standing.ok) return standing;
      if (standing.value === "member") members += 1;
    }
  }
  return ok(members);
}

/** Who may approve what this person asks for by a rule now, where that is enough of them. */
export async function approversUnder(
  deps: Deps,
  person: Person,
  rule: Rule,
): Promise<Result<readonly string[], Problem>> {
  const approvers = await approversOf(deps, rule);
  if (!approvers.ok) return approvers;
  const able = approversFor(rule, person, approvers.value);
  const members = await countMembers(deps, able, approvalsNeeded(rule));
  if (!members.ok) return members;
  const problem = askProblem(rule, members.value);
  return problem === undefined ? ok(able) : err(problem);
}

/** A change is made with the requester's key: not when they have left the team meanwhile. */
export async function requesterProblem(
  deps: Deps,
  { requester }: ChangeRequest,
): Promise<Problem | undefined> {
  const standing = await standingOf(deps, requester);
  if (!standing.ok) return standing.problem;
  return standing.value === "member"
    ? undefined
    : { kind: "requester-left", requester: requester.userId };
}
