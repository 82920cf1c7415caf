import type { JsonObject } from "../json.ts";
import { messageJson } from "../message-json.ts";
import type { Channel } from "../workspace.ts";
import { botSees, visibleChannel } from "./channels.ts";
import { ApiError, botMethod, type Call, type Methods } from "./method.ts";

const families = { public: "channels", private: "groups", im: "im" } as const;
const typeNames = { public: "public_channel", private: "private_channel", im: "im" } as const;

const channelJson = (call: Call, channel: Channel): JsonObject => {
  const { bot } = call.core.workspace;
  const shared = {
    id: channel.id,
    is_archived: channel.isArchived,
    is_shared: channel.isShared,
    is_ext_shared: channel.isShared,
    is_org_shared: false,
    is_im: channel.kind === "im",
    is_private: channel.isPrivate,
  };
  if (channel.kind === "im") {
    const user = [...channel.members].find((id) => id !== bot.userId) ?? "";
    return { ...shared, user, is_open: true };
  }
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: true,
    is_group: false,
    is_mpim: false,
    is_general: false,
    is_member: channel.members.has(bot.userId),
    num_members: channel.members.size,
  };
};

/** A part of a list, and where the next part begins. */
const page = <T>(
  call: Call,
  all: readonly T[],
  key: string,
  show: (one: T) => JsonObject | string,
) => {
  const { args } = call;
  const limit = args.count("limit", 100);
  const given = args.text("cursor") ?? "";
  const start = given === "" ? 0 : Number(Buffer.from(given, "base64").toString("utf8").slice(5));
  if (!Number.isInteger(start) || start < 0 || start > all.length) {
    throw new ApiError("invalid_cursor");
  }
  const end = start + limit;
  const next = end < all.length ? Buffer.from(`next:${end}`).toString("base64") : "";
  return {
    [key]: all.slice(start, end).map(show),
    has_more: next !== "",
    response_metadata: { next_cursor: next },
  };
};

const readableChannel = (call: Call, right: "read" | "history"): Channel => {
  const channel = visibleChannel(call, call.args.required("channel"));
  call.need(`${families[channel.kind]}:${right}`);
  return channel;
};

const info = (call: Call): JsonObject => ({
  channel: channelJson(call, readableChannel(call, "read")),
});

const list = (call: Call): JsonObject => {
  const types = (call.args.text("types") ?? "public_channel").split(",").map((one) => one.trim());
  const kinds = (["public", "private", "im"] as const).filter((kind) =>
    types.includes(typeNames[kind]),
  );
  for (const kind of kinds) call.need(`${families[kind]}:read`);
  const found = call.core.workspace
    .channels()
    .filter((channel) => kinds.includes(channel.kind) && botSees(call, channel))
    .filter((channel) => !channel.isArchived || !call.args.isTrue("exclude_archived"));
  const { has_more: _, ...answer } = page(call, found, "channels", (one) => channelJson(call, one));
  return answer;
};

const members = (call: Call): JsonObject => {
  const channel = readableChannel(call, "read");
  const { has_more: _, ...answer } = page(call, [...channel.members], "members", (id) => id);
  return answer;
};

const open = (call: Call): JsonObject => {
  const { core, args } = call;
  const users = (args.text("users") ?? "").split(",").filter((id) => id !== "");
  if (users.length !== 1)
    throw new ApiError(users.length === 0 ? "users_list_not_supplied" : "not_enough_users");
  const person = core.workspace.member(users[0] ?? "");
  if (person === undefined) throw new ApiError("user_not_found");
  const channel = core.workspace.openDirectMessages(core.workspace.bot.userId, person.id);
  const isFull = args.isTrue("return_im");
  return { channel: isFull ? channelJson(call, channel) : { id: channel.id } };
};

const join = (call: Call): JsonObject => {
  const { workspace } = call.core;
  const channel = visibleChannel(call, call.args.required("channel"));
  if (channel.isArchived) throw new ApiError("is_archived");
  if (channel.kind !== "public") throw new ApiError("method_not_supported_for_channel_type");
  workspace.invite(channel.id, workspace.bot.userId);
  return { channel: channelJson(call, workspace.channelOf(channel.id)) };
};

const spoken = (call: Call): { channel: Channel; messages: JsonObject[] } => {
  const channel = readableChannel(call, "history");
  if (!channel.members.has(call.core.workspace.bot.userId)) throw new ApiError("not_in_channel");
  const messages = call.core.messages.of(channel.id).filter((message) => !message.ephemeral);
  return { channel, messages: messages.map((message) => messageJson(call.core, message)) };
};

/** Replies stand in their thread, unless they were sent to the channel, too. */
const isInChannel = ({ ts, thread_ts, subtype }: JsonObject): boolean =>
  thread_ts === undefined || thread_ts === ts || subtype === "thread_broadcast";

const history = (call: Call): JsonObject => {
  const { args } = call;
  const from = args.text("oldest") ?? "0";
  const to = args.text("latest") ?? "9999999999";
  const isWithin = (ts: number): boolean =>
    args.isTrue("inclusive")
      ? ts >= Number(from) && ts <= Number(to)
      : ts > Number(from) && ts < Number(to);
  const found = spoken(call)
    .messages.filter((message) => isInChannel(message) && isWithin(Number(message.ts)))
    .reverse();
  return page(call, found, "messages", (message) => message);
};

const replies = (call: Call): JsonObject => {
  const ts = call.args.required("ts");
  const { messages } = spoken(call);
  const found = messages.filter((message) => message.ts === ts || message.thread_ts === ts);
  if (found.length === 0) throw new ApiError("thread_not_found");
  return page(call, found, "messages", (message) => message);
};

/** Everything with which the bot looks at conversations. The scopes depend on their kind. */
export const conversationMethods: Methods = {
  "conversations.info": botMethod([], ["channel"], info),
  "conversations.list": botMethod([], [], list),
  "conversations.members": botMethod([], ["channel"], members),
  "conversations.open": botMethod(["im:write"], [], open),
  "conversations.join": botMethod(["channels:join"], ["channel"], join),
  "conversations.history": botMethod([], ["channel"], history),
  "conversations.replies": botMethod([], ["channel", "ts"], replies),
};
