import { forgottenNotice } from "../approval/key-forgetting.ts";
import type { KeyForgottenNotice } from "../approval/notice.ts";
import { keyForgottenMessage } from "../blocks/key-forgotten-message.ts";
import type { Deps } from "../deps.ts";
import type { Posted } from "../slack/messages.ts";

/** Forgets the keys that have expired or that nobody uses, and has their owners told. */
export async function forgetKeys(
  { keys, catalogue, preferences, keepUnusedKeys, log, nudge }: Deps,
  now: number,
): Promise<void> {
  for (const kept of await keys.kept()) {
    const notice = forgottenNotice(kept, now, keepUnusedKeys);
    if (notice === undefined) continue;
    const { person, tokenId, why } = notice;
    const entry = { kind: "key forgotten", at: now, by: person, facts: { tokenId, why } } as const;
    if (!(await keys.forget(kept, entry, notice))) continue;
    catalogue.forget(person);
    await preferences.keepOnly(person, []);
    log.info({ why }, "A key was forgotten");
    nudge("say");
  }
}

/** Tells the owner, where they can be reached: outside of the bot's own workspace they cannot be. */
export async function tellForgotten(
  { slack }: Pick<Deps, "slack">,
  notice: KeyForgottenNotice,
): Promise<Posted> {
  return slack.isVerified() && !(await slack.isReached(notice.person))
    ? { kind: "sent" }
    : slack.post(notice.target, keyForgottenMessage(notice));
}
