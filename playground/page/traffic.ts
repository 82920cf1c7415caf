import { bodyOf, curl } from "./curl.ts";
import type { Playground } from "./playground.ts";

const MOST = 60;

/** Something that went over the wire, for the inspector. No API key stands in it. */
export interface Seen {
  readonly id: string;
  readonly kind: "to the bot" | "Web API" | "Gcore";
  readonly title: string;
  /** How it was taken, in a few words. */
  readonly verdict: string;
  readonly isGood: boolean;
  readonly at: number;
  readonly sent: string;
  readonly answer: string;
  /** The same as a command; what is secret is a variable in it. */
  readonly curl: string;
}

const pretty = (value: unknown): string =>
  value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value, null, 2);

const deliveries = ({ slack }: Playground): Seen[] =>
  slack.journal.deliveries.map((one, index) => ({
    id: `d${index}`,
    kind: "to the bot",
    title: one.label,
    verdict: one.failure ?? (one.ms === undefined ? "on its way" : `${one.status}, ${one.ms} ms`),
    isGood: one.failure === undefined && one.violations.length === 0,
    at: one.at,
    sent: [...signature(one.headers), pretty(one.payload)].join("\n"),
    answer: [...one.violations, pretty(one.answer ?? one.body)].join("\n"),
    curl: curl("POST", "$BOT_URL/slack/events", signedHeaders(one.headers), bodyOf(one)),
  }));

/** By what the bot knows that it comes from Slack; over Socket Mode there is none. */
const signature = (headers: Readonly<Record<string, string>>): string[] =>
  Object.entries(headers)
    .filter(([name]) => name.startsWith("x-slack-"))
    .map(([name, value]) => `${name}: ${value}`);

const signedHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> => ({
  "content-type": headers["content-type"] ?? "application/json",
  "x-slack-request-timestamp": "$TIMESTAMP",
  "x-slack-signature": "$SIGNATURE",
});

const calls = ({ slack }: Playground): Seen[] => [
  ...slack.journal.calls.map(
    (one, index): Seen => ({
      id: `c${index}`,
      kind: "Web API",
      title: one.method,
      verdict: one.verdict,
      isGood: one.verdict === "ok",
      at: one.at,
      sent: pretty(one.args),
      answer: pretty(one.answer),
      curl: curl(
        "POST",
        `$SLACK_API_URL/${one.method}`,
        { "content-type": "application/json", authorization: "Bearer $SLACK_BOT_TOKEN" },
        JSON.stringify(one.args),
      ),
    }),
  ),
  ...slack.journal.responsePosts.map(
    (one, index): Seen => ({
      id: `r${index}`,
      kind: "Web API",
      title: "response_url",
      verdict: `${one.status}`,
      isGood: one.status === 200,
      at: one.at,
      sent: pretty(one.body),
      answer: one.answer,
      curl: curl(
        "POST",
        "$RESPONSE_URL",
        { "content-type": "application/json" },
        JSON.stringify(one.body),
      ),
    }),
  ),
];

const requests = ({ gcore }: Playground): Seen[] =>
  gcore.journal.entries.map((one, index) => ({
    id: `g${index}`,
    kind: "Gcore",
    title: `${one.method} ${one.path}`,
    verdict: [one.status ?? "no answer", one.fault].filter(Boolean).join(", "),
    isGood: one.fault === undefined && (one.status ?? 0) < 400,
    at: one.at,
    sent: pretty(one.body),
    answer: pretty(one.answer),
    curl: curl(
      one.method,
      `$GCORE_API_URL${one.path}${one.query === "" ? "" : `?${one.query}`}`,
      {
        authorization: "APIKey $GCORE_API_KEY",
        ...(one.body === undefined ? {} : { "content-type": one.headers["content-type"] ?? "" }),
      },
      one.body === undefined ? undefined : JSON.stringify(one.body),
    ),
  }));

/** What went over the wire last, the newest first, with every API key cut out. */
export function trafficOf(playground: Playground): Seen[] {
  const all = [...deliveries(playground), ...calls(playground), ...requests(playground)]
    .sort((one, other) => other.at - one.at)
    .slice(0, MOST);
  const scrub = (text: string): string => playground.gcore.journal.scrub(text);
  return all.map((one) => ({
    ...one,
    sent: scrub(one.sent),
    answer: scrub(one.answer),
    curl: scrub(one.curl),
  }));
}

/** How much went over the wire so far: it changes when `trafficOf` does. */
export const trafficCount = ({ slack, gcore }: Playground): number =>
  slack.journal.deliveries.filter((one) => one.ms !== undefined).length +
  slack.journal.deliveries.length +
  slack.journal.calls.length +
  slack.journal.responsePosts.length +
  gcore.journal.entries.filter((one) => one.status !== undefined).length +
  gcore.journal.entries.length;
