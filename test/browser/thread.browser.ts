import { afterEach, expect, test } from "@jest/globals";
import type { KnownBlock } from "@slack/types";
import { type AppStage, openAppStage, plain } from "./app-stage.ts";
import { seriousFaults } from "./stage.ts";

let stage: AppStage;

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const channel = "C0OPS000001";

test("replies stand in their thread, and people and the bot talk on there", async () => {
  stage = await openAppStage();
  const { page, app, playground } = stage;
  app.action("go", async ({ ack, respond }) => {
    await ack();
    await respond({ text: "Done", replace_original: false });
  });
  const { ts } = playground.slack.say("ben", "#ops", "Who changes it?");
  const button = { type: "button", action_id: "go", text: plain("Go") };
  const blocks = [{ type: "actions", elements: [button] }] as KnownBlock[];
  await app.client.chat.postMessage({ channel, thread_ts: ts, text: "Press", blocks });
  const also = { thread_ts: ts, text: "For all to see", reply_broadcast: true } as const;
  await app.client.chat.postMessage({ channel, ...also });

  await page.getByRole("button", { name: "2 replies" }).click();
  const thread = page.getByRole("complementary", { name: "Thread" });
  await thread.getByText("Who changes it?").waitFor();
  expect(await page.locator("#messages article").count()).toBe(2);
  expect(await page.locator("#messages article").last().textContent()).toContain("in a thread");
  await thread.getByRole("button", { name: "Go" }).click();
  await thread.getByText("Only visible to you").waitFor();
  expect(stage.told("block_actions")[0]).toMatchObject({ container: { thread_ts: ts } });

  await thread.getByLabel("Reply", { exact: true }).fill("/snapshot help");
  await page.keyboard.press("Enter");
  await thread.getByRole("alert").getByText("/snapshot is not supported in threads.").waitFor();
  await thread.getByLabel("Reply", { exact: true }).fill("I do");
  await page.keyboard.press("Enter");
  await thread.locator("article", { hasText: "I do" }).waitFor();
  expect(await thread.getByLabel("Reply", { exact: true }).inputValue()).toBe("");
  expect(playground.slack.messages("#ops").at(-1)).toMatchObject({
    ...{ text: "I do", threadTs: ts, user: "U0ADA000001" },
  });
  await page.getByRole("button", { name: "4 replies" }).waitFor();
});

test("a thread is begun, worked and left with the keyboard, on a narrow screen, too", async () => {
  stage = await openAppStage({ width: 390 });
  const { page, playground } = stage;
  playground.slack.say("ben", "#ops", "Alone");
  await page.getByRole("button", { name: "Reply in thread" }).focus();
  await page.keyboard.press("Enter");
  await page.getByLabel("Reply", { exact: true }).waitFor();
  await page.keyboard.type("Not any more");
  await page.keyboard.press("Enter");
  const thread = page.locator("#thread");
  await thread.locator("article", { hasText: "Not any more" }).waitFor();
  const width = await page.evaluate(
    "[document.documentElement.scrollWidth, document.querySelector('#thread').clientWidth]",
  );
  expect(width).toEqual([390, 390]);
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole("button", { name: /^Switch to/ }).click();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Close the thread" }).focus();
  await page.keyboard.press("Enter");
  await thread.waitFor({ state: "hidden" });
  expect(await page.evaluate("document.activeElement?.textContent")).toBe("1 reply");
});
