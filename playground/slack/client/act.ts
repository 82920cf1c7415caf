import type { Placed } from "../blocks/walk.ts";
import { complain } from "../delivery/courier.ts";
import { asObject, asString, type JsonObject, withoutGaps } from "../json.ts";
import { messageJson } from "../message-json.ts";
import type { Message } from "../messages.ts";
import { channelName, whoAndWhere } from "../payloads.ts";
import { viewJson } from "../view-json.ts";
import type { View } from "../views.ts";
import { type Client, errorOf, type Manner, tell } from "./client.ts";

/** What a person sees of a click right after it. */
export interface ActionResult {
  readonly status: number | undefined;
  readonly ms: number | undefined;
  /** `operation_timeout` or `dispatch_failed`: a warning next to the button. */
  readonly error?: string;
  /** The question before it was answered with no, and nothing was sent. */
  readonly isDismissed?: true;
  /** The address that the button opened in the browser. */
  readonly url?: string;
}

/** Where the element is: in a message, or in a view. */
export type Place = { readonly message: Message } | { readonly view: View };

/** Where a click was made, as payloads say it. */
export const containerOf = (place: Place): JsonObject => {
  if ("view" in place) return { type: "view", view_id: place.view.id };
  const { channel, ts, ephemeral, threadTs } = place.message;
  return withoutGaps({
    type: "message",
    message_ts: ts,
    channel_id: channel,
    is_ephemeral: ephemeral,
    thread_ts: threadTs,
  });
};

/** What is told about the place itself: the view, or the channel and the message. */
export const surroundings = (client: Client, place: Place): JsonObject => {
  const { core } = client;
  if ("view" in place) return { view: viewJson(place.view, core.workspace) };
  const { message } = place;
  const channel = core.workspace.channelOf(message.channel);
  return {
    channel: { id: channel.id, name: channelName(channel) },
    // Of an ephemeral message the bot is told no more than where it was; of any other one, how it
    // is now.
    ...(message.ephemeral
      ? {}
      : { message: messageJson(core, core.messages.find(channel.id, message.ts) ?? message) }),
  };
};

const actionOf = (client: Client, { block, element }: Placed, value: JsonObject): JsonObject => {
  const text = element.type === "button" ? element.text : undefined;
  return withoutGaps({
    type: asString(element.type),
    action_id: asString(element.action_id),
    block_id: asString(block.block_id),
    text,
    ...(element.type === "button"
      ? { value: element.value, style: element.style, url: element.url }
      : { placeholder: element.placeholder }),
    ...value,
    action_ts: client.core.timestamps.next(),
  });
};

const messageExtras = (client: Client, place: Place): JsonObject => {
  if ("view" in place) return {};
  const { core, member } = client;
  const { channel, ts, threadTs } = place.message;
  const target = { kind: "actions", channel, user: member.id, original: ts } as const;
  const thread = threadTs === undefined ? {} : { threadTs };
  const values = core.messageForms.values(member.id, place.message);
  const url = core.responseUrls.issue({ ...target, ...thread }, core.workspace.team.id);
  return { state: { values }, response_url: url };
};

/** Tells the bot that the person did something to an element. */
export async function act(
  client: Client,
  place: Place,
  placed: Placed,
  value: JsonObject,
  manner: Manner & { readonly dismiss?: boolean },
): Promise<ActionResult> {
  const { core, member } = client;
  const { element } = placed;
  if (element.confirm !== undefined && manner.dismiss === true) {
    return { status: undefined, ms: undefined, isDismissed: true };
  }
  const where = "view" in place ? { view: place.view.id } : { channel: place.message.channel };
  const payload = {
    type: "block_actions",
    ...whoAndWhere(core, member),
    container: containerOf(place),
    trigger_id: core.triggers.issue({ user: member.id, ...where }),
    ...surroundings(client, place),
    ...messageExtras(client, place),
    actions: [actionOf(client, placed, value)],
  };
  const label = `block_actions ${asString(element.action_id)}`;
  const delivery = await tell(client, { kind: "interactive", label, payload }, manner);
  if (delivery.answer !== undefined) {
    complain(core, delivery, `an answer that nobody reads: ${delivery.body}`);
  }
  const error = errorOf(delivery);
  if (error !== undefined) {
    const name = asString(asObject(element.text).text) || asString(element.action_id);
    client.errors.push(`a warning beside "${name}": ${error}`);
  }
  const { status, ms } = delivery;
  const url = element.url ?? asObject(value.selected_option).url;
  return {
    ...{ status, ms },
    ...(error === undefined ? {} : { error }),
    ...(typeof url === "string" ? { url } : {}),
  };
}
