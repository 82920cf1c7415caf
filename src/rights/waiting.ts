import type { Held, Pending, UnderWay } from "../approval/change-request.ts";
import { isOver } from "../approval/decide.ts";
import { type Person, samePerson } from "../approval/person.ts";
import { decisionProblem, type Standing } from "../approval/rights.ts";
import type { Deps } from "../deps.ts";
import { approversOf } from "./approvers.ts";

/** What waits, as one person sees it. */
export interface Waiting {
  /** What they asked for and nobody has decided yet. */
  readonly own: readonly Pending[];
  /** What they asked for and a task keeps from being made. */
  readonly held: readonly Held[];
  /** Their plans for many that were agreed to, and are not at their end. */
  readonly runs: readonly UnderWay[];
  /** What they may decide. */
  readonly toDecide: readonly Pending[];
  /** Of how many requests Slack did not tell who may decide. */
  readonly unclear: number;
}

/** @param slack who tells the members of groups; only those who show and do not decide may ask
 * somebody else than Slack itself */
export async function waitingFor(
  deps: Deps,
  person: Person,
  standing: Standing,
  slack: Pick<Deps["slack"], "groupMembers"> = deps.slack,
): Promise<Waiting> {
  const now = deps.clock.now();
  const [pending, held, runs] = await Promise.all([
    deps.requests.pending(),
    deps.requests.held(person),
    deps.requests.underWay(person),
  ]);
  const waiting = pending.filter((request) => !isOver(request, now));
  // Slack is asked once for each rule, however many requests wait under it.
  const asked = new Map<string, ReturnType<typeof approversOf>>();
  const approversFor = ({ rule }: Pending): ReturnType<typeof approversOf> => {
    const id = JSON.stringify(rule.verdict);
    const approvers = asked.get(id) ?? approversOf({ slack }, rule);
    asked.set(id, approvers);
    return approvers;
  };
  const approvers = await Promise.all(waiting.map(approversFor));
  const mayDecide = (request: Pending, index: number): boolean => {
    const known = approvers[index];
    return (
      known?.ok === true && decisionProblem(request, person, standing, known.value) === undefined
    );
  };
  return {
    own: waiting.filter(({ requester }) => samePerson(requester, person)),
    held,
    runs,
    toDecide: waiting.filter(mayDecide),
    unclear: approvers.filter(({ ok }) => !ok).length,
  };
}
