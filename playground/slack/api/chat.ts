import { type Content, isRefusal, type Refusal, readContent } from "../content.ts";
import { type JsonObject, parseJson } from "../json.ts";
import { messageJson } from "../message-json.ts";
import type { Message } from "../messages.ts";
import { channelToPostIn, mayPost, visibleChannel } from "./channels.ts";
import { ApiError, botMethod, type Call, type Methods } from "./method.ts";

const UPDATE_LIMIT = 4000;
const ATTACHMENT_LIMIT = 100;
const METADATA_BYTES = 16_000;

const refused = ({ error, errors }: Refusal): ApiError =>
  new ApiError(
    error,
    errors.length === 0
      ? {}
      : {
          errors: [...errors],
          response_metadata: { messages: errors.map((one) => `[ERROR] ${one}`) },
        },
  );

/** The answer to content that no bot should send; it is written down, too. */
const unfit = ({ core, method }: Call, error: string): ApiError => {
  core.journal.violate(`${method}: ${error}`);
  return new ApiError(error);
};

/** What the call wants to say, or Slack's error if it may not be said like that. */
const contentOf = (call: Call): Content => {
  const { args, core } = call;
  const given = args.all.blocks;
  if (typeof given === "string" && given !== "" && parseJson(given) === undefined) {
    core.journal.violate(`${call.method}: blocks that are no JSON`);
    throw new ApiError("invalid_blocks_format");
  }
  if (args.has("markdown_text") && (args.has("text") || args.has("blocks"))) {
    throw unfit(call, "markdown_text_conflict");
  }
  const attachments = args.json("attachments");
  if (Array.isArray(attachments) && attachments.length > ATTACHMENT_LIMIT) {
    throw unfit(call, "too_many_attachments");
  }
  if (args.isTrue("link_names") || args.text("parse") === "full") {
    core.journal.violate(`${call.method}: names in texts of others would come alive`);
  }
  const text = args.text("text") ?? args.text("markdown_text");
  const content = readContent(core, { text, blocks: args.json("blocks") }, call.method);
  if (isRefusal(content)) throw refused(content);
  return content;
};

const needWords = (call: Call, { text, blocks }: Content): void => {
  if ((text ?? "") === "" && (blocks?.length ?? 0) === 0) throw unfit(call, "no_text");
};

const keepShort = (call: Call, { text }: Content): void => {
  if ((text?.length ?? 0) > UPDATE_LIMIT) throw unfit(call, "msg_too_long");
};

const truncated = ({ isTruncated }: Content): JsonObject =>
  isTruncated
    ? {
        warning: "message_truncated",
        response_metadata: { warnings: ["message_truncated"] },
      }
    : {};

const threadOf = (call: Call, channel: string): Pick<Message, "threadTs" | "isBroadcast"> => {
  const threadTs = call.args.text("thread_ts");
  if (threadTs === undefined || threadTs === "") return {};
  const parent = call.core.messages.find(channel, threadTs);
  if (parent === undefined) throw new ApiError("thread_not_found");
  if (parent.ephemeral) throw new ApiError("cannot_reply_to_message");
  const isBroadcast = call.args.isTrue("reply_broadcast");
  return { threadTs: parent.threadTs ?? parent.ts, ...(isBroadcast ? { isBroadcast } : {}) };
};

const metadataOf = (call: Call): { metadata?: JsonObject } => {
  if (!call.args.has("metadata")) return {};
  const metadata = call.args.object("metadata");
  if (metadata === undefined || typeof metadata.event_type !== "string") {
    throw unfit(call, "invalid_metadata_format");
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES) {
    throw unfit(call, "metadata_too_large");
  }
  return { metadata };
};

/** A message that is there, is not ephemeral, and that the bot wrote. */
const ownMessage = (call: Call, error: string): Message => {
  const { core, args } = call;
  const channel = visibleChannel(call, args.required("channel"));
  const message = core.messages.find(channel.id, args.required("ts"));
  if (message === undefined || message.ephemeral) throw new ApiError("message_not_found");
  if (message.user !== core.workspace.bot.userId) throw new ApiError(error);
  return message;
};

const postMessage = (call: Call): JsonObject => {
  const { core, args } = call;
  const content = contentOf(call);
  if (!args.has("attachments")) needWords(call, content);
  const channel = channelToPostIn(call, args.required("channel"));
  const more = { ...threadOf(call, channel.id), ...metadataOf(call) };
  const wait = core.limits.secondsToWait(channel.id);
  if (wait > 0) throw new ApiError("ratelimited", {}, wait);
  const message = core.messages.post({
    ...more,
    channel: channel.id,
    user: core.workspace.bot.userId,
    text: content.text ?? "",
    blocks: content.blocks ?? [],
  });
  const answer = { channel: channel.id, ts: message.ts, message: messageJson(core, message) };
  return { ...answer, ...truncated(content) };
};

const update = (call: Call): JsonObject => {
  const { core } = call;
  const content = contentOf(call);
  const message = ownMessage(call, "cant_update_message");
  if (core.workspace.channelOf(message.channel).isArchived) throw new ApiError("is_inactive");
  needWords(call, content);
  keepShort(call, content);
  // Not the same as empty: a text alone leaves the old blocks, buttons and all, where they are.
  const blocks = content.blocks ?? message.blocks;
  const text = content.text ?? "";
  const edited = core.messages.edit(message.channel, message.ts, { text, blocks });
  const answer = { channel: edited.channel, ts: edited.ts, text: edited.text };
  return { ...answer, message: messageJson(core, edited) };
};

const postEphemeral = (call: Call): JsonObject => {
  const { core, args } = call;
  const content = contentOf(call);
  needWords(call, content);
  keepShort(call, content);
  const channel = mayPost(call, visibleChannel(call, args.required("channel")));
  const user = args.required("user");
  if (!channel.members.has(user)) throw new ApiError("user_not_in_channel");
  const message = core.messages.post({
    ...threadOf(call, channel.id),
    channel: channel.id,
    user: core.workspace.bot.userId,
    visibleTo: user,
    text: content.text ?? "",
    blocks: content.blocks ?? [],
  });
  return { message_ts: message.ts };
};

const remove = (call: Call): JsonObject => {
  const message = ownMessage(call, "cant_delete_message");
  call.core.messages.remove(message.channel, message.ts);
  return { channel: message.channel, ts: message.ts };
};

const getPermalink = (call: Call): JsonObject => {
  const { core, args } = call;
  const channel = visibleChannel(call, args.required("channel"));
  const message = core.messages.find(channel.id, args.required("message_ts"));
  if (message === undefined || message.ephemeral) throw new ApiError("message_not_found");
  const site = `https://${core.workspace.team.domain}.slack.com`;
  const permalink = `${site}/archives/${channel.id}/p${message.ts.replace(".", "")}`;
  return { channel: channel.id, permalink };
};

/** Everything with which the bot speaks in conversations. */
export const chatMethods: Methods = {
  "chat.postMessage": botMethod(["chat:write"], ["channel"], postMessage),
  "chat.update": botMethod(["chat:write"], ["channel", "ts"], update),
  "chat.postEphemeral": botMethod(["chat:write"], ["channel", "user"], postEphemeral),
  "chat.delete": botMethod(["chat:write"], ["channel", "ts"], remove),
  "chat.getPermalink": botMethod([], ["channel", "message_ts"], getPermalink),
};
