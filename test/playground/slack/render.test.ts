import { expect, test } from "@jest/globals";
import type { KnownBlock } from "@slack/types";
import type { JsonObject } from "../../../playground/slack/json.ts";
import type { Reader } from "../../../playground/slack/render/reader.ts";
import { renderBlocks } from "../../../playground/slack/render/render.ts";
import { readMrkdwn } from "../../../playground/slack/render/text.ts";

const reader: Reader = {
  timeZone: "Europe/Luxembourg",
  now: Date.UTC(2026, 10, 21, 12, 0),
  personName: (id) => (id === "U0ADA000001" ? "ada" : id),
  groupName: (id) => id,
  channelName: (id) => (id === "C0OPS000001" ? "ops" : id),
};

const inTokyo: Reader = { ...reader, timeZone: "Asia/Tokyo" };

const lines = (...blocks: (KnownBlock | { type: string })[]): string[] =>
  renderBlocks(JSON.parse(JSON.stringify(blocks)) as JsonObject[], reader);

test.each([
  ["<@U0ADA000001> in <#C0OPS000001>", "@ada in #ops"],
  ["<https://docs.example|the docs>", "the docs"],
  ["a &lt;!channel&gt; &amp;amp; b", "a <!channel> &amp; b"],
  ["<!here> &lt;!here&gt;", "@here <!here>"],
  ["*bold* _it_ ~gone~ `code_with_marks`", "bold it gone code_with_marks"],
  ["my_snap_shot 2*3*4 __init__", "my_snap_shot 2*3*4 __init__"],
  ["*<@U0ADA000001>* did it", "@ada did it"],
  ["```\n*raw*```", "\n*raw*"],
  ["<oops>", "<oops>"],
])("%j reads as %j", (source, text) => {
  expect(readMrkdwn(source, reader)).toBe(text);
});

test.each([
  ["{date} at {time}", "November 20th, 2026 at 11:30 PM", "November 21st, 2026 at 7:30 AM"],
  ["{date_short_pretty}", "yesterday", "today"],
  ["{date_long}", "Friday, November 20th, 2026", "Saturday, November 21st, 2026"],
  ["{date_num} {time_secs}", "2026-11-20 11:30:05 PM", "2026-11-21 7:30:05 AM"],
  ["{ago}", "13 hours ago", "13 hours ago"],
  ["{nonsense}", "fallback &", "fallback &"],
])("the date %s reads by the clock of the reader", (format, here, there) => {
  const seconds = Date.UTC(2026, 10, 20, 22, 30, 5) / 1000;
  const token = `<!date^${seconds}^${format}|fallback &amp;>`;

  expect(readMrkdwn(token, reader)).toBe(here);
  expect(readMrkdwn(token, inTokyo)).toBe(there);
});

test("blocks read as lines, from top to bottom", () => {
  const plain = (text: string) => ({ type: "plain_text" as const, text });

  expect(
    lines(
      { type: "header", text: plain("Rename") },
      {
        type: "section",
        text: { type: "mrkdwn", text: "Two\n*lines*" },
        fields: [plain("Old\ndb-1"), plain("New\ndb-2")],
        accessory: { type: "button", action_id: "x", text: plain("More") },
      },
      { type: "divider" },
      { type: "context", elements: [plain("By"), { type: "mrkdwn", text: "<@U0ADA000001>" }] },
      {
        type: "actions",
        elements: [
          { type: "button", action_id: "a", text: plain("Approve") },
          { type: "static_select", action_id: "b", placeholder: plain("Pick"), options: [] },
          { type: "overflow", action_id: "c", options: [{ text: plain("One"), value: "1" }] },
        ],
      },
      { type: "image", alt_text: "A chart", image_url: "https://img.example" },
      {
        type: "table",
        rows: [
          [
            { type: "raw_text", text: "Name" },
            { type: "raw_number", value: 20, text: "20 GiB" },
          ],
        ],
      },
      { type: "nonsense" },
    ),
  ).toEqual([
    "# Rename",
    "Two",
    "lines",
    "Old",
    "db-1",
    "New",
    "db-2",
    "[More]",
    "---",
    "By",
    "@ada",
    "[Approve] [(Pick) ▾] [… One]",
    "[image: A chart]",
    "Name | 20 GiB",
    "[?nonsense]",
  ]);
});

test("rich text reads as it stands, whatever it looks like", () => {
  const text = (value: string) => ({ type: "text" as const, text: value });

  expect(
    lines({
      type: "rich_text",
      elements: [
        {
          type: "rich_text_section",
          elements: [
            text("<!channel> &lt; *x* "),
            { type: "user", user_id: "U0ADA000001" },
            text(" "),
            { type: "date", timestamp: 0, format: "{date_num}", fallback: "then" },
          ],
        },
        {
          type: "rich_text_list",
          style: "ordered",
          elements: [
            { type: "rich_text_section", elements: [text("one")] },
            { type: "rich_text_section", elements: [text("two")] },
          ],
        },
        { type: "rich_text_quote", elements: [text("said\nso")] },
        { type: "rich_text_preformatted", elements: [text('{\n  "a": 1\n}')] },
      ],
    }),
  ).toEqual([
    "<!channel> &lt; *x* @ada 1970-01-01",
    "1. one",
    "2. two",
    "> said",
    "> so",
    "{",
    '  "a": 1',
    "}",
  ]);
});
