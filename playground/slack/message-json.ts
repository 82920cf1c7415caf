import type { Core } from "./core.ts";
import { fileJson } from "./files.ts";
import type { JsonObject } from "./json.ts";
import type { Message } from "./messages.ts";

/** What is told of the thread that a message begins, or is a reply in. */
const threadJson = (core: Core, { channel, ts, threadTs, isBroadcast }: Message): JsonObject => {
  if (threadTs !== undefined) {
    const parent = core.messages.find(channel, threadTs)?.user;
    return {
      thread_ts: threadTs,
      ...(parent === undefined ? {} : { parent_user_id: parent }),
      ...(isBroadcast === true ? { subtype: "thread_broadcast" } : {}),
    };
  }
  const replies = core.messages.replies(channel, ts);
  const last = replies.at(-1);
  if (last === undefined) return {};
  const users = [...new Set(replies.map((one) => one.user))];
  return {
    thread_ts: ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: last.ts,
    is_locked: false,
    subscribed: false,
  };
};

/** A message as Slack hands it to the bot, in answers and in payloads. */
export function messageJson(core: Core, message: Message): JsonObject {
  const { bot, appId, team } = core.workspace;
  const isBots = message.user === bot.userId;
  return {
    type: "message",
    user: message.user,
    ...(isBots ? { bot_id: bot.botId, app_id: appId } : {}),
    text: message.text,
    team: team.id,
    ts: message.ts,
    ...(message.blocks.length > 0 ? { blocks: [...message.blocks] } : {}),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.files === undefined ? {} : { files: message.files.map(fileJson) }),
    ...threadJson(core, message),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
  };
}
