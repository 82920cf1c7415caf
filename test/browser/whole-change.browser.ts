import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { connectByMouse, openStage, type Stage, seriousFaults } from "./stage.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const snapshotOf = ({ playground: { gcore } }: Stage) => ({
  name: gcore.snapshot(gcore.ids.plain).name,
  tags: Object.fromEntries(gcore.tags(gcore.ids.plain)),
});

test("the whole change with the approval of somebody else, by mouse", async () => {
  const { page } = stage;
  await connectByMouse(stage);
  await page.getByLabel("New name").fill("db-before-upgrade");
  await page.getByLabel("Set tags").fill("environment=staging\nowner=Ada Lovelace");
  await page.getByLabel("Remove tags").fill("cost_center");
  await page.getByRole("option", { name: "cost_center=cc-1001" }).click();
  await page.getByLabel("Reason").fill("Upgrade on Monday");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Request approval" }).click();
  await page.locator("dialog").getByText("0 of 1 approvals so far").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();

  await page.locator("#be-ben").click();
  await page.getByRole("button", { name: /^Snapshot Bot.*1 unread/ }).waitFor();
  const card = page.locator("article", { hasText: "asks for approval to change" });
  await card.getByRole("button", { name: "Review" }).click();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByLabel("Comment").fill("Fine by me");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await page.locator("dialog").getByText("Done.").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.locator("article", { hasText: "Approved and applied" }).waitFor();
  await page.locator("#be-ada").click();

  const summary = page.locator("article", { hasText: "@Ada Reyes changed snapshot" });
  expect(await summary.getByText("APP", { exact: true }).count()).toBe(1);
  expect(await summary.textContent()).toContain("db-before-upgrade");
  const changed = snapshotOf(stage);
  expect(changed.name).toBe("db-before-upgrade");
  expect(changed.tags).toMatchObject({ environment: "staging", owner: "Ada Lovelace" });
  expect(changed.tags).not.toHaveProperty("cost_center");

  await page.getByRole("button", { name: /^audit 1 unread/ }).click();
  await page.locator("article", { hasText: "Changed: @Ada Reyes" }).waitFor();
});

test("the whole change, with the keyboard only", async () => {
  const { page } = stage;
  const { keyboard } = page;
  const focus = async (): Promise<string> =>
    await page.evaluate(
      "document.activeElement?.labels?.[0]?.textContent ?? document.activeElement?.textContent ?? ''",
    );
  /** Presses Tab until the focus is on what begins with these words. */
  const tabTo = async (words: string): Promise<void> => {
    for (let count = 0; count < 60; count += 1) {
      if ((await focus()).startsWith(words)) return;
      await keyboard.press("Tab");
    }
    throw new Error(`Tab does not reach "${words}"`);
  };
  const view = (title: string) => page.getByRole("heading", { name: title }).waitFor();

  await tabTo("To the message field");
  await keyboard.press("Enter");
  await keyboard.type("/sn");
  await keyboard.press("Tab");
  await keyboard.type(`${stage.playground.gcore.ids.plain} --project 1186668 --region 148`);
  await keyboard.press("Enter");
  await view("Connect your key");
  expect(await focus()).toMatch(/^Gcore API key/);
  await tabTo("Full");
  await keyboard.press("Enter");
  await keyboard.press("Enter");
  await view("Key connected");
  await tabTo("Go to the form");
  await keyboard.press("Enter");
  await view("Change a snapshot");
  await tabTo("New name");
  await keyboard.type("typed-by-hand");
  await tabTo("Reason");
  await keyboard.type("No mouse");
  await keyboard.press("Control+Enter");
  await view("Review the change");
  await tabTo("Apply change");
  await keyboard.press("Enter");
  await page.locator("dialog").getByText("Done.").waitFor();
  await keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "hidden" });
  expect(await page.evaluate("document.activeElement?.id")).toBe("line");
  expect(snapshotOf(stage).name).toBe("typed-by-hand");
});
