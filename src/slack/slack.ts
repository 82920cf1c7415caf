import type { ModalView } from "@slack/types";
import {
  type Logger,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from "@slack/web-api";
import type { Message } from "../blocks/kit.ts";

/** Who the bot is, as Slack said when the token was verified. */
export interface Identity {
  readonly botId: string;
  readonly botUserId: string;
  readonly teamId: string;
}

/** What became of a message. Never an error of the library's. */
export type Posted =
  | { readonly kind: "sent" }
  /** Slack will not take it there, however often it is tried. */
  | { readonly kind: "refused"; readonly error: string }
  /** It may be tried again, after `after` milliseconds if Slack said so; it may have arrived. */
  | { readonly kind: "later"; readonly error: string; readonly after: number | null };

/** Everything the bot tells Slack. No message is sent twice by itself. */
export interface Slack {
  /** Verifies the token. @returns who the bot is, Slack's refusal, or that Slack cannot be reached. */
  identify(): Promise<
    | { readonly kind: "known"; readonly identity: Identity }
    | { readonly kind: "refused" | "later"; readonly error: string }
  >;
  /** Opens a modal; `late` when the three seconds for it are over. @throws SlackError */
  openView(triggerId: string, view: ModalView): Promise<"opened" | "late">;
  /** Changes an open modal; `gone` when the person has closed it. @throws SlackError */
  updateView(viewId: string, view: ModalView): Promise<"updated" | "gone">;
  /** Posts in a channel, or to a person when given their id. */
  post(channel: string, message: Message): Promise<Posted>;
  /** Answers the person alone through the address that came with their command. */
  respond(responseUrl: string, message: Message): Promise<Posted>;
}

/** Slack did not do what must not fail. Holds the method and Slack's word for it, nothing else. */
export class SlackError extends Error {
  override name = "SlackError";
}

/** Opening a modal has three seconds in all; a post may take longer. Milliseconds. */
const VIEW_LIMIT = 2_500;
const POST_LIMIT = 10_000;

const LATE = new Set(["expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"]);
const BAD_BLOCKS = new Set(["invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long"]);
const FOR_NOW = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
  "ratelimited",
  "rate_limited",
]);

/** Slack's Web API at `apiUrl`, as the bot that `token` is of. */
export function createSlack(token: string, apiUrl: string, logger: Logger): Slack {
  // Two clients, so that a slow post never holds up a modal. The library's own retries are off:
  // they go on for half an hour and post twice.
  const options = { slackApiUrl: `${apiUrl}/`, logger, rejectRateLimitedCalls: true };
  const views = new WebClient(token, {
    ...options,
    timeout: VIEW_LIMIT,
    retryConfig: { retries: 0 },
  });
  const posts = new WebClient(token, {
    ...options,
    timeout: POST_LIMIT,
    retryConfig: { retries: 0 },
  });
  return {
    async identify() {
      try {
        const { bot_id: botId, user_id: botUserId, team_id: teamId } = await posts.auth.test();
        if (!botId || !botUserId || !teamId) {
          return { kind: "refused", error: "the token is not a bot's" };
        }
        return { kind: "known", identity: { botId, botUserId, teamId } };
      } catch (error) {
        const { error: word, kind } = readError(error);
        return { kind, error: word };
      }
    },
    async openView(triggerId, view) {
      try {
        await views.views.open({ trigger_id: triggerId, view });
        return "opened";
      } catch (error) {
        const { error: word } = readError(error);
        if (LATE.has(word)) return "late";
        throw new SlackError(`views.open: ${word}`);
      }
    },
    async updateView(viewId, view) {
      // The same view twice is the same view: this one call is tried again.
      for (const last of [false, true]) {
        try {
          await views.views.update({ view_id: viewId, view });
          return "updated";
        } catch (error) {
          const { kind, error: word } = readError(error);
          if (word === "not_found") return "gone";
          if (last || kind !== "later") throw new SlackError(`views.update: ${word}`);
        }
      }
      return "gone";
    },
    async post(channel, { text, blocks }) {
      try {
        await posts.chat.postMessage({
          channel,
          text,
          blocks,
          unfurl_links: false,
          unfurl_media: false,
        });
        return { kind: "sent" };
      } catch (error) {
        const refused = readError(error);
        if (!BAD_BLOCKS.has(refused.error)) return refused;
        // Not said at all would be worse than said plainly.
        logger.error(`Slack refused blocks: ${refused.error}`);
        return await posts.chat
          .postMessage({ channel, text, unfurl_links: false, unfurl_media: false })
          .then(() => ({ kind: "sent" }) as const, readError);
      }
    },
    async respond(responseUrl, message) {
      try {
        const response = await fetch(responseUrl, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ ...message, response_type: "ephemeral", replace_original: false }),
          redirect: "error",
          signal: AbortSignal.timeout(POST_LIMIT),
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

function readError(error: unknown): Exclude<Posted, { kind: "sent" }> {
  if (error instanceof WebAPIPlatformError) {
    const word = error.data.error;
    return FOR_NOW.has(word)
      ? { kind: "later", error: word, after: null }
      : { kind: "refused", error: word };
  }
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "later", error: "ratelimited", after: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIHTTPError) {
    return { kind: "later", error: `HTTP ${error.statusCode}`, after: null };
  }
  if (error instanceof WebAPIRequestError) {
    return { kind: "later", error: "no answer", after: null };
  }
  throw error;
}
