import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "@jest/globals";
import { openStage, type Stage, seriousFaults } from "./stage.ts";

let stage: Stage;

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const send = async (text: string): Promise<void> => {
  await stage.page.getByLabel("Message to #ops").fill(text);
  await stage.page.keyboard.press("Enter");
};

test("a snapshot is found in a list, changed from its menu, and its history kept as a file", async () => {
  stage = await openStage();
  const { page, playground } = stage;
  await send("/snapshot connect");
  await page.getByLabel("Gcore API key").fill(playground.gcore.keys.full);
  await page.getByRole("button", { name: "Connect" }).click();
  await page.getByText("It may edit snapshots.").waitFor();
  await page.keyboard.press("Escape");

  await send("/snapshot list nightly");
  const list = page.locator("article", { hasText: "1 snapshot for nightly" });
  await list.getByText("nightly-db-2026-11-20").waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await list.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await page.getByLabel("New name").fill("found-and-renamed");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Apply change" }).click();
  await page.getByText("Done. Snapshot nightly-db-2026-11-20 is changed.").first().waitFor();
  await page.keyboard.press("Escape");

  await send("/snapshot history by:me export:csv");
  const direct = page.getByRole("button", { name: /^snapshot-bot/ });
  await direct.click();
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^snapshot-history-.*\.csv$/);
  expect(await readFile(await download.path(), "utf8")).toContain("found-and-renamed");
});
