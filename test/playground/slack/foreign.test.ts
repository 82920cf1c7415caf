import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { WebClient } from "@slack/web-api";
import { channels, type LocalSlack, people, startSlack } from "../../../playground/slack/slack.ts";
import { section } from "./views.ts";

let slack: LocalSlack;
let client: WebClient;
beforeEach(async () => {
  slack = await startSlack();
  client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl });
});
afterEach(async () => {
  await slack.stop();
  expect(slack.violations()).toEqual([]);
});

const post = (text: string, blocks: object[] = []) =>
  client.chat.postMessage({ channel: channels.ops, text, blocks } as never);

const richText = (...elements: object[]) => ({
  type: "rich_text",
  elements: [{ type: "rich_text_section", elements }],
});

describe("a text of somebody else that came alive is noted", () => {
  test.each([
    ["<!channel>", "live <!channel>"],
    ["hey <!here|here>", "live <!here>"],
    ["<!everyone>", "live <!everyone>"],
    ["<!subteam^S0APPROVERS>", "live <!subteam^S0APPROVERS>"],
    ["<https://evil.example|https://bank.example>", "live link to https://evil.example"],
    ["<https://evil.example>", "live link to https://evil.example"],
    ["<mailto:a@b.example|me>", "live link to mailto:a@b.example"],
    ["<@U0NOBODY001>", "live mention of nobody (U0NOBODY001)"],
    ["<#C0NOWHERE01>", "live mention of no channel (C0NOWHERE01)"],
    ["<script>", "unescaped <script>"],
    ["<!date^1^{date}^https://evil.example|then>", "live link to https://evil.example"],
  ])("%s", async (hostile, complaint) => {
    await post(hostile, [section(hostile)]);

    expect(slack.forgive(/./)).toEqual([
      expect.stringContaining(`chat.postMessage: ${complaint} in text: `),
      expect.stringContaining(`chat.postMessage: ${complaint} in /blocks/0/text/text: `),
    ]);
  });

  test("in rich text, where it is an element", async () => {
    await post("x", [
      richText(
        { type: "broadcast", range: "here" },
        { type: "link", url: "https://evil.example" },
        { type: "usergroup", usergroup_id: "S1" },
        { type: "user", user_id: "U0NOBODY001" },
      ),
    ]);

    expect(slack.forgive(/./)).toHaveLength(4);
  });

  test("in a text that is not marked up, where only characters can mislead", async () => {
    await post("x", [{ type: "section", fields: [{ type: "plain_text", text: "a\u202eb" }] }]);

    expect(slack.forgive(/./)).toEqual([
      'chat.postMessage: character U+202E in a text at /blocks/0/fields/0/text: "a\u202eb"',
    ]);
  });
});

test.each([
  ["a control character", "a\u0007b"],
  ["a carriage return", "a\rb"],
  ["a C1 control", "a\u0085b"],
  ["an override", "a\u202eb"],
  ["an isolate", "a\u2066b"],
  ["a zero-width space", "a\u200bb"],
  ["a zero-width joiner between letters", "a\u200db"],
  ["a byte order mark", "\ufeffa"],
  ["a word joiner", "a\u2060b"],
])("%s that nobody can see is noted", async (_, text) => {
  await post(text, [richText({ type: "text", text })]);

  expect(slack.forgive(/character U\+/)).toHaveLength(2);
});

test.each([
  ["encoded tokens", "&lt;!channel&gt; &lt;https://evil.example|x&gt; &amp;lt;"],
  ["people and channels of the workspace", `<@${people.ada}> in <#${channels.ops}|ops>`],
  ["the bot itself", "<@U0SNAPBOT01>"],
  ["dates", "<!date^1392734382^{date} at {time}|then>"],
  ["links to messages of the workspace", "<https://snapshot-cloud.slack.com/archives/C1/p1|it>"],
  ["an emoji of several people", "👩\u200d🚒 and 👩🏽\u200d💻"],
  ["lines and tabs", "a\n\tb"],
  ["a lonely bracket", "3 < 4"],
])("%s are fine", async (_, text) => {
  await post(text, [section(text)]);

  expect(slack.violations()).toEqual([]);
});

test("text that is not marked up may look like a token", async () => {
  const text = "<!channel> <https://evil.example|x>";

  await post("x", [
    { type: "header", text: { type: "plain_text", text } },
    richText({ type: "text", text }, { type: "user", user_id: people.ben }),
  ]);

  expect(slack.violations()).toEqual([]);
});
