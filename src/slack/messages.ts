import type { Logger, WebClient } from "@slack/web-api";
import type { Message } from "../blocks/kit.ts";
import { type Refusal, readError } from "./errors.ts";

/** Where a message stands. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** What became of a message; `place`: where it stands, when it can be changed there. */
export type Posted = { readonly kind: "sent"; readonly place?: Place } | Refusal;

/** What the bot says. No message is sent twice by itself. */
export interface Messages {
  /** Posts in a channel, or to a person when given their id; below the message `threadTs`, if given. */
  post(channel: string, message: Message, threadTs?: string): Promise<Posted>;
  /** Changes a message that the bot has posted, buttons and all. */
  update(place: Place, message: Message): Promise<Posted>;
  /**
   * Answers the person alone through the address that came with their command or click, `beside` the
   * message that was clicked or `instead` of it.
   */
  respond(responseUrl: string, message: Message, where?: "beside" | "instead"): Promise<Posted>;
}

const BAD_BLOCKS = new Set(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"]);

/** Messages through this client; `limit` is how long one may take, in milliseconds. */
export function messagesThrough(client: WebClient, logger: Logger, limit: number): Messages {
  /** Not said at all would be worse than said plainly: what Slack cannot show goes as one line. */
  const say = async (
    send: (blocks: Message["blocks"]) => Promise<Posted>,
    { blocks }: Message,
  ): Promise<Posted> => {
    const posted = await send(blocks).catch(readError);
    if (posted.kind === "sent" || !BAD_BLOCKS.has(posted.error)) return posted;
    logger.error(`Slack refused blocks: ${posted.error}`);
    return await send([]).catch(readError);
  };
  return {
    post: (channel, message, threadTs) =>
      say(async (blocks) => {
        const answer = await client.chat.postMessage({
          channel,
          text: message.text,
          ...(blocks.length === 0 ? {} : { blocks }),
          ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
          unfurl_links: false,
          unfurl_media: false,
        });
        const { channel: where, ts } = answer;
        return where && ts ? { kind: "sent", place: { channel: where, ts } } : { kind: "sent" };
      }, message),
    update: ({ channel, ts }, message) =>
      say(async (blocks) => {
        // Without `blocks` Slack would leave the old ones standing, with their buttons.
        await client.chat.update({ channel, ts, text: message.text, blocks });
        return { kind: "sent" };
      }, message),
    async respond(responseUrl, message, where = "beside") {
      try {
        const response = await fetch(responseUrl, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({
            ...message,
            response_type: "ephemeral",
            replace_original: where === "instead",
          }),
          redirect: "error",
          signal: AbortSignal.timeout(limit),
        });
        await response.arrayBuffer();
        if (response.ok) return { kind: "sent" };
        const error = `HTTP ${response.status}`;
        return response.status === 429 || response.status >= 500
          ? { kind: "later", error, after: null }
          : { kind: "refused", error };
      } catch {
        return { kind: "later", error: "no answer", after: null };
      }
    },
  };
}
