import { afterEach, expect, test } from "@jest/globals";
import type { HomeView, KnownBlock } from "@slack/types";
import { objectsOf } from "../../playground/slack/json.ts";
import { type AppStage, openAppStage, plain } from "./app-stage.ts";
import { type StageOptions, seriousFaults } from "./stage.ts";

let stage: AppStage;
const features = { hasHomeTab: true, events: ["app_home_opened"] };

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const home = (text: string): HomeView => ({
  type: "home",
  blocks: [
    { type: "section", text: plain(text) },
    {
      type: "actions",
      block_id: "buttons",
      elements: [{ type: "button", action_id: "count", text: plain("Count") }],
    },
  ] as KnownBlock[],
});

/** An app whose home tab counts how often its button was pressed. */
const begin = async (options: StageOptions = {}): Promise<void> => {
  stage = await openAppStage({ features, ...options });
  const { app } = stage;
  let count = 0;
  app.event("app_home_opened", async ({ event, client }) => {
    if (event.tab !== "home" || event.view !== undefined) return;
    await client.views.publish({ user_id: event.user, view: home("Hello") });
  });
  app.action("count", async ({ ack, body, client }) => {
    await ack();
    count += 1;
    const hash = body.type === "block_actions" ? body.view?.hash : undefined;
    const view = home(`Counted ${count}`);
    await client.views.publish({ user_id: body.user.id, view, hash: `${hash}` });
  });
};

const opened = () => stage.told("event_callback").map(({ event }) => event);

const toApp = () => stage.page.locator("#sidebar").getByRole("button", { name: /Snapshot Bot/ });

test("the home tab shows what the app publishes, at once, and its buttons work", async () => {
  await begin();
  const { page, app } = stage;
  await toApp().click();
  await page.locator("#home").getByText("Hello").waitFor();
  await page.getByRole("button", { name: "Count" }).click();
  await page.locator("#home").getByText("Counted 1").waitFor();
  await page.getByRole("button", { name: "Count" }).click();
  await page.locator("#home").getByText("Counted 2").waitFor();
  expect(await page.evaluate("document.activeElement?.textContent")).toBe("Count");
  await app.client.views.publish({ user_id: "U0ADA000001", view: home("From afar") });
  await page.locator("#home").getByText("From afar").waitFor();
  const [click] = stage.told("block_actions");
  expect(click).toMatchObject({ container: { type: "view" }, view: { type: "home" } });
  expect(objectsOf(click?.actions)[0]).toMatchObject({ action_id: "count", block_id: "buttons" });
});

test("each tab that is opened is told, once, and nobody else's", async () => {
  await begin();
  const { page, playground } = stage;
  await toApp().click();
  await page.locator("#home").getByText("Hello").waitFor();
  const tab = (name: string) => page.locator("#title").getByRole("button", { name });
  await tab("Messages").click();
  await page.getByLabel("Message Snapshot Bot").waitFor();
  expect(await page.locator("#home").isVisible()).toBe(false);
  await tab("Home").click();
  await page.locator("#home").getByText("Hello").waitFor();
  await playground.slack.until(() => opened().length === 3);
  const shared = { type: "app_home_opened", user: "U0ADA000001", channel: "D0ADA000001" };
  expect(opened()).toMatchObject([
    { ...shared, tab: "home" },
    { ...shared, tab: "messages" },
    { ...shared, tab: "home", view: { type: "home" } },
  ]);
  await page.getByRole("button", { name: /^Ben.*approver/ }).click();
  await toApp().click();
  await playground.slack.until(() => opened().length === 4);
  expect(opened()[3]).toMatchObject({ user: "U0BEN000001", channel: "D0BEN000001", tab: "home" });
});

test("an app without a home tab has its messages only, and hears nothing it did not ask for", async () => {
  await begin({ features: { hasHomeTab: false, events: [] } });
  const { page } = stage;
  await toApp().click();
  await page.getByLabel("Message Snapshot Bot").waitFor();
  expect(await page.locator(".tabs").count()).toBe(0);
  expect(opened()).toEqual([]);
});

test("the tabs work with the keyboard alone, on a narrow screen, and axe finds nothing", async () => {
  await begin({ width: 390 });
  const { page } = stage;
  await page.getByRole("button", { name: "Conversations" }).focus();
  await page.keyboard.press("Enter");
  await toApp().focus();
  await page.keyboard.press("Enter");
  await page.locator("#home").getByText("Hello").waitFor();
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole("button", { name: /^Switch to/ }).click();
  expect(await seriousFaults(page)).toEqual([]);
  await page.locator("#tab-messages").focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Message Snapshot Bot").waitFor();
  expect(await page.evaluate("document.activeElement?.id")).toBe("tab-messages");
});
