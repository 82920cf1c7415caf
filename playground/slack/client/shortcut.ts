import type { Delivery } from "../journal.ts";
import type { JsonObject } from "../json.ts";
import { eventPayload, whoAndWhere } from "../payloads.ts";
import { viewJson } from "../view-json.ts";
import { type ActionResult, surroundings } from "./act.ts";
import {
  type Client,
  channelToTypeIn,
  errorOf,
  type Manner,
  mustBeOfTheTeam,
  tell,
} from "./client.ts";

const choose = async (
  client: Client,
  what: { readonly type: string; readonly callback_id: string },
  more: JsonObject,
  manner: Manner,
): Promise<ActionResult> => {
  const { core, member } = client;
  const payload = {
    ...whoAndWhere(core, member),
    ...what,
    trigger_id: core.triggers.issue({ user: member.id }),
    action_ts: core.timestamps.next(),
    ...more,
  };
  const label = `${what.type} ${what.callback_id}`;
  const delivery = await tell(client, { kind: "interactive", label, payload }, manner);
  const { status, ms } = delivery;
  const error = errorOf(delivery);
  if (error === undefined) return { status, ms };
  client.errors.push(`the shortcut failed: ${error}`);
  return { status, ms, error };
};

/** A shortcut from the menu that is everywhere: the bot is not told where. */
export async function globalShortcut(
  client: Client,
  callbackId: string,
  manner: Manner,
): Promise<ActionResult> {
  mustBeOfTheTeam(client, "shortcuts of this app");
  return await choose(client, { type: "shortcut", callback_id: callbackId }, {}, manner);
}

/** A shortcut from the menu of a message. */
export async function messageShortcut(
  client: Client,
  callbackId: string,
  where: { readonly channel: string; readonly ts: string },
  manner: Manner,
): Promise<ActionResult> {
  const { core, member } = client;
  mustBeOfTheTeam(client, "shortcuts of this app");
  const channel = channelToTypeIn(client, where.channel).id;
  const message = core.messages.of(channel, member.id).find((one) => one.ts === where.ts);
  if (message === undefined) throw new Error(`${member.name} sees no message ${where.ts} there`);
  const target = { kind: "actions", channel, user: member.id, original: where.ts } as const;
  const more = {
    ...surroundings(client, { message }),
    message_ts: where.ts,
    response_url: core.responseUrls.issue(target, core.workspace.team.id),
  };
  return await choose(client, { type: "message_action", callback_id: callbackId }, more, manner);
}

/** The person turns to the home tab of the app. */
export async function openHome({ core, courier, member }: Client): Promise<Delivery> {
  const home = core.views.home(member.id);
  const channel = core.workspace.openDirectMessages(core.workspace.bot.userId, member.id);
  const payload = eventPayload(core, {
    type: "app_home_opened",
    user: member.id,
    channel: channel.id,
    tab: "home",
    event_ts: core.timestamps.next(),
    ...(home === undefined ? {} : { view: viewJson(home, core.workspace) }),
  });
  return await courier.deliverEvent({ kind: "events_api", label: "app_home_opened", payload });
}
