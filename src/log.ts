import { isNativeError } from "node:util/types";
import { type Logger as SlackLogger, LogLevel as SlackLogLevel } from "@slack/bolt";
import { pino } from "pino";
import type { LogLevel } from "./config.ts";
import { factsNow } from "./log-context.ts";
import { cutApiKeys } from "./snapshot/api-key-text.ts";

/** What happened, as data and a short sentence. Nothing else in the bot writes to the log. */
export interface Log {
  debug(facts: object, text: string): void;
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/**
 * A log of one JSON line an event. Secrets cannot pass: what looks like one is cut out of every
 * text, wherever it stands. An error is its name, message and stack; what libraries hang on their
 * errors (got: the whole request) is dropped.
 */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  return pino(
    {
      level,
      base: null,
      // Whatever a line says, it tells of which delivery and of which request.
      mixin: factsNow,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (facts) => clean(facts, 0) as Record<string, unknown>,
      },
      hooks: {
        logMethod([facts, text], method) {
          method.apply(this, [facts, scrub(String(text))]);
        },
      },
    },
    { write },
  );
}

const SECRETS = [
  // "APIKey …" and "Bearer …" headers; Slack's tokens; Slack's addresses for answers.
  /(?:apikey|bearer)\s+[^\s"]+/gi,
  /x(?:ox[a-z]|app|wfp)-[\w-]+/g,
  /https?:\/\/[^\s"]*\/(?:commands|actions|workflows|response)\/[^\s"]+/g,
];

/** What JSON leaves raw and a terminal does not show, or shows elsewhere. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/gu;

/** A text without anything that looks like a secret, and without what a terminal does not show. */
export const scrub = (text: string): string =>
  cutApiKeys(SECRETS.reduce((kept, secret) => kept.replace(secret, "[cut]"), text)).replace(
    UNSEEN,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );

/** Facts nest no deeper than this; what lies below is not logged. */
const DEPTH = 8;

function clean(value: unknown, depth: number): unknown {
  if (typeof value === "string") return scrub(value);
  if (isNativeError(value)) {
    const { name, message, stack = "" } = value;
    return { name: scrub(name), message: scrub(message), stack: scrub(stack) };
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEPTH) return "[deeper]";
  if (Array.isArray(value)) return value.map((item) => clean(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [scrub(key), clean(member, depth + 1)]),
  );
}

/** The same log for Slack's libraries. Their debug lines hold whole payloads: they are left out. */
export function slackLogger(log: Log): SlackLogger {
  const text = (parts: readonly unknown[]): string =>
    parts.map((part) => (isNativeError(part) ? part.message : String(part))).join(" ");
  return {
    debug: () => undefined,
    info: (...parts) => log.debug({ from: "slack" }, text(parts)),
    warn: (...parts) => log.warn({ from: "slack" }, text(parts)),
    error: (...parts) => log.error({ from: "slack" }, text(parts)),
    setLevel: () => undefined,
    getLevel: () => SlackLogLevel.INFO,
    setName: () => undefined,
  };
}
