import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { HomeView, KnownBlock } from "@slack/types";
import type { Locator } from "playwright-core";
import { asObject, type JsonObject, objectsOf } from "../../playground/slack/json.ts";
import { type AppStage, openAppStage, option, plain } from "./app-stage.ts";
import { asActions, asInputs, buttons, readers } from "./every-element.ts";
import { seriousFaults } from "./stage.ts";

let stage: AppStage;

/** An app that answers everything, and knows some cities. */
beforeEach(async () => {
  const features = { hasHomeTab: true, events: ["app_home_opened"] };
  stage = await openAppStage({ features });
  stage.app.action(/./, async ({ ack }) => ack());
  stage.app.options(/./, async ({ ack, payload }) => {
    const cities = ["Lisbon", "Limassol"].filter((city) => city.startsWith(payload.value));
    await ack({ options: cities.map(option) });
  });
});

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

/** Chooses something in every element, in the order in which they stand. */
const chooseEverything = async (place: Locator): Promise<void> => {
  const { page } = stage;
  const menu = (name: string) =>
    place.getByRole("combobox", { name: new RegExp(`^${name}( \\(optional\\))?$`) });
  const pick = async (name: string, words: string, typed?: string): Promise<void> => {
    await menu(name).click();
    if (typed !== undefined) await menu(name).pressSequentially(typed);
    await page.locator(".found").getByRole("option", { name: words, exact: true }).click();
  };
  await menu("One size").selectOption("Large");
  await pick("Some sizes", "Small");
  await pick("Some sizes", "Large");
  await pick("A city", "Limassol", "Li");
  await pick("Some cities", "Lisbon", "L");
  await pick("A person", "Ben Okafor");
  await pick("Some people", "Ada Reyes", "ada");
  await pick("A channel", "ops");
  await pick("Some channels", "audit");
  await pick("A conversation", "secret", "sec");
  await pick("Some conversations", "Ben Okafor", "ben");
  await place.getByLabel("Small", { exact: true }).check();
  await place.getByLabel("Right", { exact: true }).check();
  await place.locator('input[type="date"]').fill("2026-12-24");
  await place.locator('input[type="time"]').fill("09:30");
};

/** What Slack says of each of them then. */
const chosen: Readonly<Record<string, object>> = {
  one: { type: "static_select", selected_option: option("Large") },
  some: { type: "multi_static_select", selected_options: [option("Small"), option("Large")] },
  city: { type: "external_select", selected_option: option("Limassol") },
  cities: { type: "multi_external_select", selected_options: [option("Lisbon")] },
  person: { type: "users_select", selected_user: "U0BEN000001" },
  people: { type: "multi_users_select", selected_users: ["U0ADA000001"] },
  channel: { type: "channels_select", selected_channel: "C0OPS000001" },
  channels: { type: "multi_channels_select", selected_channels: ["C0AUDIT0001"] },
  talk: { type: "conversations_select", selected_conversation: "C0SECRET001" },
  talks: { type: "multi_conversations_select", selected_conversations: ["D0ADABEN001"] },
  boxes: { type: "checkboxes", selected_options: [option("Small")] },
  way: { type: "radio_buttons", selected_option: option("Right") },
  day: { type: "datepicker", selected_date: "2026-12-24" },
  time: { type: "timepicker", selected_time: "09:30" },
};
const inState = Object.fromEntries(
  Object.entries(chosen).map(([id, value]) => [`b-${id}`, { [id]: value }]),
);

/** What the app was told last of each element, by action id. */
const toldOf = (): JsonObject =>
  Object.fromEntries(
    stage
      .told("block_actions")
      .flatMap(({ actions }) => objectsOf(actions))
      .map((action) => [String(action.action_id), action]),
  );

