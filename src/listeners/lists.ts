import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { problemMessage } from "../blocks/replies.ts";
import { pendingMessage } from "../blocks/request-lists.ts";
import type { Deps } from "../deps.ts";
import { standingOf } from "../rights/approvers.ts";
import { waitingFor } from "../rights/waiting.ts";

/** What waits for this person, and what of theirs waits for others. */
export async function listPending(deps: Deps, person: Person): Promise<Message> {
  const standing = await standingOf(deps, person);
  if (!standing.ok) return problemMessage(standing.problem);
  const waiting = await waitingFor(deps, person, standing.value);
  return pendingMessage(waiting);
}
