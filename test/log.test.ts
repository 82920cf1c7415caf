import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import got from "got";
import { listen } from "../playground/loopback.ts";
import type { LogLevel } from "../src/config.ts";
import { createLog, type Log, scrub, slackLogger } from "../src/log.ts";

const HIDDEN = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const CANARIES = {
  key: `29841_${HIDDEN}`,
  "old key": `29841$${HIDDEN}`,
  "header of a key": `APIKey ${HIDDEN}`,
  "bearer header": `Bearer ${HIDDEN}`,
  "bot token": `xoxb-1-${HIDDEN}`,
  "user token": `xoxp-1-${HIDDEN}`,
  "app token": `xapp-1-${HIDDEN}`,
  "refresh token": `xoxe-1-${HIDDEN}`,
  "answer address": `https://hooks.slack.com/commands/T1/1/${HIDDEN}`,
  "action address": `https://hooks.slack.com/actions/T1/1/${HIDDEN}`,
} as const;
const canaries = Object.entries(CANARIES);

/** What `use` writes: each write is one piece. */
function written(use: (log: Log) => void, level: LogLevel = "debug"): string[] {
  const lines: string[] = [];
  use(createLog(level, (line) => lines.push(line)));
  return lines;
}
const lineOf = (facts: object, text = "text"): string => {
  const lines = written((log) => log.info(facts, text));
  expect(lines).toHaveLength(1);
  return lines[0] ?? "";
};

describe("A line of the log", () => {
  test("is JSON with its time in UTC, its level, its facts and its text", () => {
    const line = JSON.parse(lineOf({ request: "r1", state: "applied" }, "It is done")) as object;
    expect(line).toEqual({
      level: "info",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      request: "r1",
      state: "applied",
      msg: "It is done",
    });
  });

  test("is written from its level on", () => {
    const all = (log: Log): void => {
      log.debug({}, "1");
      log.info({}, "2");
      log.warn({}, "3");
      log.error({}, "4");
    };
    const texts = (level: LogLevel) =>
      written(all, level).map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(texts("debug")).toEqual(["1", "2", "3", "4"]);
    expect(texts("warn")).toEqual(["3", "4"]);
    expect(texts("error")).toEqual(["4"]);
  });

  test("has of an error its name, message and stack, and nothing that hangs on it", () => {
    const error = Object.assign(new TypeError("trouble"), {
      options: { headers: { authorization: "hidden" } },
      cause: new Error("hidden"),
    });
    const line = lineOf({ error });
    expect(JSON.parse(line)).toMatchObject({
      error: { name: "TypeError", message: "trouble", stack: expect.stringContaining("log.test") },
    });
    expect(line).not.toContain("hidden");
    expect(JSON.parse(lineOf({ error: "just text" }))).toMatchObject({
      error: "just text",
    });
  });
});

