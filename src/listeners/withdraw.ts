import { withdraw } from "../approval/decide.ts";
import { samePerson } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { problemView, requestView } from "../blocks/plain-views.ts";
import { problemMessage } from "../blocks/replies.ts";
import { outcomeMessage } from "../blocks/request-messages.ts";
import type { Deps } from "../deps.ts";
import { err, ok } from "../problem.ts";
import type { Click } from "./adapters.ts";
import { refuse } from "./decide-as.ts";

/** Whoever asked takes the request back, while nobody has decided on it or a task holds the snapshot. */
export async function withdrawRequest(
  deps: Deps,
  { person, value, view, channelId }: Click,
): Promise<Message | undefined> {
  const { requests, slack, clock, nudge } = deps;
  const now = clock.now();
  const decided = await requests.withdraw(value, now, (request) =>
    samePerson(person, request.requester)
      ? ok(withdraw(request, now))
      : err({ kind: "not-the-requester" }),
  );
  nudge("say");
  if (decided.kind === "refused") {
    await refuse(deps, person, decided.request, "withdraw", decided.problem);
  }
  const problem =
    decided.kind === "gone"
      ? ({ kind: "request-gone" } as const)
      : decided.kind === "refused"
        ? decided.problem
        : samePerson(person, decided.request.requester)
          ? undefined
          : ({ kind: "not-the-requester" } as const);
  if (view === undefined) {
    if (problem !== undefined || !("request" in decided)) {
      return problemMessage(problem ?? { kind: "request-gone" });
    }
    // A home tab follows by itself.
    const isShown = decided.kind === "done" && channelId === undefined;
    return isShown ? undefined : outcomeMessage(decided.request);
  }
  await slack.updateView(
    view.id,
    "request" in decided && problem === undefined
      ? requestView(decided.request, person)
      : problemView(problem ?? { kind: "request-gone" }),
  );
  return undefined;
}
