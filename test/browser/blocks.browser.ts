import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openStage, type Stage, seriousFaults } from "./stage.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  // Nobody taught the bot these elements.
  stage.playground.slack.forgive(/block_actions .*HTTP 404/);
  expect(await stage.end()).toEqual([]);
});

const plain = (text: string) => ({ type: "plain_text", text });
const option = (text: string) => ({ text: plain(text), value: text });

const button = {
  type: "button",
  action_id: "ask",
  text: plain("Ask"),
  confirm: {
    title: plain("Really?"),
    text: plain("It cannot be undone."),
    confirm: plain("Yes"),
    deny: plain("No"),
  },
};

const blocks = [
  { type: "header", text: plain("A header") },
  {
    type: "section",
    text: { type: "mrkdwn", text: "*bold* _slanted_ `code` <@U0ADA000001> &lt;!channel&gt;" },
    fields: [plain("left"), plain("right")],
    accessory: { type: "overflow", action_id: "more", options: [option("One"), option("Two")] },
  },
  { type: "divider" },
  {
    type: "context",
    elements: [
      { type: "image", image_url: "https://example.com/a.png", alt_text: "a cat" },
      plain("small print"),
    ],
  },
  {
    type: "table",
    rows: [
      [
        { type: "raw_text", text: "key" },
        { type: "raw_text", text: "value" },
      ],
      [
        { type: "raw_text", text: "team" },
        { type: "raw_text", text: "core" },
      ],
    ],
  },
  {
    type: "actions",
    elements: [
      button,
      {
        type: "static_select",
        action_id: "pick",
        placeholder: plain("Pick one"),
        options: [option("Red"), option("Blue")],
      },
      { type: "radio_buttons", action_id: "way", options: [option("Left"), option("Right")] },
      { type: "datepicker", action_id: "day", initial_date: "2026-11-21" },
    ],
  },
  {
    type: "rich_text",
    elements: [
      {
        type: "rich_text_section",
        elements: [
          { type: "text", text: "<img src=x> " },
          { type: "color", value: "#ff0000" },
        ],
      },
    ],
  },
];

const post = async ({ playground: { slack } }: Stage): Promise<unknown> => {
  const response = await fetch(`${slack.apiUrl}chat.postMessage`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${slack.botToken}` },
    body: JSON.stringify({ channel: "C0OPS000001", text: "Everything", blocks }),
  });
  return await response.json();
};

const pressed = () =>
  stage.playground.slack.journal.deliveries
    .filter(({ kind }) => kind === "interactive")
    .map(({ label }) => label);

test("elements that the bot does not use yet are drawn, and work", async () => {
  const { page, playground } = stage;
  expect(await post(stage)).toMatchObject({ ok: true });
  const message = page.locator("article");
  await message.getByRole("heading", { name: "A header" }).waitFor();
  expect(await message.locator("strong").textContent()).toBe("bold");
  expect(await message.locator(".mention").allTextContents()).toEqual(["@Ada Reyes"]);
  expect(await message.getByText("<!channel>").count()).toBe(1);
  expect(await message.getByText("▨ a cat").count()).toBe(1);
  expect(await message.getByRole("columnheader").allTextContents()).toEqual(["key", "value"]);
  expect(await message.getByText("<img src=x>").count()).toBe(1);
  expect(await message.locator(".b-unknown").textContent()).toContain('"color"');
  expect(await seriousFaults(page)).toEqual([]);

  await message.getByRole("button", { name: "Ask" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "No" }).click();
  expect(pressed()).toEqual([]);
  await message.getByRole("button", { name: "Ask" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Yes" }).click();
  await playground.slack.until(() => pressed().length === 1);
  await message.getByLabel("Pick one").selectOption("Blue");
  await playground.slack.until(() => pressed().length === 2);
  await message.getByText("⋯").click();
  await page.getByRole("menuitem", { name: "Two" }).click();
  await playground.slack.until(() => pressed().length === 3);
  expect(pressed()).toEqual(["block_actions ask", "block_actions pick", "block_actions more"]);
});
