import { expiryNotice, LONGEST } from "../approval/key-expiry.ts";
import { type KeyExpiryNotice, noticeId } from "../approval/notice.ts";
import { keyExpiryMessage } from "../blocks/key-expiry-message.ts";
import type { Deps } from "../deps.ts";
import type { Posted } from "../slack/messages.ts";

/**
 * Has the owners of keys that end soon warned, each warning once: the outbox takes the same notice
 * only once, in however many processes.
 */
export async function warnOwners(
  { keys, outbox, nudge }: Pick<Deps, "keys" | "outbox" | "nudge">,
  now: number,
): Promise<void> {
  const ending = await keys.ending(now + LONGEST);
  const notices = ending.flatMap(({ person, scope }) => expiryNotice(person, scope, now) ?? []);
  if ((await outbox.put(notices, now)) > 0) nudge();
}

/** Says a warning, while that key is still connected and no later warning has taken its place. */
export async function warnOwner(
  { keys, slack, clock }: Pick<Deps, "keys" | "slack" | "clock">,
  notice: KeyExpiryNotice,
): Promise<Posted> {
  const scope = await keys.scope(notice.person);
  if (!scope.ok) return NEEDLESS;
  const due = expiryNotice(notice.person, scope.value, clock.now());
  const isDue = due !== undefined && noticeId(due) === noticeId(notice);
  const isElsewhere = slack.isVerified() && !(await slack.isReached(notice.person));
  return isDue && !isElsewhere
    ? slack.post(notice.target, keyExpiryMessage(notice, scope.value))
    : NEEDLESS;
}

const NEEDLESS: Posted = { kind: "sent" };
