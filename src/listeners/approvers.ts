import type { Person } from "../approval/person.ts";
import type { Rule } from "../approval/policy.ts";
import type { Standing } from "../approval/rights.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";

/**
 * The ids of everybody who may approve by a rule now: its people, and the members of its groups as
 * Slack names them at this moment. A group that cannot be resolved lets nobody through.
 */
export async function approversOf(
  { slack }: Deps,
  { verdict }: Rule,
): Promise<Result<readonly string[], Problem>> {
  if (verdict.kind !== "approve") return ok([]);
  const groups = await Promise.all(
    verdict.groups.map(async (group) => ({ group, members: await slack.groupMembers(group) })),
  );
  const found = new Set(verdict.users);
  for (const { group, members } of groups) {
    if (!members.ok) return err({ kind: "group-unresolved", group, error: members.problem });
    for (const member of members.value) found.add(member);
  }
  return ok([...found]);
}

/** What a person is to the team now, as Slack says. */
export async function standingOf(
  { slack }: Deps,
  person: Person,
): Promise<Result<Standing, Problem>> {
  const standing = await slack.standing(person);
  return standing.ok ? standing : err({ kind: "slack-unavailable", error: standing.problem });
}
