import type { Channel } from "../workspace.ts";
import { ApiError, type Call } from "./method.ts";

/** Whether the bot can know that the conversation exists. */
export const botSees = (call: Call, channel: Channel): boolean =>
  channel.kind === "public" || channel.members.has(call.core.workspace.bot.userId);

/** The conversation with that id, if the bot can see it. */
export function visibleChannel(call: Call, id: string): Channel {
  const channel = call.core.workspace.channel(id);
  if (channel === undefined || !botSees(call, channel)) throw new ApiError("channel_not_found");
  return channel;
}

/**
 * The conversation in which the bot is to speak. It may be given as an id, as the name of a public
 * channel, or as a person, whom the bot then writes to directly.
 */
export function channelToPostIn(call: Call, given: string): Channel {
  const { workspace } = call.core;
  const person = workspace.member(given);
  const byName = workspace.channelNamed(given);
  const channel =
    person !== undefined && !person.isStranger
      ? workspace.openDirectMessages(workspace.bot.userId, person.id)
      : (workspace.channel(given) ?? (byName?.kind === "public" ? byName : undefined));
  if (channel === undefined || !botSees(call, channel)) throw new ApiError("channel_not_found");
  return mayPost(call, channel);
}

/** The same conversation, unless the bot may not speak there. */
export function mayPost(call: Call, channel: Channel): Channel {
  const { workspace, scopes } = call.core;
  if (channel.isArchived) throw new ApiError("is_archived");
  if (channel.kind === "im" && !call.core.features.hasMessagesTab) {
    throw new ApiError("messages_tab_disabled");
  }
  if (!channel.members.has(workspace.bot.userId) && !scopes.has("chat:write.public")) {
    throw new ApiError("not_in_channel");
  }
  return channel;
}
