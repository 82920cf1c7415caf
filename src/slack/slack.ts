import type { Logger } from "@slack/web-api";
import { readError } from "./errors.ts";
import { type Files, filesThrough } from "./files.ts";
import { type Messages, messagesThrough, type Posted } from "./messages.ts";
import { type People, peopleThrough } from "./people.ts";
import { type Views, viewsThrough } from "./views.ts";
import { type Called, WatchedClient } from "./watched-client.ts";

/** Who the bot is, as Slack said when the token was verified. */
export interface Identity {
  readonly botId: string;
  readonly botUserId: string;
  readonly teamId: string;
  readonly enterpriseId: string | null;
}

/** Everything the bot asks of Slack. */
export interface Slack extends Views, Messages, People, Files {
  /** Whether the token was verified: before that nobody can be told from an outsider. */
  isVerified(): boolean;
  /** Verifies the token. @returns who the bot is, Slack's refusal, or that Slack cannot be reached. */
  identify(): Promise<
    | { readonly kind: "known"; readonly identity: Identity }
    | { readonly kind: "refused" | "later"; readonly error: string }
  >;
}

/** What a person waits for has three seconds in all; a post may take longer. Milliseconds. */
const AT_ONCE = 2_500;
const POST_LIMIT = 10_000;

/** Slack's Web API at `apiUrl`, as the bot that `token` is of. @param onCall is told of each call */
export function createSlack(
  token: string,
  apiUrl: string,
  logger: Logger,
  onCall: (called: Called) => void = () => undefined,
): Slack {
  // Two clients, so that a slow post never holds up a modal.
  const client = (timeout: number): WatchedClient =>
    new WatchedClient(token, { apiUrl, logger, timeout, onCall });
  const quick = client(AT_ONCE);
  const posts = client(POST_LIMIT);
  const messages = messagesThrough(posts, logger, POST_LIMIT);
  let home: Identity | undefined;
  return {
    ...viewsThrough(quick),
    ...messages,
    async respond(...what) {
      const began = performance.now();
      const posted = await messages.respond(...what);
      onCall({
        method: "response_url",
        outcome: outcomeOf(posted),
        took: performance.now() - began,
      });
      return posted;
    },
    ...filesThrough(posts),
    ...peopleThrough(quick, () => home),
    isVerified: () => home !== undefined,
    async identify() {
      try {
        const answer = await posts.auth.test();
        const { bot_id: botId, user_id: botUserId, team_id: teamId } = answer;
        if (!botId || !botUserId || !teamId) {
          return { kind: "refused", error: "the token is not a bot's" };
        }
        home = { botId, botUserId, teamId, enterpriseId: answer.enterprise_id ?? null };
        return { kind: "known", identity: home };
      } catch (error) {
        const { error: word, kind } = readError(error);
        return { kind, error: word };
      }
    },
  };
}

const outcomeOf = (posted: Posted): Called["outcome"] => {
  if (posted.kind === "sent") return "ok";
  if (posted.error === "HTTP 429") return "ratelimited";
  return posted.kind === "refused" ? "refused" : "none";
};
