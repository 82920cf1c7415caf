import type { AllMiddlewareArgs, SlackShortcutMiddlewareArgs } from "@slack/bolt";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { accidentMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { accident } from "./adapters.ts";
import { personOf } from "./slack-body.ts";
import { tellPerson } from "./tell.ts";

/** An entry of Slack's menus that was chosen: of the menu that is everywhere, or of a message's. */
export interface ShortcutCall {
  readonly person: Person;
  readonly triggerId: string;
  /** The message that it was chosen at, where that stands, and Slack's address for answers there. */
  readonly message?: unknown;
  readonly channelId?: string;
  readonly responseUrl?: string;
}

/** A shortcut; `listener` returns what to tell the person, if anything. */
export const shortcut =
  (deps: Deps, listener: (deps: Deps, call: ShortcutCall) => Promise<Message | undefined>) =>
  async ({
    shortcut: sent,
    ack,
  }: SlackShortcutMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const { user, team, enterprise, trigger_id: triggerId } = sent;
    const call: ShortcutCall = {
      person: personOf({ user: { id: user.id }, team, enterprise: enterprise ?? null }),
      triggerId,
      ...(sent.type === "message_action"
        ? { message: sent.message, channelId: sent.channel.id, responseUrl: sent.response_url }
        : {}),
    };
    const tell = (message: Message): Promise<void> =>
      tellPerson(deps, call.person, call.responseUrl, message);
    try {
      const message = await listener(deps, call);
      if (message !== undefined) await tell(message);
    } catch (error) {
      await tell(accidentMessage(accident(deps, error, "shortcut")));
    }
  };
