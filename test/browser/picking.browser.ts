import { afterEach, beforeEach, expect, test } from "@jest/globals";
import {
  closeModal,
  connectByMouse,
  lookFor,
  openStage,
  type Stage,
  seriousFaults,
} from "./stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await openStage();
  await connectByMouse(stage);
  await closeModal(stage);
  await stage.page.getByLabel("Message #ops").fill("/snapshot");
  await stage.page.keyboard.press("Enter");
  await stage.page.getByRole("heading", { name: "Change a snapshot" }).waitFor();
});
afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

const field = (label: string) => stage.page.locator("dialog#modal").getByLabel(label);

test("snapshots of one name are told apart by what stands below it", async () => {
  const { page } = stage;
  await lookFor(stage, "Snapshot", "weekly", /^weekly.*db-london/);
  const words = await page.getByRole("option").allTextContents();
  expect(words).toHaveLength(3);
  expect(
    words.filter((one) => /10 GiB · made .+ ago · London-2 · of db-london/.test(one)),
  ).toHaveLength(1);
  expect(await seriousFaults(page)).toEqual([]);
});

test("a snapshot is found, filled in, changed and sent off with the keyboard alone", async () => {
  const { page, playground } = stage;
  await lookFor(stage, "Snapshot", "team=payments", /^nightly-db/);
  await page.keyboard.press("Enter");
  await page.getByText("Its tags now").waitFor();
  expect(await field("Set tags").inputValue()).toBe(
    "environment=prod\nteam=payments\ncost_center=cc-1001",
  );
  await field("Set tags").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\nowner=Ada");
  await page.getByRole("button", { name: "Review" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Apply change" }).focus();
  await page.keyboard.press("Enter");
  await page.getByText("Done. Snapshot").waitFor();
  expect(playground.gcore.tags(playground.gcore.ids.plain).get("owner")).toBe("Ada");
});