describe("A secret never comes out", () => {
  test.each(canaries)("%s: wherever it stands", (_name, secret) => {
    const error = new Error(`It was ${secret}.`);
    const hung = Object.assign(new Error("hung"), {
      options: { headers: { authorization: secret } },
    });
    const cyclic: Record<string, unknown> = { secret };
    cyclic.self = cyclic;
    const facts: readonly object[] = [
      { fact: secret },
      { fact: `before ${secret} after` },
      { deep: { deeper: [{ headers: { authorization: secret } }] } },
      { [secret]: 1 },
      { error },
      { err: error },
      { error: hung },
      { err: hung },
      { nested: { error: hung, list: [hung] } },
      { json: JSON.stringify({ body: JSON.stringify({ secret }) }) },
      { url: `https://x.example/?key=${secret}&y=1` },
      { quoted: `"${secret}"`, apart: `(${secret})`, dash: `—${secret}—`, equals: `k=${secret}` },
      cyclic,
    ];
    for (const one of facts) expect(lineOf(one)).not.toContain(HIDDEN);
    expect(lineOf({}, `text ${secret}`)).not.toContain(HIDDEN);
    expect(lineOf({}, secret)).not.toContain(HIDDEN);
    expect(scrub(`plain text ${secret}`)).not.toContain(HIDDEN);
  });

  test.each(canaries)(
    "%s: at the start of a line, after a tab and after any control",
    (_name, secret) => {
      for (const before of ["\n", "\r\n", "\t", "\b", "\f", "\u001b", "\u0000", "\\", "\\n"]) {
        const text = `It was:${before}${secret}`;
        expect(typeof JSON.parse(lineOf({ text }))).toBe("object");
        expect(lineOf({ text })).not.toContain(HIDDEN);
        expect(lineOf({ error: new Error(text) })).not.toContain(HIDDEN);
        expect(lineOf({ body: JSON.stringify({ text }) })).not.toContain(HIDDEN);
      }
    },
  );

  test.each(canaries.filter(([name]) => /^(?:old )?key$|token/.test(name)))(
    "%s: right after a letter",
    (_name, secret) => {
      expect(lineOf({ text: `key${secret}` })).not.toContain(HIDDEN);
    },
  );

  test("a key that the bot takes as one does not come out, whatever its secret is made of", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9_$-]{12,60}$/);
    fc.assert(
      fc.property(secret, fc.constantFrom("_", "$"), (hidden, separator) => {
        const line = lineOf({ text: `29841${separator}${hidden}` });
        expect(line).not.toContain(hidden.slice(-8));
      }),
    );
  });

  test("[pagerbot#50] got's errors, which hold the whole request, show nothing of it", async () => {
    const server = await listen({ handle: () => ({ status: 500, body: "no" }) });
    const error = await got(server.url, {
      headers: { authorization: `APIKey ${CANARIES.key}`, "x-other": CANARIES["bot token"] },
      retry: { limit: 0 },
    }).catch((reason: unknown) => reason);
    await server.stop();
    expect(error).toBeInstanceOf(Error);
    for (const facts of [{ error }, { err: error }, { deep: { error } }, { deep: [error] }]) {
      expect(lineOf(facts)).not.toContain(HIDDEN);
    }
    expect(lineOf({ error })).not.toContain("authorization");
  });

  test("and what is no secret is left as it is", () => {
    const facts = {
      id: "5ed275b8-7eed-4722-8c98-777191d4e003",
      date: "2024_01_01",
      project: 1186668,
      build: "build=1234",
      url: "https://portal.gcore.com/cloud/volumes",
    };
    expect(JSON.parse(lineOf(facts))).toMatchObject(facts);
  });
});

describe("One event is one line", () => {
  const unseen = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b-\u200d\u2060\ufeff]/u;
  const nasty = fc
    .array(
      fc.oneof(
        fc.constantFrom("\n", "\r", "\u2028", "\u2029", "\u0085", "\u001b[2J", "\u0000", "\u007f"),
        fc.constantFrom("\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u200b", "\ufeff"),
        fc.constantFrom('"', "\\", "\\n", '","level":"error', "é", "😀"),
        fc.string({ unit: "grapheme", maxLength: 3 }),
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join(""));

  test("whatever is in it", () => {
    fc.assert(
      fc.property(nasty, nasty, nasty, (key, value, text) => {
        const error = new Error(value);
        error.stack = text;
        const line = lineOf({ [key]: value, deep: [{ [value]: key }], error }, text);
        expect(line.endsWith("\n")).toBe(true);
        expect(line.slice(0, -1)).not.toMatch(unseen);
        expect(typeof JSON.parse(line)).toBe("object");
      }),
      { numRuns: 300 },
    );
  });

  test("without any character that turns the direction of others", () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const one = String.fromCharCode(code);
      if (!/\p{Bidi_Control}/u.test(one)) continue;
      expect([code.toString(16), scrub(`a${one}b`).includes(one)]).toEqual([
        code.toString(16),
        false,
      ]);
    }
  });
});

describe("The log of Slack's libraries", () => {
  test("is the same log, without their debug lines", () => {
    const lines = written((log) => {
      const slack = slackLogger(log);
      slack.debug("payload", CANARIES.key);
      slack.info("connected", 3);
      slack.warn(new Error(`warned of ${CANARIES["bot token"]}`));
      slack.error("it broke", { a: 1 }, new Error("why\nnot"));
      slack.setName("x");
    });
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: "debug", from: "slack", msg: "connected 3" },
      { level: "warn", from: "slack", msg: "warned of [cut]" },
      { level: "error", from: "slack", msg: expect.stringContaining("why\nnot") },
    ]);
    expect(lines.join("")).not.toContain(HIDDEN);
  });
});
