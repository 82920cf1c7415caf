import { readFile } from "node:fs/promises";
import { afterEach, expect, test } from "@jest/globals";
import { closeModal, connectByMouse, openStage, type Stage, seriousFaults } from "./stage.ts";

let stage: Stage;

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const send = async (text: string): Promise<void> => {
  await stage.page.getByLabel("Message #ops").fill(text);
  await stage.page.getByRole("button", { name: "Send" }).click();
};

test("a snapshot is found in a list, changed from its menu, and its history kept as a file", async () => {
  stage = await openStage();
  const { page } = stage;
  await connectByMouse(stage);
  await closeModal(stage);
  await send("/snapshot list nightly");
  const list = page.locator("article", { hasText: "1 snapshot for nightly" });
  await list.getByText("nightly-db-2026-11-20").waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  await list.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: "Change" }).click();
  await page.getByLabel("New name").fill("found-and-renamed");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("button", { name: "Apply change" }).click();
  await page.locator("dialog").getByText("Done.").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();

  await send("/snapshot history by:me export:csv");
  const direct = page.getByRole("button", {
    name: /^Snapshot Bot.*1 unread|^Snapshot Bot.*2 unread/,
  });
  await direct.click();
  const coming = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download" }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(/^snapshot-history-.*\.csv$/);
  expect(await readFile(await download.path(), "utf8")).toContain("found-and-renamed");
});
