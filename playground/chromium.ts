import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM ?? "",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Where an installed Chromium is, or `undefined` if there is none. */
export const chromiumPath = (): string | undefined =>
  PLACES.find((path) => path !== "" && existsSync(path));

/** Ends the process with word on how to get a Chromium, if there is none. */
export function needChromium(what: string): void {
  if (chromiumPath() !== undefined) return;
  console.error(
    `${what} need Chromium or Chrome: install one (on Debian: apt-get install chromium), or say where it is in the variable CHROMIUM.`,
  );
  process.exit(1);
}

/** Starts the installed Chromium, and nothing that calls home with it. */
export const startChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumPath() ?? "chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
