import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { connectByMouse, openStage, type Stage, seriousFaults } from "./stage.ts";

let stage: Stage;

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

/** What the inspector shows in bold, from top to bottom. */
const bold = () => stage.page.locator(".folded .what");

/** Opens the inspector at one of its parts. */
async function inspect(lens: string): Promise<void> {
  const { page } = stage;
  const button = page.getByRole("group", { name: "What to look at" });
  if ((await button.count()) === 0) {
    await page.getByRole("button", { name: "Inspector", exact: true }).click();
  }
  await page.getByRole("button", { name: lens, exact: true }).click();
}

async function toThePreview(): Promise<void> {
  const { page } = stage;
  await connectByMouse(stage);
  await page.getByLabel("New name").fill("in-the-ledger");
  await page.getByRole("button", { name: "Review" }).click();
  await page.getByRole("heading", { name: "Review the change" }).waitFor();
}

test("the ledger grows by what happens, and each entry names the one before it", async () => {
  const { page } = stage;
  await inspect("Ledger");
  await page.getByText("Nothing yet. Connecting a key is the first entry.").waitFor();
  await page.getByRole("button", { name: "Try this" }).click();
  await toThePreview();
  await inspect("Ledger");
  expect(await bold().allTextContents()).toEqual(["key connected"]);

  await page.getByRole("button", { name: "Apply change" }).click();
  await bold().getByText("applied", { exact: true }).waitFor();
  const kinds = ["applied", "attempted", "approved", "requested", "key connected"];
  expect(await bold().allTextContents()).toEqual(kinds);
  const chain = await page.locator(".folded summary code").allTextContents();
  const links = chain.map((line) => line.split(" after "));
  expect(links.slice(0, -1).map(([, previous]) => previous)).toEqual(
    links.slice(1).map(([hash]) => hash),
  );
  await page.getByText("No. 5", { exact: true }).click();
  await page.locator(".folded pre", { hasText: '"name": "in-the-ledger"' }).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
});

test("a request's row goes from approved to applied before the eyes", async () => {
  const { page, playground } = stage;
  await toThePreview();
  await inspect("Requests");
  await page.getByText("Nothing yet. A request begins when somebody applies a change.").waitFor();
  playground.gcore.faults.status(429, { method: "PATCH", retryAfter: 2 });
  await page.getByRole("button", { name: "Apply change" }).click();
  await bold().getByText("approved", { exact: true }).waitFor();
  const row = page.locator(".folded summary");
  await row.getByText("1 attempt", { exact: true }).waitFor();
  expect(await row.getByText(/^due_at \d+ \(\d\d:\d\d:\d\d UTC\)$/).count()).toBe(1);
  await playground.moveClock(60_000);
  await bold().getByText("applied", { exact: true }).waitFor();
  await row.getByText("2 attempts", { exact: true }).waitFor();
  expect(await row.getByText("due_at null").count()).toBe(1);
});

test("it follows what another process writes, though nothing else happens", async () => {
  const { page, playground } = stage;
  await toThePreview();
  await page.getByRole("button", { name: "Apply change" }).click();
  await inspect("Requests");
  await bold().getByText("applied", { exact: true }).waitFor();
  await playground.endBot("SIGKILL");
  const writer = new DatabaseSync(playground.database.path);
  // The end of the bot is news, too: only the second of these happens alone.
  for (const state of ["written", "written by hand"]) {
    writer.prepare("UPDATE request SET state = ?").run(state);
    await bold().getByText(state, { exact: true }).waitFor();
  }
  writer.close();
  await playground.startBot();
  await bold().getByText("written by hand", { exact: true }).waitFor();
});

test("no key and nothing sealed is anywhere in what the inspector is told", async () => {
  const { page, playground } = stage;
  await toThePreview();
  await page.getByRole("button", { name: "Apply change" }).click();
  await inspect("Requests");
  await bold().getByText("applied", { exact: true }).waitFor();
  const secrets = [...playground.keys.values()].flat().map(({ text }) => text.split("_")[1] ?? "");
  const reader = new DatabaseSync(playground.database.path, { readOnly: true });
  const kept = reader
    .prepare("SELECT value FROM keyv")
    .all()
    .map(({ value }) => String(value));
  reader.close();
  const sealed = kept.flatMap((text) => text.match(/[\w-]{40,}/g) ?? []);
  expect(sealed.length).toBeGreaterThan(0);
  for (const path of ["/traffic", "/records"]) {
    const told = await page.evaluate(`fetch("${path}").then((response) => response.text())`);
    expect(String(told)).toContain("in-the-ledger");
    expect([...secrets, ...sealed].filter((one) => String(told).includes(one))).toEqual([]);
  }
});

test("a delivery is shown with the signature by which the bot knows it, and how soon it was answered", async () => {
  const { page } = stage;
  await page.getByLabel("Message #ops").fill("/snapshot help");
  await page.keyboard.press("Enter");
  await page.locator("article", { hasText: "What you can type" }).waitFor();
  await inspect("Wire");
  const delivery = page.locator(".folded details", { hasText: "to the bot" }).first();
  expect(await delivery.locator("summary").textContent()).toMatch(/200, \d+ ms/);
  await delivery.locator("summary").click();
  await delivery.getByText(/x-slack-signature: v0=[0-9a-f]{64}/).waitFor();
});
