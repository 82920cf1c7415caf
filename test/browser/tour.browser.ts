import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "@jest/globals";
import { leaveAddress } from "../../playground/address.ts";
import { openStage, type Stage, type StageOptions, seriousFaults } from "./stage.ts";

let stage: Stage;

/** The tour at this pace; with a slow one the test itself goes on from step to step. */
const open = async (options: StageOptions): Promise<void> => {
  stage = await openStage(options);
};

afterEach(async () => {
  expect(await stage.end()).toEqual([]);
});

/** A tour begins with a bot of its own, which takes its time on a machine with much to do. */
const caption = (words: string) =>
  stage.page.locator("#caption").getByText(words).waitFor({ timeout: 25_000 });
const press = (name: string) => stage.page.getByRole("button", { name, exact: true }).click();

async function next(): Promise<void> {
  await press("Hold");
  await press("Go on");
}

const view = (title: string) =>
  stage.page.locator("dialog#modal").getByRole("heading", { name: title }).waitFor();

test("the tour is played in the page step by step, and leaves the person's own things alone", async () => {
  await open({ pace: 600_000 });
  const { page, playground } = stage;
  playground.slack.say("ben", "#ops", "Mine, from before");
  await page.locator("article", { hasText: "Mine, from before" }).waitFor();
  await press("Play the tour");
  await caption("She has no key here yet.");
  await view("Connect your key");
  expect(await page.locator("article", { hasText: "Mine, from before" }).count()).toBe(0);
  expect(await page.evaluate("document.activeElement?.id")).toBe("tour-hold");
  expect(await page.locator("#caption").getAttribute("aria-live")).toBe("polite");
  await next();
  await view("Key connected");
  await next();
  await caption("She goes on to the form and fills it in.");
  expect(await page.getByLabel("New name").inputValue()).toBe("db-before-upgrade");
  expect(await page.getByLabel("Reason").inputValue()).toBe("Upgrade on Monday");
  await next();
  await view("Review the change");
  expect(await seriousFaults(page)).toEqual([]);
  await next();
  await caption("so she asks for it.");
  await next();
  await caption("This is #ops, as Ben reads it.");
  await page.locator("article", { hasText: "@Ada Reyes asks for approval" }).waitFor();
  await next();
  await view("Review the request");
  await next();
  await page
    .locator("dialog#modal")
    .getByText(/Done\. /)
    .waitFor();
  await next();
  await caption("This is the PATCH, as it went over the wire.");
  await page
    .locator(".folded")
    .getByText(/^PATCH /)
    .waitFor();
  await next();
  await caption("This is #ops, as Ada reads it.");
  await page.locator("article", { hasText: "@Ada Reyes changed snapshot" }).waitFor();
  await next();
  await caption("This is #audit, as Ben reads it.");
  await page.getByRole("heading", { name: "# audit" }).waitFor();
  await page.locator("article", { hasText: "Changed: @Ada Reyes" }).waitFor();
  await next();
  await caption("That was one change, from start to end.");

  await press("Back to your playground");
  await page.getByRole("heading", { name: "# ops" }).waitFor();
  await page.locator("article", { hasText: "Mine, from before" }).waitFor();
  expect(await page.locator("#caption").textContent()).toBe("");
  expect(playground.gcore.journal.entries).toEqual([]);
}, 60_000);

test("the tour can be stopped in the middle, and begun again", async () => {
  await open({ pace: 600_000, width: 390, colorScheme: "dark" });
  const { page } = stage;
  await press("Play the tour");
  await caption("She has no key here yet.");
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  expect(await seriousFaults(page)).toEqual([]);
  await press("Stop");
  await page.locator("#tour.on").waitFor({ state: "detached" });
  await page.locator("dialog#modal").waitFor({ state: "hidden" });
  expect(await page.evaluate("document.activeElement?.id")).toBe("line");
  await press("Try this");
  await press("Play the tour");
  await caption("She has no key here yet.");
}, 60_000);

test("from a terminal the tour is played in the page that is open, and told there, too", async () => {
  await open({ pace: 100 });
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-tour-"));
  await leaveAddress({ url: stage.url, token: stage.token }, folder);
  const told = await runTour(folder);
  expect(told.code).toBe(0);
  expect(told.text).toContain("The tour is played in the page that is open");
  expect(told.text).toContain("11. This is #audit, as Ben reads it.");
  await caption("That was one change, from start to end.");

  // Nobody who has not read the token may ask for it.
  await leaveAddress({ url: stage.url, token: "guessed" }, folder);
  await press("Back to your playground");
  const alone = await runTour(folder);
  expect(alone.text).not.toContain("in the page");
  expect(alone.text).toContain("11. This is #audit, as Ben reads it.");
  expect(await stage.page.locator("#caption").textContent()).toBe("");
  await rm(folder, { recursive: true });
}, 90_000);

/** `npm run playground -- --tour`, for somebody whose temporary files are in that folder. */
async function runTour(folder: string): Promise<{ code: number | null; text: string }> {
  const main = fileURLToPath(new URL("../../playground/main.ts", import.meta.url));
  const child = spawn(process.execPath, [main, "--tour"], {
    env: { ...process.env, TMPDIR: folder, TEMP: folder },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise<number | null>((done) => child.once("close", done));
  return { text: await text(child.stdout), code: await ended };
}
