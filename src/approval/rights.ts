import type { Problem } from "../problem.ts";
import type { Pending } from "./change-request.ts";
import { approvalsNeeded } from "./decide.ts";
import { type Person, samePerson } from "./person.ts";
import type { Rule } from "./policy.ts";

/** What a person is to the team, as Slack says now. Only members of the team itself may decide. */
export type Standing = "member" | "guest" | "deactivated" | "outsider" | "bot";

/**
 * Whether a person may decide on a request, by the rule that it was asked under.
 * @param standing what Slack says of the person now
 * @param approvers ids of all who may approve now: the rule's people and the members of its groups
 * @returns nothing, or the problem that keeps them from it
 */
export function decisionProblem(
  request: Pending,
  person: Person,
  standing: Standing,
  approvers: readonly string[],
): Problem | undefined {
  const { rule, requester, approvals } = request;
  if (standing !== "member") return { kind: "not-a-member", standing };
  const isRequester = samePerson(requester, person);
  const { verdict } = rule;
  if (verdict.kind !== "approve") {
    return isRequester ? undefined : { kind: "not-an-approver", rule: rule.name };
  }
  if (!approvers.includes(person.userId)) return { kind: "not-an-approver", rule: rule.name };
  if (isRequester && !verdict.selfApproval) return { kind: "own-request", rule: rule.name };
  const vote = approvals.find(({ by }) => samePerson(by, person));
  return vote === undefined ? undefined : { kind: "approved-already", at: vote.at };
}

/** Which of the rule's approvers may approve a change that this person asks for. */
export function approversFor(
  { verdict }: Rule,
  requester: Person,
  approvers: readonly string[],
): readonly string[] {
  const selfApproval = verdict.kind === "approve" && verdict.selfApproval;
  return [...new Set(approvers)].filter((id) => selfApproval || id !== requester.userId);
}

/**
 * Whether a change that meets this rule may be asked for.
 * @param able how many may approve it; counting may have stopped at as many as the rule needs
 */
export function askProblem(rule: Rule, able: number): Problem | undefined {
  const { verdict } = rule;
  if (verdict.kind === "deny") {
    return { kind: "policy-denies", rule: rule.name, because: verdict.because };
  }
  if (verdict.kind === "confirm") return undefined;
  const needed = approvalsNeeded(rule);
  return able < needed ? { kind: "too-few-approvers", rule: rule.name, needed, able } : undefined;
}
