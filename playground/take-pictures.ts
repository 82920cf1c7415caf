import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { startChromium } from "./chromium.ts";
import { startPlayground } from "./page/playground.ts";
import { servePage } from "./page/server.ts";
import { channels } from "./slack/slack.ts";
import { smallPng } from "./small-png.ts";

export interface Picture {
  readonly name: string;
  readonly bytes: number;
}

/** Takes one of what the page shows now. */
type Take = (page: Page, name: string) => Promise<void>;

/** Plays one change and a run of 300 in a real browser and writes their pictures into `folder`. */
export async function takePictures(folder: string): Promise<readonly Picture[]> {
  await mkdir(folder, { recursive: true });
  const [playground, browser] = await Promise.all([startPlayground(), startChromium()]);
  const page = await servePage(playground, 0);
  try {
    return await pictures(browser, page.url, folder);
  } finally {
    await browser.close();
    await page.stop();
    await playground.stop();
  }
}

async function pictures(browser: Browser, url: string, folder: string): Promise<Picture[]> {
  const taken: Picture[] = [];
  const take: Take = async (page, name) => {
    const png = smallPng(await page.screenshot({ animations: "disabled", caret: "hide" }));
    await writeFile(join(folder, name), png);
    taken.push({ name, bytes: png.length });
  };
  const ada = await browser.newPage({ viewport: { width: 1120, height: 680 } });
  await ada.goto(url);
  await ask(ada, take);
  await review(ada);
  await take(ada, "review.png");
  await apply(ada);
  await take(ada, "applied.png");

  const narrow = { width: 390, height: 680 };
  const ben = await browser.newPage({ viewport: narrow, colorScheme: "dark" });
  await ben.goto(`${url}#ben/${channels.audit}`);
  await ben.getByText("Changed:").waitFor();
  await ben.getByLabel("Message #audit").focus();
  await take(ben, "audit-dark.png");

  const many = await browser.newPage({ viewport: { width: 1120, height: 680 } });
  await many.goto(`${url}#ada/${channels.ops}`);
  await run(many);
  await take(many, "run.png");
  return taken;
}

/** Ada connects her key, fills in the form, and looks at what will change. */
async function ask(page: Page, take: Take): Promise<void> {
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await press("Put it in the message field");
  await press("Send");
  await page.getByRole("heading", { name: "Connect your key" }).waitFor();
  await press("Full");
  await press("Connect");
  await page.getByRole("heading", { name: "Key connected" }).waitFor();
  await take(page, "key.png");
  await press("Go to the form");
  await page.getByLabel("New name").fill("db-before-upgrade");
  await page.getByLabel("Set tags").fill("environment=staging\nowner=Ada Lovelace");
  await page.getByLabel("Remove tags").fill("cost_center");
  await page.getByRole("option", { name: "cost_center=cc-1001" }).click();
  await page.getByLabel("Reason").fill("Upgrade on Monday");
  await press("Review");
  await page.getByRole("button", { name: "Request approval" }).waitFor();
  await take(page, "preview.png");
}

/** She asks for it, and Ben looks at it. */
async function review(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Request approval" }).click();
  await page.getByText("0 of 1 approvals so far").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.locator("#be-ben").click();
  await page.locator("article").getByRole("button", { name: "Review" }).click();
  await page.getByRole("heading", { name: "Review the request" }).waitFor();
  await page.locator("dialog .view").evaluate((element) => element.scrollTo(0, 0));
}

/** How long a run may take to come so far on a machine that has other work to do. Milliseconds. */
const SLOWLY = 120_000;

/** Ada changes 300 snapshots while Gcore takes its time. */
async function run(page: Page): Promise<void> {
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  await press("Add them and write the command");
  await press("Send");
  await page.getByLabel("Set tags").fill("owner=Ada Lovelace");
  await press("Review");
  await page.getByText("300 to change").first().waitFor();
  await press("Knobs");
  await press("takes 1 s for each call");
  await press("Change 300 snapshots");
  const view = page.locator("dialog");
  await view
    .getByText(/(?:[3-9]\d|[12]\d\d) of 300 · \d+ a (second|minute) · about /)
    .first()
    .waitFor({ timeout: SLOWLY });
  await view.getByRole("button", { name: "Close", exact: true }).click();
  await press("takes 1 s for each call");
  const message = page.locator("article", { hasText: " of 300 " }).last();
  await message.evaluate((element) => element.scrollIntoView({ block: "end" }));
}

/** Ben approves it, and looks at what went over the wire. */
async function apply(page: Page): Promise<void> {
  await page.getByLabel("Comment").fill("Fine by me");
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await page.locator("dialog").getByText("Done.").waitFor();
  await page.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("button", { name: "Inspector" }).click();
  const patch = page.locator(".folded details", { hasText: "PATCH" }).first();
  await patch.locator("summary").click();
  await patch.evaluate((element) => element.scrollIntoView());
  const summary = page.locator("article", { hasText: "changed snapshot" });
  await summary.evaluate((element) => element.scrollIntoView());
}
