import type { Pending } from "../approval/change-request.ts";
import { isOver } from "../approval/decide.ts";
import { type Person, samePerson } from "../approval/person.ts";
import { decisionProblem } from "../approval/rights.ts";
import type { Message } from "../blocks/kit.ts";
import { problemMessage } from "../blocks/replies.ts";
import { pendingMessage } from "../blocks/request-lists.ts";
import type { Deps } from "../deps.ts";
import { approversOf, standingOf } from "./approvers.ts";

/** What waits for this person, and what of theirs waits for others. */
export async function listPending(deps: Deps, person: Person): Promise<Message> {
  const now = deps.clock.now();
  const waiting = (await deps.requests.pending()).filter((request) => !isOver(request, now));
  const standing = await standingOf(deps, person);
  if (!standing.ok) return problemMessage(standing.problem);
  // Slack is asked once for each rule, however many requests wait under it.
  const asked = new Map<string, ReturnType<typeof approversOf>>();
  const approversFor = ({ rule }: Pending): ReturnType<typeof approversOf> => {
    const id = JSON.stringify(rule.verdict);
    const approvers = asked.get(id) ?? approversOf(deps, rule);
    asked.set(id, approvers);
    return approvers;
  };
  const rights = await Promise.all(
    waiting.map(async (request) => {
      const approvers = await approversFor(request);
      return (
        approvers.ok &&
        decisionProblem(request, person, standing.value, approvers.value) === undefined
      );
    }),
  );
  return pendingMessage(
    waiting.filter(({ requester }) => samePerson(requester, person)),
    waiting.filter((_, index) => rights[index]),
  );
}
