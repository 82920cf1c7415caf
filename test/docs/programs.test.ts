import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, jest, test } from "@jest/globals";
import { readOptions as mutationOptions } from "../../tools/mutation/options.ts";
import { readOptions as benchOptions } from "../bench/options.ts";
import { readOptions as faultsOptions } from "../faults/options.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { cloneInto, installInto } from "./clone.ts";
import { commandsIn, PAGES, ROOT, textOf } from "./page.ts";
import { begin, type Shell, shellIn, type } from "./shell.ts";

// Each is a process of its own, or several, on a machine that may be busy.
jest.setTimeout(240_000);

const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
const typed = PAGES.flatMap((path) => commandsIn(textOf(path)));
/** What the pages let one type after this script's name. */
const wordsAfter = (script: string): readonly string[] =>
  typed.flatMap((line) => {
    const [, words] = new RegExp(`\\bnpm run (?:-s )?${script}(?: -- (.+))?$`).exec(line) ?? [];
    return words === undefined ? [] : [words];
  });
const split = (words: string): readonly string[] => words.split(" ");

describe("what the pages let one measure", () => {
  test("is something that the benchmarks know, with options that they know", () => {
    const all = wordsAfter("bench").map((words) => benchOptions(split(words)));
    // Each part that there is has its figures in docs/evidence.md.
    expect([...new Set(all.flatMap(({ only }) => only))].toSorted()).toEqual(
      ["acks", "bulk", "endurance", "history", "menus", "one"].toSorted(),
    );
    expect(() => benchOptions(["--only", "menues"])).toThrow("There is no menues. There are acks,");
    expect(() => benchOptions(["--small", "few"])).toThrow("--small is to be a whole number");
    expect(() => benchOptions(["--engine", "sqlite"])).toThrow("--engine");
  });

  test("is kills and faults by the same seed again, or the pairs of clicks alone", () => {
    const [whole, pairs, ...none] = wordsAfter("test:faults").map((words) =>
      faultsOptions(split(words)),
    );
    expect(none).toEqual([]);
    expect(whole).toMatchObject({ seed: 20261122, only: ["postgres", "sqlite", "pairs"] });
    expect([whole?.requests, whole?.kills, whole?.pairs]).toEqual([1000, 100, 10_000]);
    expect(pairs).toMatchObject({ seed: 20261122, only: ["pairs"] });
    expect(() => faultsOptions(["--only", "mysql"])).toThrow("There is no mysql.");
  });

  test("is folders that mutation testing knows", () => {
    const [all, ...none] = wordsAfter("test:mutation").map((words) =>
      mutationOptions(split(words)),
    );
    expect(none).toEqual([]);
    expect(all).toMatchObject({
      force: true,
      folders: ["snapshot", "approval", "blocks", "store", "postgres"],
    });
    expect(textOf("docs/evidence.md")).toContain("`--only postgres`");
    expect(() => mutationOptions(["--only", "postgres,playground"])).toThrow(
      "There is no playground. There are snapshot,",
    );
  });

  test.each(["bench", "test:faults", "test:mutation"])(
    "is told in one line what it does not know: npm run %s",
    async (program) => {
      const { code, out, note } = await type(
        shellIn(ROOT),
        `npm run -s ${program} -- --only nothing`,
      );
      expect([code, out]).toEqual([2, ""]);
      expect(note).toMatch(/^There is no nothing\. There are .+\.\n$/);
    },
  );
});

