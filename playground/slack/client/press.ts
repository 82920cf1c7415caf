import { optionsOf } from "../blocks/composition.ts";
import { type Placed, placedIn } from "../blocks/walk.ts";
import { asObject, asString, type JsonObject } from "../json.ts";
import type { Message } from "../messages.ts";
import type { View } from "../views.ts";
import { type ActionResult, act, type Place } from "./act.ts";
import { optionText } from "./choose.ts";
import type { Client, Manner } from "./client.ts";

/** Which button is meant, and how it is pressed. Nothing said: in the modal, else in a message. */
export interface Where extends Manner {
  /** The message, or its timestamp. */
  readonly message?: Message | string;
  /** The channel, for a timestamp or for the newest message with such a button. */
  readonly channel?: string;
  /**
   * Presses it in `message` as it was when it was read: on a client that has not heard yet that the
   * message changed.
   */
  readonly stale?: true;
  /** The home tab. */
  readonly home?: true;
  /** Tells two buttons with the same text apart. */
  readonly actionId?: string;
  /** Says no to the question that comes before. */
  readonly dismiss?: boolean;
}

interface Found {
  readonly placed: Placed;
  readonly value: JsonObject;
}

const buttonText = (element: JsonObject): string => asString(asObject(element.text).text);

/** The buttons with that text, and the entries of `…` menus. */
const findIn = (blocks: readonly JsonObject[], text: string, actionId?: string): Found[] =>
  placedIn(blocks)
    .filter(({ element }) => actionId === undefined || element.action_id === actionId)
    .flatMap((placed): Found[] => {
      const { element } = placed;
      if (element.type === "button" && buttonText(element) === text) return [{ placed, value: {} }];
      if (element.type !== "overflow") return [];
      const option = optionsOf(element).find((one) => optionText(one) === text);
      return option === undefined ? [] : [{ placed, value: { selected_option: option } }];
    });

/** What is there to press, for a sentence that says why something is not. */
const textsIn = (blocks: readonly JsonObject[]): string =>
  placedIn(blocks)
    .filter(({ element }) => element.type === "button")
    .map(({ element }) => JSON.stringify(buttonText(element)))
    .join(", ") || "none";

/** The messages in which to look, the newest first. */
const candidates = (client: Client, where: Where): Message[] => {
  const { core, member } = client;
  const { message } = where;
  const isAnywhere = where.channel === undefined && message === undefined;
  const channels =
    where.channel === undefined
      ? core.workspace.channels().filter((one) => !isAnywhere || one.members.has(member.id))
      : [core.workspace.channelOf(where.channel)];
  const visible = channels
    .filter((channel) => core.workspace.mayRead(member.id, channel))
    .flatMap((channel) => core.messages.of(channel.id, member.id));
  const ts = typeof message === "string" ? message : message?.ts;
  const inChannel = typeof message === "object" ? message.channel : undefined;
  return visible
    .filter((one) => ts === undefined || one.ts === ts)
    .filter((one) => inChannel === undefined || one.channel === inChannel)
    .sort((one, other) => Number(other.ts) - Number(one.ts));
};

const inMessages = (client: Client, text: string, where: Where): [Place, Found[]] => {
  const { message: shown, stale } = where;
  const messages =
    stale === true && typeof shown === "object" ? [shown] : candidates(client, where);
  for (const message of messages) {
    const found = findIn(message.blocks, text, where.actionId);
    if (found.length > 0) return [{ message }, found];
  }
  const seen = textsIn(messages.flatMap((message) => [...message.blocks]));
  throw new Error(`${client.member.name} sees no button "${text}" in a message, only: ${seen}`);
};

const inView = (view: View, text: string, where: Where): [Place, Found[]] => {
  const found = findIn(view.blocks, text, where.actionId);
  if (found.length > 0) return [{ view }, found];
  throw new Error(`there is no button "${text}" in the view, only: ${textsIn(view.blocks)}`);
};

/** Presses a button that the person can see. */
export async function press(client: Client, text: string, where: Where): Promise<ActionResult> {
  const { core, member } = client;
  const top = core.views.stack(member.id).at(-1);
  const isElsewhere = where.message !== undefined || where.channel !== undefined;
  const home = where.home === true ? core.views.home(member.id) : undefined;
  if (where.home === true && home === undefined) throw new Error("the home tab is empty");
  const view = home ?? (isElsewhere ? undefined : top);
  const [place, found] =
    view === undefined ? inMessages(client, text, where) : inView(view, text, where);
  const [first, ...others] = found;
  if (first === undefined || others.length > 0) {
    throw new Error(`there are ${found.length} buttons "${text}"; say which by its action id`);
  }
  if ("message" in place && !mayClick(client, place.message)) {
    throw new Error(`${member.name} is not in that channel and cannot click there`);
  }
  return await act(client, place, first.placed, first.value, where);
}

const mayClick = ({ core, member }: Client, message: Message): boolean =>
  core.workspace.channelOf(message.channel).members.has(member.id);