describe("every element is told to the app as Slack tells it, and stays as it was chosen", () => {
  test("in a message", async () => {
    const { app, page, playground } = stage;
    const blocks = [...asActions] as KnownBlock[];
    await app.client.chat.postMessage({ channel: "C0OPS000001", text: "Choose", blocks });
    const message = page.locator("article");
    await chooseEverything(message);
    await playground.slack.until(() => Object.keys(toldOf()).length === 14);
    expect(toldOf()).toMatchObject(chosen);
    expect(stage.told("block_suggestion").map(({ value }) => value)).toEqual(["Li", "L"]);
    const last = stage.told("block_actions").at(-1);
    expect(last).toMatchObject({ container: { type: "message" }, state: { values: inState } });

    await app.client.chat.postMessage({ channel: "C0OPS000001", text: "Another" });
    await page.locator("article", { hasText: "Another" }).waitFor();
    expect(await message.first().getByLabel("A city").inputValue()).toBe("Limassol");
    await page.reload();
    await message.first().getByRole("button", { name: "Remove Lisbon" }).waitFor();
    expect(await message.first().locator('input[type="date"]').inputValue()).toBe("2026-12-24");
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("on the home tab", async () => {
    const { app, page, playground } = stage;
    const view = { type: "home", blocks: [...asActions] } as HomeView;
    await app.client.views.publish({ user_id: "U0ADA000001", view });
    await page.locator("#sidebar").getByRole("button", { name: "Snapshot Bot" }).click();
    await chooseEverything(page.locator("#home"));
    await playground.slack.until(() => Object.keys(toldOf()).length === 14);
    expect(toldOf()).toMatchObject(chosen);
    const last = stage.told("block_actions").at(-1);
    const { id, hash } = playground.slack.home("ada") ?? {};
    expect(last).toMatchObject({ container: { type: "view", view_id: id } });
    expect(last?.view).toMatchObject({ type: "home", hash, state: { values: inState } });
    expect(last).not.toHaveProperty("response_url");
    expect(await seriousFaults(page)).toEqual([]);
  });

  test("in a form, which tells it when it is sent", async () => {
    const { app, page, playground } = stage;
    const typed = (id: string, label: string, type: string, more: object = {}) => ({
      ...{ type: "input", block_id: id, label: plain(label) },
      element: { type, action_id: id, ...more },
    });
    const blocks = [
      ...asInputs,
      typed("line", "Line", "plain_text_input"),
      typed("lines", "Lines", "plain_text_input", { multiline: true }),
      typed("count", "Count", "number_input", { is_decimal_allowed: false }),
      typed("mail", "Mail", "email_text_input"),
      typed("link", "Link", "url_text_input"),
      typed("moment", "Moment", "datetimepicker"),
    ];
    app.command("/snapshot", async ({ ack, body, client }) => {
      await ack();
      const view = { type: "modal", title: plain("All"), submit: plain("Send it"), blocks };
      await client.views.open({ trigger_id: body.trigger_id, view: view as never });
    });
    app.view(/.*/, async ({ ack }) => ack());
    await page.getByLabel("Message #ops").fill("/snapshot");
    await page.keyboard.press("Enter");
    const form = page.locator("#modal");
    await chooseEverything(form);
    const texts = { Line: "one", Lines: "two\nthree", Count: "42", Mail: "a@b.example" };
    for (const [label, text] of Object.entries({ ...texts, Link: "https://a.example/b" })) {
      await form.getByLabel(new RegExp(`^${label} `)).fill(text);
    }
    await form.getByLabel("Moment").fill("2026-12-24T09:30");
    expect(await seriousFaults(page)).toEqual([]);
    await form.getByRole("button", { name: "Send it" }).click();
    await form.waitFor({ state: "hidden" });
    expect(stage.told("block_actions")).toEqual([]);
    const [sent] = stage.told("view_submission");
    expect(asObject(asObject(sent?.view).state).values).toMatchObject({
      ...inState,
      line: { line: { value: "one" } },
      lines: { lines: { value: "two\nthree" } },
      count: { count: { value: "42" } },
      mail: { mail: { value: "a@b.example" } },
      link: { link: { value: "https://a.example/b" } },
      // Half past nine in Luxembourg, where Ada is.
      moment: { moment: { selected_date_time: Date.parse("2026-12-24T08:30:00Z") / 1000 } },
    });
    expect(playground.slack.stack("ada")).toEqual([]);
  });
});

test("what is read is read as Slack shows it, and no link leads out of the page", async () => {
  const { app, page } = stage;
  const cells = ["key", "value"].map((text) => ({ type: "raw_text", text }));
  const blocks = [...readers, { type: "table", rows: [cells, cells] }, buttons] as KnownBlock[];
  await app.client.chat.postMessage({ channel: "C0OPS000001", text: "Read", blocks });
  const message = page.locator("article");
  await message.getByRole("heading", { name: "A header" }).waitFor();
  expect(await message.locator(".mention").allTextContents()).toEqual([
    ...["@Ada Reyes", "#ops", "@Ben Okafor"],
  ]);
  expect(await message.locator("strong").allTextContents()).toContain("bold");
  expect(await message.getByText("<img src=x>").count()).toBe(1);
  for (const name of ["a cat", "a dog", "a bird"]) {
    expect(await message.getByRole("img", { name }).count()).toBe(1);
  }
  expect(await message.locator("ol > li").allTextContents()).toEqual([
    ...["first point", "second point"],
  ]);
  expect(await message.getByRole("columnheader").allTextContents()).toEqual(["key", "value"]);
  expect(await message.locator(".b-unknown").count()).toBe(0);

  for (const [name, path] of Object.entries({ "a link": "a", "another link": "b" })) {
    await message.getByRole("link", { name, exact: true }).click();
    const words = `In Slack this opens https://snapshot-cloud.slack.com/${path}`;
    await page.getByRole("alert").getByText(words).waitFor();
  }
  await message.getByRole("link", { name: "a link", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("snapshot-cloud.slack.com/a").waitFor();
  await message.getByRole("button", { name: "Open" }).click();
  await page.getByRole("alert").getByText("https://docs.example/go").waitFor();
  await message.locator(".overflow").getByRole("button").click();
  await page.getByRole("menuitem", { name: "Docs" }).click();
  await page.getByText("In Slack this opens https://docs.example", { exact: true }).waitFor();
  expect(toldOf()).toMatchObject({
    go: { type: "button", url: "https://docs.example/go" },
    more: { type: "overflow", selected_option: { value: "docs" } },
  });
  expect(page.context().pages()).toHaveLength(1);
  expect(await seriousFaults(page)).toEqual([]);
});

test("a choice that asks before is sent after a yes, and put back after a no", async () => {
  const { app, page, playground } = stage;
  const confirm = {
    ...{ title: plain("Sure?"), text: plain("Think."), confirm: plain("Yes"), deny: plain("No") },
  };
  const element = { type: "static_select", action_id: "it", options: [option("A"), option("B")] };
  const blocks = [
    { type: "actions", elements: [{ ...element, placeholder: plain("Pick"), confirm }] },
  ] as KnownBlock[];
  await app.client.chat.postMessage({ channel: "C0OPS000001", text: "Pick", blocks });
  const menu = page.locator("article").getByLabel("Pick");
  const answer = (name: string) => page.getByRole("dialog").getByRole("button", { name }).click();
  for (const again of ["B", "A", "B"]) {
    await menu.selectOption(again);
    await answer("No");
    await playground.slack.until(
      async () => (await menu.inputValue()) === "",
      "the menu to be put back",
    );
  }
  expect(stage.told("block_actions")).toEqual([]);
  await menu.selectOption("A");
  await answer("Yes");
  await playground.slack.until(() => stage.told("block_actions").length > 0);
  expect(toldOf()).toMatchObject({ it: { selected_option: option("A") } });
});
