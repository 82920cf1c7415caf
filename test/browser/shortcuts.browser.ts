import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type AppStage, openAppStage, plain } from "./app-stage.ts";
import { openStage, seriousFaults } from "./stage.ts";

let stage: AppStage;

const features = {
  shortcuts: [
    {
      ...({ type: "global", name: "Rename a snapshot", callbackId: "rename" } as const),
      description: "Opens the form",
    },
    {
      ...({ type: "message", name: "Rename this one", callbackId: "rename-this" } as const),
      description: "Reads the id",
    },
  ],
};

beforeEach(async () => {
  stage = await openAppStage({ features });
  stage.app.shortcut(/./, async ({ ack, body, client }) => {
    await ack();
    const view = { type: "modal" as const, title: plain("Chosen"), blocks: [] };
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
});

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const chosen = () => stage.page.getByRole("heading", { name: "Chosen" }).waitFor();
const close = async (): Promise<void> => {
  await stage.page.keyboard.press("Escape");
  await stage.page.locator("#modal").waitFor({ state: "hidden" });
};

test("a global one is in the menu of the message field, and is found by typing", async () => {
  const { page } = stage;
  await page.getByRole("button", { name: "Shortcuts" }).click();
  expect(await page.getByRole("menuitem").allTextContents()).toEqual([
    "Rename a snapshotOpens the form",
  ]);
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await page.evaluate("document.activeElement?.id")).toBe("shortcuts");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await chosen();
  await close();

  const line = page.getByLabel("Message #ops");
  await line.pressSequentially("/ren");
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await chosen();
  expect(await line.inputValue()).toBe("");
  await close();
  await line.pressSequentially("/");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await chosen();
  const told = { type: "shortcut", callback_id: "rename", user: { id: "U0ADA000001" } };
  expect(stage.told("shortcut")).toMatchObject([told, told, told]);
  expect(stage.told("shortcut")[0]).not.toHaveProperty("channel");
});

test("one for messages is in the menu of each message that everybody sees", async () => {
  const { page, app, playground } = stage;
  const { ts } = playground.slack.say("ben", "#ops", "Look at 4d927987");
  const psst = { channel: "C0OPS000001", user: "U0ADA000001", text: "Psst" };
  await app.client.chat.postEphemeral(psst);
  const message = page.locator("article", { hasText: "Look at" });
  const more = message.getByRole("button", { name: "More actions" });
  await page.locator("article", { hasText: "Psst" }).waitFor();
  expect(await page.locator("article", { hasText: "Psst" }).getByRole("button").count()).toBe(0);
  const opacity = () =>
    message.locator(".message-tools").evaluate((one) => {
      return (
        globalThis as unknown as { getComputedStyle(of: unknown): { opacity: string } }
      ).getComputedStyle(one).opacity;
    });
  expect(await opacity()).toBe("0");
  await more.focus();
  expect(await opacity()).toBe("1");
  await page.keyboard.press("Enter");
  expect(await seriousFaults(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await chosen();
  await close();
  expect(stage.told("message_action")).toMatchObject([
    {
      ...{ callback_id: "rename-this", message_ts: ts },
      channel: { id: "C0OPS000001", name: "ops" },
      message: { text: "Look at 4d927987", user: "U0BEN000001", ts },
      response_url: expect.stringContaining("http://127.0.0.1"),
    },
  ]);
  await message.hover();
  await more.click();
  await page.getByRole("menuitem", { name: "Rename this one" }).click();
  await chosen();
});

test("a bot that does not answer is said to have failed", async () => {
  const { page, playground } = stage;
  playground.slack.deliverTo("http://127.0.0.1:9/nobody");
  await page.getByRole("button", { name: "Shortcuts" }).click();
  await page.keyboard.press("Enter");
  await page.getByText('"Rename a snapshot" failed with the error').waitFor();
  expect(playground.slack.forgive(/connection failed/)).toHaveLength(1);
});

test("an app without shortcuts has no menus for them", async () => {
  const plainStage = await openStage({ features: { shortcuts: [] } });
  const { page, playground } = plainStage;
  playground.slack.say("ben", "#ops", "Look");
  await page.locator("article").getByRole("button", { name: "Reply in thread" }).waitFor();
  expect(await page.getByRole("button", { name: "Shortcuts" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "More actions" }).count()).toBe(0);
  expect(await plainStage.end()).toEqual([]);
});
