import type { Held } from "../approval/change-request.ts";
import { giveUp, isStillHeld, release } from "../approval/lock.ts";
import type { Deps } from "../deps.ts";
import { during } from "../log-context.ts";
import { requesterProblem } from "../rights/approvers.ts";

/**
 * Looks at the next locked snapshot that a request waits for, and lets the request go on when the
 * task has ended. @returns whether there was one to look at.
 */
export async function lookAtNextLock(deps: Deps, taken?: () => void): Promise<boolean> {
  const { requests, slack, clock } = deps;
  // At the start there may be some that are due, and Slack cannot be asked yet.
  if (!slack.isVerified()) return false;
  const held = await requests.takeHeld(clock.now());
  if (held === undefined) return false;
  taken?.();
  await during({ request: held.id }, () => look(deps, held));
  return true;
}

async function look(deps: Deps, held: Held): Promise<void> {
  const { requests, clock, nudge } = deps;
  if (await isLocked(deps, held)) return;
  // Hours may have gone by since somebody agreed.
  const gone = await requesterProblem(deps, held);
  if (gone?.kind === "slack-unavailable") return;
  const now = clock.now();
  await requests.release(
    held,
    gone === undefined ? release(held, now) : giveUp(held, gone, now),
    now,
  );
  nudge("change");
}

async function isLocked({ keys, gcore, clock }: Deps, held: Held): Promise<boolean> {
  const { requester: person, ref } = held;
  const key = await keys.get(person);
  if (!key.ok) return isStillHeld(held, key, clock.now());
  const look = await gcore.getSnapshot({ person, apiKey: key.value.apiKey }, ref);
  return isStillHeld(held, look, clock.now());
}
