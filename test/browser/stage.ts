import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { startChromium } from "../../playground/chromium.ts";
import { type Playground, startPlayground } from "../../playground/page/playground.ts";
import { servePage } from "../../playground/page/server.ts";
import type { Features } from "../../playground/slack/features.ts";

/** A playground with its page open in a real browser. */
export interface Stage {
  readonly page: Page;
  readonly playground: Playground;
  readonly url: string;
  /** What opens the tour to other programs. */
  readonly token: string;
  /** Ends all, and tells what should not have happened: nothing, in a good test. */
  end(): Promise<readonly string[]>;
}

export interface StageOptions {
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** How long each step of the tour stands, in milliseconds. */
  readonly pace?: number;
  /** What the app's manifest is to say instead. */
  readonly features?: Partial<Features>;
}

/** Starts everything, with Ada at the page. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const { width = 1280, colorScheme = "light", features = {} } = options;
  const [playground, browser] = await Promise.all([startPlayground(features), startChromium()]);
  const served = await servePage(playground, 0, options.pace);
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
  const wrong = await listenForFaults(context, served.url);
  const page = await context.newPage();
  page.setDefaultTimeout(8000);
  await page.goto(served.url);
  await page.getByRole("heading", { name: "# ops" }).waitFor();
  return {
    ...{ page, playground, url: served.url, token: served.token },
    end: () => close(browser, wrong, playground, served),
  };
}

const close = async (
  browser: Browser,
  wrong: readonly string[],
  playground: Playground,
  served: { stop(): Promise<void> },
): Promise<readonly string[]> => {
  const found = [...wrong, ...playground.slack.violations(), ...playground.gcore.violations()];
  await browser.close();
  await served.stop();
  await playground.stop();
  return found;
};

/** Errors in the page, and requests that would have left the machine. */
async function listenForFaults(context: BrowserContext, url: string): Promise<string[]> {
  const wrong: string[] = [];
  context.on("request", (request) => {
    if (!request.url().startsWith(url)) wrong.push(`a request to ${request.url()}`);
  });
  context.on("weberror", (error) => wrong.push(`in the page: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() === "error") wrong.push(`on the console: ${message.text()}`);
  });
  return wrong;
}

/** Ada's way through the first views, up to the filled form. */
export async function connectByMouse({ page }: Stage): Promise<void> {
  await page.getByRole("button", { name: "Put it in the message field" }).click();
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "Connect your key" }).waitFor();
  await page.getByRole("button", { name: "Full", exact: true }).click();
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await page.getByRole("button", { name: "Go to the form" }).click();
  await page.getByRole("heading", { name: "Change a snapshot" }).waitFor();
}

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe finds serious in the page as it stands now. */
export async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(await readFile(AXE, "utf8"));
  const found: Found[] = await page.evaluate("axe.run().then((all) => all.violations)");
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

interface Found {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Types into a menu that asks the bot, once more while it still reads, until it offers that option. */
export async function lookFor(
  { page }: Stage,
  label: string,
  typed: string,
  option: RegExp,
): Promise<void> {
  const menu = page.getByRole("combobox", { name: label });
  for (let tries = 0; tries < 8; tries += 1) {
    await menu.focus();
    await page.keyboard.press("Control+A");
    await page.keyboard.type(typed);
    const shown = page.getByRole("option", { name: option }).first();
    const isThere = await shown.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  throw new Error(`"${label}" does not offer ${option} for "${typed}"`);
}

/** Closes what is open, as a person does who presses Escape again when the first time came too early. */
export async function closeModal({ page }: Stage): Promise<void> {
  const modal = page.locator("dialog#modal");
  for (let tries = 0; tries < 8; tries += 1) {
    await page.keyboard.press("Escape");
    const isGone = await modal.waitFor({ state: "hidden", timeout: 1_500 }).then(
      () => true,
      () => false,
    );
    if (isGone) return;
    await modal.click({ position: { x: 5, y: 5 } });
  }
  throw new Error("the modal stays open");
}
