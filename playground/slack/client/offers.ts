import { optionsOf } from "../blocks/composition.ts";
import { asObject, asString, type Json, type JsonObject, objectsOf } from "../json.ts";
import type { Channel, Workspace } from "../workspace.ts";
import type { Here } from "./at.ts";
import { optionText } from "./choose.ts";
import type { Client } from "./client.ts";
import { suggest } from "./suggest.ts";

/** One line of a menu. */
export interface Offer {
  readonly words: string;
  /** What is put into the element: an option, or an id. */
  readonly value: Json;
  readonly group?: string;
}

/** The name of a conversation as `person` sees it: of direct messages, whom they are with. */
export const conversationName = (
  workspace: Workspace,
  channel: Channel,
  person: string,
): string => {
  if (channel.kind !== "im") return channel.name;
  const other = [...channel.members].find((id) => id !== person) ?? person;
  return workspace.member(other)?.realName ?? workspace.nameOf(other);
};

const fits = ({ filter }: JsonObject, bot: string, channel: Channel): boolean => {
  const {
    include,
    exclude_external_shared_channels: noShared,
    exclude_bot_users: noBots,
  } = asObject(filter);
  if (Array.isArray(include) && !include.includes(channel.kind)) return false;
  if (noShared === true && channel.isShared) return false;
  return !(noBots === true && channel.kind === "im" && channel.members.has(bot));
};

/** Whether the element offers people or conversations, which Slack knows itself. */
export const isOfIds = ({ type }: JsonObject): boolean =>
  /(users|conversations|channels)_select$/.test(asString(type));

/** The people or the conversations that a menu offers. */
export function knownOffers({ core: { workspace }, member }: Client, element: JsonObject): Offer[] {
  const type = asString(element.type);
  if (type.endsWith("users_select")) {
    return workspace.people().map(({ id, realName }) => ({ words: realName, value: id }));
  }
  const isForChannels = type.endsWith("channels_select");
  return workspace
    .channels()
    .filter((channel) => !channel.isArchived && workspace.mayRead(member.id, channel))
    .filter((channel) =>
      isForChannels ? channel.kind === "public" : fits(element, workspace.bot.userId, channel),
    )
    .map((channel) => ({
      words: conversationName(workspace, channel, member.id),
      value: channel.id,
    }));
}

const grouped = (answer: JsonObject): Offer[] => [
  ...objectsOf(answer.options).map((one) => ({ words: optionText(one), value: one })),
  ...objectsOf(answer.option_groups).flatMap((group) =>
    optionsOf(group).map((one) => ({
      words: optionText(one),
      value: one,
      group: asString(asObject(group.label).text),
    })),
  ),
];

/** What a menu offers after `typed` was typed into it: the bot's options, or what Slack knows. */
export async function offers(client: Client, here: Here, typed: string): Promise<Offer[]> {
  const { element } = here.placed;
  if (asString(element.type).endsWith("external_select")) {
    return grouped(await suggest(client, here.place, here.placed, typed));
  }
  if (!isOfIds(element)) throw new Error("That menu has nothing to look up.");
  const sought = typed.toLowerCase();
  return knownOffers(client, element).filter(({ words }) => words.toLowerCase().includes(sought));
}
