import type { Logger as SlackLogger } from "@slack/bolt";
import { LogLevel as SlackLogLevel } from "@slack/bolt";
import { pino } from "pino";
import type { LogLevel } from "./config.ts";

/** What happened, as data and a short sentence. Nothing else in the bot writes to the log. */
export interface Log {
  debug(facts: object, text: string): void;
  info(facts: object, text: string): void;
  warn(facts: object, text: string): void;
  error(facts: object, text: string): void;
}

/**
 * A log of one JSON line an event. Secrets cannot pass: what looks like one is cut out of the
 * finished line, wherever it stood. An error is its name, message and stack; what libraries hang on
 * their errors (got: the whole request) is dropped.
 */
export function createLog(level: LogLevel, write: (line: string) => void): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: errorFacts },
    },
    { write: (line: string) => write(scrub(line)) },
  );
}

const SECRETS = [
  // Gcore API keys; "APIKey …" and "Bearer …" headers; Slack's tokens; Slack's answer addresses.
  /(?<![A-Za-z0-9])\d{1,18}[_$][A-Za-z0-9]{6,}/g,
  /\b(?:apikey|bearer)\s+[^\s"\\]+/gi,
  /\bx(?:ox[a-z]|app|wfp)-[A-Za-z0-9-]+/g,
  /https?:\/\/[^\s"\\]*\/(?:commands|actions|workflows|response)\/[^\s"\\]+/g,
];
const UNSEEN = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** A finished line without secrets and without characters that make it look like another. */
export function scrub(line: string): string {
  const clean = SECRETS.reduce((text, secret) => text.replace(secret, "[cut]"), line);
  return clean.replace(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const errorFacts = (error: unknown): object =>
  error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { message: String(error) };

/** The same log for Slack's libraries. Their debug lines hold whole payloads: they are left out. */
export function slackLogger(log: Log): SlackLogger {
  const text = (parts: readonly unknown[]): string =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(" ");
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
