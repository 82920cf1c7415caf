import { expiryNotice, LONGEST } from "../approval/key-expiry.ts";
import type { KeyScope } from "../approval/key-scope.ts";
import { type KeyExpiryNotice, noticeId } from "../approval/notice.ts";
import { keyExpiryMessage } from "../blocks/key-expiry-message.ts";
import type { Deps } from "../deps.ts";
import type { Posted } from "../slack/messages.ts";

/** The home tabs of those whose key ended within this time are shown anew. Twice the time between looks. */
const JUST_NOW = 120_000;

/**
 * Has the owners of keys that end soon warned, each warning once: the outbox takes the same notice
 * only once, in however many processes. When a key has ended its owner's home tab says so.
 */
export async function warnOwners(
  { keys, outbox, homeTabs, nudge }: Pick<Deps, "keys" | "outbox" | "homeTabs" | "nudge">,
  now: number,
): Promise<void> {
  const ending = await keys.ending(now + LONGEST);
  const notices = ending.flatMap(({ person, scope }) => expiryNotice(person, scope, now) ?? []);
  const ended = ending.filter(({ scope: { expiry } }) => isWithin(expiry, now - JUST_NOW, now));
  await homeTabs.changed(ended.map(({ person }) => person.userId));
  if ((await outbox.put(notices, now)) + ended.length > 0) nudge("say");
}

const isWithin = (expiry: KeyScope["expiry"], after: number, until: number): boolean =>
  typeof expiry === "object" && expiry.at > after && expiry.at <= until;

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

/** Nothing is to be said any more. */
export const NEEDLESS: Posted = { kind: "sent" };
