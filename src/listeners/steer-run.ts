import { pause, resume, stop } from "../approval/bulk-run.ts";
import type { ChangeRequest, UnderWay } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { problemView, requestView } from "../blocks/plain-views.ts";
import { problemMessage } from "../blocks/replies.ts";
import { outcomeMessage } from "../blocks/request-messages.ts";
import type { Deps } from "../deps.ts";
import { progressOf } from "../jobs/progress.ts";
import { ok, type Problem } from "../problem.ts";
import { approversOf, standingOf } from "../rights/approvers.ts";
import type { Click } from "./adapters.ts";
import { refuse } from "./decide-as.ts";

/** What becomes of a run; one that is not as the button found it stays as it is. */
type Turn = (run: UnderWay, by: Person, now: number) => UnderWay;

/** No more items are begun. */
export const pauseRun = (deps: Deps, click: Click): Promise<Message | undefined> =>
  steer(deps, click, (run, by, now) => (run.state === "running" ? pause(run, by, now) : run));

export const goOnWithRun = (deps: Deps, click: Click): Promise<Message | undefined> =>
  steer(deps, click, (run, by, now) => (run.state === "paused" ? resume(run, by, now) : run));

/** What was begun is finished, and nothing more is. */
export const stopRun = (deps: Deps, click: Click): Promise<Message | undefined> =>
  steer(deps, click, (run, by, now) => (run.state === "stopping" ? run : stop(run, by, now)));

async function steer(
  deps: Deps,
  { person, value, view }: Click,
  turn: Turn,
): Promise<Message | undefined> {
  const { requests, slack, clock, nudge } = deps;
  const known = await requests.request(value);
  const problem =
    known === undefined
      ? ({ kind: "request-gone" } as const)
      : await steeringProblem(deps, person, known);
  if (known === undefined || problem !== undefined) {
    if (known !== undefined && problem !== undefined) {
      await refuse(deps, person, known, "steer", problem);
    }
    const told = problem ?? ({ kind: "request-gone" } as const);
    if (view === undefined) return problemMessage(told);
    await slack.updateView(view.id, problemView(told));
    return undefined;
  }
  const now = clock.now();
  const decided = await requests.steer(value, now, (run) => ok(turn(run, person, now)));
  nudge("change");
  const request = "request" in decided ? decided.request : known;
  if (view !== undefined) {
    await slack.updateView(view.id, requestView(request, person, await progressOf(deps, request)));
    return undefined;
  }
  // The message follows by itself.
  return decided.kind === "done" ? undefined : outcomeMessage(request);
}

/** Whoever asked may, and whoever may approve it now. */
async function steeringProblem(
  deps: Deps,
  person: Person,
  { requester, rule }: ChangeRequest,
): Promise<Problem | undefined> {
  const standing = await standingOf(deps, person);
  if (!standing.ok) return standing.problem;
  if (standing.value !== "member") return { kind: "not-a-member", standing: standing.value };
  if (samePerson(person, requester)) return undefined;
  const approvers = await approversOf(deps, rule);
  if (!approvers.ok) return approvers.problem;
  return approvers.value.includes(person.userId)
    ? undefined
    : { kind: "not-an-approver", rule: rule.name };
}
