import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { ModalView } from "@slack/types";
import { asObject, type JsonObject, objectsOf } from "../../playground/slack/json.ts";
import { type AppStage, openAppStage, option, plain } from "./app-stage.ts";
import { seriousFaults } from "./stage.ts";

let stage: AppStage;
let asked = 0;

const view: ModalView = {
  type: "modal",
  callback_id: "cities",
  title: plain("Cities"),
  submit: plain("Send"),
  blocks: [
    {
      type: "input",
      block_id: "cities",
      optional: true,
      label: plain("Cities"),
      element: {
        ...{ type: "multi_external_select", action_id: "cities", min_query_length: 0 },
        initial_options: [option("Lisbon")],
        max_selected_items: 3,
      },
    },
  ],
};

/** A form with a menu for up to three cities, of which one stands there already. */
beforeEach(async () => {
  asked = 0;
  stage = await openAppStage();
  const { app, page } = stage;
  app.options("cities", async ({ ack, payload }) => {
    asked += 1;
    const cities = ["Lisbon", "Limassol", "Lima", "Oslo"];
    const found = cities.filter((city) => city.startsWith(payload.value));
    // What the bot says of each is another thing each time.
    const described = found.map((city) => ({
      ...option(city),
      description: plain(`No. ${asked}`),
    }));
    await ack({ options: described });
  });
  app.command("/snapshot", async ({ ack, body, client }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
  app.view("cities", async ({ ack }) => ack());
  await page.getByLabel("Message #ops").fill("/snapshot");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Cities" }).waitFor();
});

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const menu = () => stage.page.getByRole("combobox", { name: "Cities" });
const offered = () => stage.page.locator(".found").getByRole("option");
const chips = () => stage.page.getByRole("list", { name: "Chosen" }).getByRole("listitem");
const chosen = async () => (await chips().allTextContents()).map((text) => text.replace("✕", ""));
const until = (condition: () => Promise<boolean>) => stage.playground.slack.until(condition);

/** What the app was told when the form was sent. */
const sent = async (): Promise<JsonObject[]> => {
  await stage.page.locator("#modal").getByRole("button", { name: "Send" }).click();
  await stage.page.locator("#modal").waitFor({ state: "hidden" });
  const state = asObject(asObject(stage.told("view_submission").at(-1)?.view).state);
  return objectsOf(asObject(asObject(asObject(state.values).cities).cities).selected_options);
};

test("what stands in a menu for several is there as chips, and is chosen and taken away by keys alone", async () => {
  const { page } = stage;
  expect(await chosen()).toEqual(["Lisbon"]);
  await menu().focus();
  await page.keyboard.type("Li");
  await offered().filter({ hasText: "Limassol" }).waitFor();
  // What is chosen already is not offered again, whatever is said of it now.
  expect(await offered().count()).toBe(2);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await until(async () => (await chosen()).join() === "Lisbon,Lima");
  await page.keyboard.press("Backspace");
  await until(async () => (await chosen()).join() === "Lisbon");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await until(async () => (await chips().count()) === 0);
  expect(await sent()).toEqual([]);
});

test("a menu for several takes no more than it may, and its chips go by their buttons", async () => {
  const { page } = stage;
  for (const city of ["Limassol", "Oslo"]) {
    await menu().click();
    await offered().filter({ hasText: city }).click();
    await chips().filter({ hasText: city }).waitFor();
  }
  const before = asked;
  await menu().click();
  await page.getByText("No more than 3").waitFor();
  expect(asked).toBe(before);
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove Limassol" }).click();
  await until(async () => (await chosen()).join() === "Lisbon,Oslo");
  expect((await sent()).map(({ value }) => value)).toEqual(["lisbon", "oslo"]);
});