describe("in a clone,", () => {
  let shell: Shell;
  beforeEach(async () => {
    shell = shellIn(join(temporaryFolder(), "clone"));
    await cloneInto(shell.folder);
    await installInto(shell.folder);
  });

  test("the history is measured by the command of docs/evidence.md, here with few entries", async () => {
    const [words = ""] = wordsAfter("bench").filter((one) => /^--only history /.test(one));
    const line = `npm run -s bench -- ${words} --small 20 --large 40`;
    const { code, out, note } = await type(shell, line);
    expect([code, note]).toEqual([0, expect.stringContaining("Postgres: 40 entries")]);
    for (const what of ["SQLite", "Postgres", "the newest of all projects"]) {
      expect(out).toContain(what);
    }
  });

  test("mutation testing says how to install its tool, by the line that docs/evidence.md has before it", async () => {
    const [words = ""] = wordsAfter("test:mutation");
    const { code, note } = await type(shell, `npm run -s test:mutation -- ${words}`);
    const [, line = ""] = /not installed, which is: (.+)$/m.exec(note) ?? [];
    expect([code, typed.includes(line)]).toEqual([2, true]);
    const [, , , folder = "none"] = split(line);
    const read = (name: string) => JSON.parse(textOf(`${folder}/${name}`));
    const { dependencies, devDependencies } = read("package.json");
    expect(read("package-lock.json").packages[""]).toMatchObject(
      Object.fromEntries(
        Object.entries({ dependencies, devDependencies }).filter(([, own]) => own),
      ),
    );
  });

  test("the tour of the README is shown in the terminal, to its end", async () => {
    const [line = ""] = typed.filter((one) => one.endsWith("--tour"));
    const [install, tour = "none"] = line.split(" && ");
    expect(install).toBe("npm ci");
    // Not in a playground that somebody here may have open.
    shell.environment.TMPDIR = temporaryFolder();
    const { code, out, note } = await type(shell, tour);
    expect([code, note]).toEqual([0, ""]);
    expect(out).toContain("Done: one change, from start to end.");
    expect(out).toContain("PATCH /cloud/v1/snapshots/");
  });

  test("the playground of the README is served with its gallery, and ended with Ctrl+C", async () => {
    const [line = "none"] = typed.filter((one) => one === "npm run playground");
    shell.environment.TMPDIR = temporaryFolder();
    const playground = begin(shell, line);
    await playground.sees("(Ctrl+C ends it)");
    const [, address = ""] = /The playground is at (\S+) /.exec(playground.out) ?? [];
    for (const path of ["/", "/gallery"]) {
      expect([path, (await fetch(new URL(path, address))).status]).toEqual([path, 200]);
    }
    playground.pressCtrlC();
    await playground.ended();
    await expect(fetch(address)).rejects.toThrow();
  });

  test.each(["test:browser", "pictures"])(
    "%s says how to get a Chromium where there is none",
    async (script) => {
      const [program = ""] = (scripts[script] ?? "").split(" && ");
      const none = fileURLToPath(new URL("no-chromium.cjs", import.meta.url));
      shell.environment.PATH = `${dirname(process.execPath)}:${shell.environment.PATH}`;
      shell.environment.NODE_OPTIONS = `--require "${none}"`;
      const { code, note } = await type(shell, program);
      expect([code, note]).toEqual([1, expect.stringContaining("apt-get install chromium")]);
    },
  );
});

test("every script of the package starts a program that there is", () => {
  for (const [name, line] of Object.entries(scripts)) {
    for (const part of line.split(" && ")) {
      const [program = "", ...words] = part.split(" ");
      if (program === "npm") expect(scripts).toHaveProperty([split(words.join(" "))[1] ?? ""]);
      else if (program === "node") {
        const file = words.find((word) => !word.startsWith("-")) ?? "none";
        expect([name, file, existsSync(join(ROOT, file))]).toEqual([name, file, true]);
      } else {
        const bin = join(ROOT, "node_modules", ".bin", program);
        expect([name, program, existsSync(bin)]).toEqual([name, program, true]);
      }
    }
  }
});

test(".ci/run can be run, and runs what the README says, with a Chromium before the browser tests and the alerts at the end", () => {
  expect(statSync(join(ROOT, ".ci/run")).mode & 0o111).not.toBe(0);
  const lines = textOf(".ci/run")
    .split("\n")
    .map((line) => line.trim());
  const order = [
    "npm ci",
    "npm run audit",
    "npm test",
    "apt-get install",
    "npm run test:browser",
    "promtool test rules",
  ];
  const places = order.map((words) =>
    lines.findIndex((line) => line.includes(words) && !line.startsWith("#")),
  );
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
});
