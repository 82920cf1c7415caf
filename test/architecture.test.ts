import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Which folders of `src` (or files right in it) a part may import from. Everybody may take `problem`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  problem: [],
  clock: [],
  address: [],
  config: ["address", "approval", "database-url", "key-ring", "otel-settings"],
  "otel-settings": [],
  "database-url": [],
  "key-ring": [],
  "old-node": [],
  "compile-cache": [],
  "in-flight": [],
  snapshot: ["problem"],
  approval: ["problem", "snapshot"],
  blocks: ["problem", "snapshot", "approval"],
  log: ["config", "log-context", "snapshot"],
  "log-context": [],
  // It knows what the edges tell, and asks nothing of them.
  metrics: ["approval", "gcore", "log", "log-context", "slack", "store", "tracing"],
  tracing: ["log", "log-context", "otel-settings"],
  readiness: [],
  web: [],
  gcore: ["problem", "snapshot", "approval", "clock"],
  store: ["problem", "snapshot", "approval", "database-url", "key-ring"],
  slack: ["problem", "snapshot", "approval", "blocks", "clock"],
  deps: ["approval", "clock", "log", "gcore", "slack", "store", "tracing"],
  rights: ["problem", "approval", "deps"],
  jobs: [
    "problem",
    "snapshot",
    "approval",
    "blocks",
    "deps",
    "gcore",
    "log",
    "log-context",
    "rights",
    "slack",
    "store",
  ],
  listeners: [
    "problem",
    "snapshot",
    "approval",
    "blocks",
    "deps",
    "jobs",
    "log",
    "log-context",
    "rights",
  ],
  app: ["blocks", "deps", "in-flight", "listeners", "log-context", "slack"],
  bot: [
    "app",
    "approval",
    "clock",
    "config",
    "gcore",
    "in-flight",
    "jobs",
    "log",
    "metrics",
    "readiness",
    "slack",
    "store",
    "tracing",
    "web",
  ],
  main: ["bot", "config", "log"],
  start: ["main", "old-node", "compile-cache"],
  operator: [
    "address",
    "approval",
    "compile-cache",
    "blocks",
    "config",
    "database-url",
    "gcore",
    "key-ring",
    "log",
    "old-node",
    "slack",
    "snapshot",
    "store",
  ],
};

/** The pure folders: no clock, no ids, no I/O. What they may take from outside. */
const PURE: Readonly<Record<string, readonly string[]>> = {
  snapshot: ["fastest-levenshtein"],
  approval: ["node:crypto", "yaml", "zod"],
  blocks: ["@slack/types"],
};

/** Libraries with one home each. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  got: ["gcore"],
  "p-queue": ["gcore", "jobs"],
  keyv: ["store"],
  "node:sqlite": ["store"],
  pg: ["store"],
  "@slack/web-api": ["slack"],
  "@slack/socket-mode": ["slack"],
  "@slack/bolt": ["app", "listeners", "log", "slack"],
  pino: ["log"],
  "prom-client": ["metrics"],
};

interface Import {
  readonly file: string;
  readonly part: string;
  readonly from: string;
}

async function importsBelow(folder: string): Promise<Import[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true });
  const files = names.filter((name) => /\.[jt]s$/.test(name)).map((name) => join(folder, name));
  const all = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(ROOT, file), "utf8");
      const part =
        relative(folder, file)
          .split("/")[0]
          ?.replace(/\.[jt]s$/, "") ?? "";
      return [
        ...text.matchAll(/(?:^(?:import|export) [^;"]*?\bfrom |\bimport\(|^import )"([^"]+)"/gm),
      ].map(([, from = ""]) => ({
        file,
        part,
        from,
      }));
    }),
  );
  return all.flat();
}

const isOurs = ({ from }: Import): boolean => from.startsWith(".");
const targetOf = ({ file, from }: Import): string => join(dirname(file), from);

describe("imports run one way", () => {
  test("each part takes only from the parts that it may know", async () => {
    const imports = (await importsBelow("src")).filter(isOurs);
    expect(imports.length).toBeGreaterThan(100);
    const strays = imports.filter((one) => {
      const target =
        relative("src", targetOf(one))
          .split("/")[0]
          ?.replace(/\.[jt]s$/, "") ?? "";
      return target !== one.part && !(MAY_IMPORT[one.part] ?? []).includes(target);
    });
    expect(strays).toEqual([]);
  });

  test("the pure folders take nothing from outside that is not pure", async () => {
    const strays = (await importsBelow("src")).filter(
      (one) => !isOurs(one) && PURE[one.part] !== undefined && !PURE[one.part]?.includes(one.from),
    );
    expect(strays).toEqual([]);
  });

  test("the pure folders ask neither the clock nor chance nor the environment", async () => {
    for (const folder of Object.keys(PURE)) {
      for (const name of await readdir(join(ROOT, "src", folder))) {
        const text = await readFile(join(ROOT, "src", folder, name), "utf8");
        expect([
          name,
          /Date\.now|new Date\(\)|Math\.random|process\.|randomBytes/.exec(text),
        ]).toEqual([name, null]);
      }
    }
  });

  test("each library has its home", async () => {
    const strays = (await importsBelow("src")).filter(
      ({ from, part }) => HOMES[from] !== undefined && !HOMES[from]?.includes(part),
    );
    expect(strays).toEqual([]);
  });

  test("a production install has every library that the bot runs with", async () => {
    const { dependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    const missing = [];
    for (const name of await readdir(join(ROOT, "src"), { recursive: true })) {
      if (!/\.[jt]s$/.test(name)) continue;
      const text = await readFile(join(ROOT, "src", name), "utf8");
      for (const [, type, from = ""] of text.matchAll(
        /^import (type )?(?:[^;]*? from )?"([^."][^"]*)";/gm,
      )) {
        // What is imported as a type alone is not there when it runs.
        if (type !== undefined || from.startsWith("node:") || from in dependencies) continue;
        missing.push([name, from]);
      }
    }
    expect(missing).toEqual([]);
  });

  test("the environment is read in one place", async () => {
    const readers = [];
    for (const name of await readdir(join(ROOT, "src"), { recursive: true })) {
      if (!/\.[jt]s$/.test(name)) continue;
      const text = await readFile(join(ROOT, "src", name), "utf8");
      if (text.includes("process.env")) readers.push(name);
    }
    expect(readers.sort()).toEqual(["main.ts", "operator/main.ts"]);
  });

  test("the local Slack and the local Gcore know nothing of the bot", async () => {
    const imports = (await importsBelow("playground")).filter(isOurs);
    const strays = imports.filter(
      (one) => one.part !== "gallery" && !targetOf(one).startsWith("playground"),
    );
    expect(strays).toEqual([]);
    const toTheGallery = imports.filter(
      (one) => one.part !== "gallery" && targetOf(one).startsWith("playground/gallery"),
    );
    expect([...new Set(toTheGallery.map(({ part }) => part))]).toEqual(["page"]);
  });

  test("the gallery takes only what is pure from the bot", async () => {
    const fromTheBot = (await importsBelow("playground/gallery"))
      .filter(isOurs)
      .map(targetOf)
      .filter((target) => !target.startsWith("playground/gallery"));
    expect(fromTheBot.length).toBeGreaterThan(10);
    const strays = fromTheBot.filter(
      (target) => !/^src\/(?:(?:blocks|approval|snapshot)\/|problem\.ts$)/.test(target),
    );
    expect(strays).toEqual([]);
  });
});
