import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import type { Page } from "playwright-core";
import { startChromium } from "../../playground/chromium.ts";
import { takePictures } from "../../playground/take-pictures.ts";

/** The size of a picture as a browser reads it, and the colour in its upper left corner. */
async function look(page: Page, png: Buffer): Promise<unknown> {
  return await page.evaluate(`(async () => {
    const image = new Image();
    image.src = "data:image/png;base64,${png.toString("base64")}";
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return [image.width, image.height, ...context.getImageData(0, 0, 1, 1).data];
  })()`);
}

test("the pictures of the README are small, and show a change from the review to the audit channel", async () => {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-pictures-"));
  const browser = await startChromium();
  try {
    const page = await browser.newPage();
    const seen: Record<string, unknown> = {};
    for (const { name, bytes } of await takePictures(folder)) {
      const png = await readFile(join(folder, name));
      expect([name, png.length === bytes && bytes < 100_000]).toEqual([name, true]);
      seen[name] = await look(page, png);
    }
    expect(seen).toEqual({
      "review.png": [1120, 680, 240, 242, 245, 255],
      "applied.png": [1120, 680, 240, 242, 245, 255],
      "audit-dark.png": [390, 680, 19, 22, 26, 255],
    });
    const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
    const shown = [...readme.matchAll(/src="docs\/pictures\/([^"]+)"[^>]* alt="[^"]{20,}"/g)];
    expect(shown.map(([, name]) => name).sort()).toEqual(Object.keys(seen).sort());
  } finally {
    await browser.close();
    await rm(folder, { recursive: true });
  }
});
