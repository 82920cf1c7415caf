import type { Core } from "./core.ts";
import type { JsonObject } from "./json.ts";
import type { Message } from "./messages.ts";

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
    ...(message.threadTs === undefined ? {} : { thread_ts: message.threadTs }),
    ...(message.metadata === undefined ? {} : { metadata: message.metadata }),
  };
}
