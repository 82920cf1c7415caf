import { aheadOf, type Clock } from "../clock.ts";
import { err, ok, type Result } from "../problem.ts";

/** Why Slack said nothing of use: it refused, in its word, or there was no answer of Slack's. */
export interface NotTold {
  readonly kind: "refused" | "silent";
  readonly word: string;
}

/** An answer, and how far our clock is ahead of Slack's, in milliseconds, if that could be seen. */
export interface Told<T> {
  readonly answer: Result<T, NotTold>;
  readonly ahead: number | null;
}

/** Whose the bot's token is, and what it may do. */
export interface Installed {
  readonly name: string;
  readonly team: string;
  readonly isBot: boolean;
  readonly scopes: readonly string[];
}

/** A channel as the bot sees it. */
export interface ChannelSeen {
  readonly name: string;
  readonly isMember: boolean;
  readonly isArchived: boolean;
}

/** What can be asked of Slack about the app itself. Nothing is changed by it. */
export interface Inspection {
  installed(botToken: string): Promise<Told<Installed>>;
  channel(botToken: string, id: string): Promise<Told<ChannelSeen>>;
  /** Whether this app-level token opens Socket Mode; no connection is made. */
  mayConnect(appToken: string): Promise<Told<null>>;
}

interface Heard {
  readonly body: Readonly<Record<string, unknown>>;
  readonly scopes: readonly string[];
}

/**
 * Asks Slack's Web API at `apiUrl`, and waits for each answer no longer than `limit` milliseconds.
 * The library's client keeps the headers of an answer to itself; scopes and time stand in them.
 */
export function inspectSlack(apiUrl: string, clock: Clock, limit: number): Inspection {
  const ask = async <T>(
    method: string,
    token: string,
    read: (heard: Heard) => T,
    args: Record<string, string> = {},
  ): Promise<Told<T>> => {
    const sent = clock.now();
    try {
      const response = await fetch(`${apiUrl}/${method}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: new URLSearchParams(args),
        redirect: "error",
        signal: AbortSignal.timeout(limit),
      });
      const ahead = aheadOf(response.headers.get("date"), sent, clock.now());
      const body = asRecord(await response.json().catch(() => null));
      if (typeof body.ok !== "boolean") return { answer: silent(`HTTP ${response.status}`), ahead };
      if (!body.ok) return { answer: err({ kind: "refused", word: String(body.error) }), ahead };
      const scopes = (response.headers.get("x-oauth-scopes") ?? "").split(/[\s,]+/);
      return { answer: ok(read({ body, scopes: scopes.filter((one) => one !== "") })), ahead };
    } catch (error) {
      return { answer: silent(causeOf(error)), ahead: null };
    }
  };
  return {
    installed: (botToken) =>
      ask("auth.test", botToken, ({ body, scopes }) => ({
        name: String(body.user),
        team: String(body.team),
        isBot: typeof body.bot_id === "string",
        scopes,
      })),
    channel: (botToken, id) =>
      ask("conversations.info", botToken, ({ body }) => seenIn(asRecord(body.channel)), {
        channel: id,
      }),
    mayConnect: (appToken) => ask("apps.connections.open", appToken, () => null),
  };
}

const seenIn = (channel: Readonly<Record<string, unknown>>): ChannelSeen => ({
  name: String(channel.name),
  isMember: channel.is_member === true,
  isArchived: channel.is_archived === true,
});

const silent = (word: string): Result<never, NotTold> => err({ kind: "silent", word });

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** fetch hides the cause in its error: `ENOTFOUND`, `CERT_HAS_EXPIRED`. */
function causeOf(error: unknown): string {
  const { name, cause } = asRecord(error);
  return String(name === "TimeoutError" ? "ETIMEDOUT" : (asRecord(cause).code ?? name));
}
