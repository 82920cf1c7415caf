import { signed } from "../../../playground/slack/delivery/signature.ts";
import type { JsonObject } from "../../../playground/slack/json.ts";
import type { Bed } from "../../bed.ts";

/** Who does something, by what Slack signs, and where they are told what comes of it. */
export interface Sender {
  readonly user: string;
  readonly team: string;
  readonly channel: string;
}

/** Something that Slack can send, put together for one person. */
export type Parcel = (from: Sender, ticket: Ticket) => { type: string; body: string };
type Ticket = ReturnType<Bed["ada"]["hand"]["ticket"]>;

/** What stands in a view when something is done in it. */
export interface InView {
  readonly callbackId?: string;
  readonly metadata?: string;
  readonly values?: JsonObject;
}

const FORM = "application/x-www-form-urlencoded";

const interactive = (payload: JsonObject) => ({
  type: FORM,
  body: `payload=${encodeURIComponent(JSON.stringify(payload))}`,
});

const who = ({ user, team }: Sender): JsonObject => ({
  team: { id: team, domain: "somewhere" },
  enterprise: null,
  is_enterprise_install: false,
  user: { id: user, username: "x", name: "x", team_id: team },
});

const viewOf = (ticket: Ticket, { callbackId = "", metadata = "", values = {} }: InView) => ({
  ...{ id: ticket.view, type: "modal", callback_id: callbackId },
  ...{ private_metadata: metadata, state: { values } },
});

/** A button, a line of a `…` menu or an option of a menu, as its value says. */
const actionOf = (actionId: string, type: string, value: string): JsonObject => ({
  ...{ type, action_id: actionId, block_id: "x" },
  ...(type === "button" ? { value } : { selected_option: { value } }),
});

export const clickInMessage =
  (actionId: string, type: string, value: string): Parcel =>
  (from, { trigger, responseUrl }) =>
    interactive({
      ...{ type: "block_actions", ...who(from), trigger_id: trigger, response_url: responseUrl },
      container: { type: "message", channel_id: from.channel, is_ephemeral: true },
      channel: { id: from.channel, name: "x" },
      actions: [actionOf(actionId, type, value)],
    });

export const clickInView =
  (actionId: string, type: string, value: string, view: InView): Parcel =>
  (from, ticket) =>
    interactive({
      ...{ type: "block_actions", ...who(from), trigger_id: ticket.trigger },
      container: { type: "view", view_id: ticket.view },
      view: viewOf(ticket, view),
      actions: [actionOf(actionId, type, value)],
    });

export const submissionOf =
  (view: InView): Parcel =>
  (from, ticket) =>
    interactive({
      ...{ type: "view_submission", ...who(from), trigger_id: ticket.trigger },
      view: viewOf(ticket, view),
    });

export const typingIn =
  (actionId: string, typed: string, view: InView): Parcel =>
  (from, ticket) =>
    interactive({
      ...{ type: "block_suggestion", ...who(from), action_id: actionId, block_id: "x" },
      ...{ value: typed, container: { type: "view", view_id: ticket.view } },
      view: viewOf(ticket, view),
    });

export const shortcutOf =
  (callbackId: string, text: string): Parcel =>
  (from, { trigger, responseUrl }) =>
    interactive({
      ...{ ...who(from), callback_id: callbackId, trigger_id: trigger, action_ts: "1.2" },
      ...(text === ""
        ? { type: "shortcut" }
        : {
            ...{ type: "message_action", message_ts: "1.2", response_url: responseUrl },
            ...{ channel: { id: from.channel, name: "x" }, message: { type: "message", text } },
          }),
    });

export const commandOf =
  (text: string): Parcel =>
  ({ user, team, channel }, { trigger, responseUrl }) => ({
    type: FORM,
    body: new URLSearchParams({
      ...{ command: "/snapshot", text, trigger_id: trigger, response_url: responseUrl },
      ...{ user_id: user, team_id: team, channel_id: channel, is_enterprise_install: "false" },
    }).toString(),
  });

export const homeOpenedBy =
  (): Parcel =>
  ({ user, team, channel }) => ({
    type: "application/json",
    body: JSON.stringify({
      ...{ type: "event_callback", team_id: team, event_id: "Ev1", event_time: 1 },
      event: { type: "app_home_opened", user, channel, tab: "home", event_ts: "1.2" },
      authorizations: [{ enterprise_id: null, team_id: team, user_id: user, is_bot: true }],
    }),
  });

/** Tells the bot, with Slack's signature. @returns what it answers right away. */
export async function deliver(bed: Bed, from: Sender, parcel: Parcel): Promise<string> {
  const { type, body } = parcel(from, bed.slack.person(from.user).hand.ticket(from.channel));
  const response = await fetch(`${bed.bot.url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": type,
      ...signed(bed.slack.signingSecret, body, bed.clock.now()),
    },
    body,
  });
  return await response.text();
}
