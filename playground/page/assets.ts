import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";

/** The few modules of the local Slack that the page reads with, too: how texts and dates read. */
const SHARED: ReadonlySet<string> = new Set([
  "/slack/json.ts",
  "/slack/mrkdwn.ts",
  "/slack/render/date.ts",
  "/slack/render/text.ts",
]);

const TYPES: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  html: "text/html; charset=utf-8",
  svg: "image/svg+xml",
  ts: "text/javascript; charset=utf-8",
};

/** The pages, and the files that they are. */
const PAGES: Readonly<Record<string, string>> = {
  "/": "/page/browser/index.html",
  "/gallery": "/page/browser/gallery/gallery.html",
};

export interface Asset {
  readonly type: string;
  readonly body: string;
}

/** The file at that path of the page, as the browser takes it, or `undefined` if there is none. */
export async function asset(path: string): Promise<Asset | undefined> {
  const name = PAGES[path] ?? path;
  const isOwn = /^\/page\/browser(\/[a-z][a-z-]*)+\.[a-z]+$/.test(name);
  const type = TYPES[name.split(".").at(-1) ?? ""];
  if (type === undefined || !(isOwn || SHARED.has(name))) return undefined;
  try {
    const text = await readFile(new URL(`..${name}`, import.meta.url), "utf8");
    return { type, body: name.endsWith(".ts") ? stripTypeScriptTypes(text) : text };
  } catch {
    return undefined;
  }
}
