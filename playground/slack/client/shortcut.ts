import type { JsonObject } from "../json.ts";
import { whoAndWhere } from "../payloads.ts";
import { type ActionResult, surroundings } from "./act.ts";
import {
  type Client,
  channelToTypeIn,
  errorOf,
  type Manner,
  mustBeOfTheTeam,
  tell,
} from "./client.ts";

/** Chooses an entry of a menu. Slack says less with it than with other interactions: not which app. */
const choose = async (
  client: Client,
  what: { readonly type: "shortcut" | "message_action"; readonly callback_id: string },
  more: JsonObject,
  manner: Manner,
  where: { readonly channel?: string } = {},
): Promise<ActionResult> => {
  const { core, member } = client;
  const { api_app_id: _, ...who } = whoAndWhere(core, member);
  const payload = {
    ...who,
    ...what,
    trigger_id: core.triggers.issue({ user: member.id, ...where }),
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

/** Looks the shortcut up in the manifest. @throws when it is in no menu. */
const mustBeThere = (client: Client, type: "global" | "message", callbackId: string): void => {
  mustBeOfTheTeam(client, "shortcuts of this app");
  const { shortcuts } = client.core.features;
  const isThere = shortcuts?.some((one) => one.type === type && one.callbackId === callbackId);
  if (isThere === false) throw new Error(`there is no ${type} shortcut ${callbackId}`);
};

/** A shortcut from the menu that is everywhere: the bot is not told where. */
export async function globalShortcut(
  client: Client,
  callbackId: string,
  manner: Manner,
): Promise<ActionResult> {
  mustBeThere(client, "global", callbackId);
  const { id, name, team } = client.member;
  const more = { user: { id, username: name, team_id: team } };
  return await choose(client, { type: "shortcut", callback_id: callbackId }, more, manner);
}

/** A shortcut from the menu of a message. */
export async function messageShortcut(
  client: Client,
  callbackId: string,
  where: { readonly channel: string; readonly ts: string },
  manner: Manner,
): Promise<ActionResult> {
  const { core, member } = client;
  mustBeThere(client, "message", callbackId);
  const channel = channelToTypeIn(client, where.channel).id;
  const message = core.messages.of(channel, member.id).find((one) => one.ts === where.ts);
  if (message === undefined) throw new Error(`${member.name} sees no message ${where.ts} there`);
  if (message.ephemeral) throw new Error("a message for one person has no shortcuts");
  const { threadTs } = message;
  const target = {
    ...({ kind: "actions", channel, user: member.id, original: where.ts } as const),
    ...(threadTs === undefined ? {} : { threadTs }),
  };
  const more = {
    ...surroundings(client, { message }),
    message_ts: where.ts,
    response_url: core.responseUrls.issue(target, core.workspace.team.id),
  };
  const what = { type: "message_action", callback_id: callbackId } as const;
  return await choose(client, what, more, manner, { channel });
}
