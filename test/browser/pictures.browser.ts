import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { startChromium } from "../../playground/chromium.ts";
import { smallPng } from "../../playground/small-png.ts";
import { takePictures } from "../../playground/take-pictures.ts";

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await startChromium();
  page = await browser.newPage({ viewport: { width: 300, height: 200 } });
});

afterAll(() => browser.close());

/** How much the pixels of two pictures differ as a browser reads them, from 0 to 255. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [before, after] = [one, other].map((png) => `"${png.toString("base64")}"`);
  return await page.evaluate(`(async () => {
    const pixels = async (png) => {
      const image = new Image();
      image.src = "data:image/png;base64," + png;
      await image.decode();
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
      context.drawImage(image, 0, 0);
      return context.getImageData(0, 0, image.width, image.height).data;
    };
    const [before, after] = [await pixels(${before}), await pixels(${after})];
    return before.reduce((sum, byte, at) => sum + Math.abs(byte - after[at]), 0) / before.length;
  })()`);
}

test("a picture with a palette looks like the one that it was made of", async () => {
  await page.setContent(
    `<body style="background: linear-gradient(20deg, #0f766e, #f0f2f5)"><h1>Ada 🔒</h1>
     <p style="color: #b3261e; background: #181b20">Some words in red, on black.`,
  );
  const png = await page.screenshot();
  expect(await difference(png, smallPng(png))).toBeLessThan(2);
  expect(await difference(png, png)).toBe(0);
});

test("the pictures of the docs are small, and show a change from the key to the audit channel, and a run", async () => {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-pictures-"));
  try {
    const seen: Record<string, string> = {};
    for (const { name, bytes } of await takePictures(folder)) {
      const png = await readFile(join(folder, name));
      expect([name, png.length === bytes && bytes < 100_000]).toEqual([name, true]);
      seen[name] = `${png.readUInt32BE(16)} x ${png.readUInt32BE(20)}`;
    }
    expect(seen).toEqual({
      "key.png": "1120 x 680",
      "preview.png": "1120 x 680",
      "review.png": "1120 x 680",
      "applied.png": "1120 x 680",
      "audit-dark.png": "390 x 680",
      "run.png": "1120 x 680",
    });
    const pages = ["README.md", "docs/getting-started.md"].map((name) =>
      readFile(new URL(`../../${name}`, import.meta.url), "utf8"),
    );
    const shown = (await Promise.all(pages)).flatMap((page) =>
      [...page.matchAll(/src="(?:docs\/)?pictures\/([^"]+)"[^>]* alt="[^"]{20,}"/g)].map(
        ([, name]) => name,
      ),
    );
    expect([...new Set(shown)].sort()).toEqual(Object.keys(seen).sort());
  } finally {
    await rm(folder, { recursive: true });
  }
}, 240_000);
