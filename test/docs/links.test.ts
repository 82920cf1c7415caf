import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What people read: the pages of the project and those in docs. */
async function pages(): Promise<readonly string[]> {
  const names = await Promise.all(
    [".", "docs"].map(async (folder) =>
      (await readdir(join(ROOT, folder)))
        .filter((name) => name.endsWith(".md"))
        .map((name) => join(folder, name)),
    ),
  );
  return names.flat();
}

const withoutCode = (text: string): string =>
  text.replace(/^```.*?^```/gms, "").replace(/`[^`\n]*`/g, (code) => code.replace(/[[\]()]/g, ""));

/** The anchors of a page, as GitHub makes them of its headings. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...text.replace(/^```.*?^```/gms, "").matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\p{M} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );

test("every link of every page leads to something", async () => {
  const all = await pages();
  expect(all.length).toBeGreaterThan(10);
  let links = 0;
  for (const page of all) {
    const text = withoutCode(await readFile(join(ROOT, page), "utf8"));
    const targets = [
      ...[...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target),
      ...[...text.matchAll(/src="([^"]+)"/g)].map(([, target = ""]) => target),
    ];
    for (const target of targets) {
      links += 1;
      if (/^https:\/\//.test(target)) {
        expect([page, target, URL.canParse(target)]).toEqual([page, target, true]);
        continue;
      }
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? join(ROOT, page) : join(ROOT, dirname(page), path);
      const isThere = await stat(file).then(
        () => !relative(ROOT, file).startsWith(".."),
        () => false,
      );
      expect([page, target, isThere]).toEqual([page, target, true]);
      if (anchor === undefined) continue;
      const anchors = anchorsOf(await readFile(file, "utf8"));
      expect([page, target, anchors.has(anchor)]).toEqual([page, target, true]);
    }
  }
  expect(links).toBeGreaterThan(40);
});

test("every script of npm that a page names is one of the package", async () => {
  const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const builtIn = ["ci", "test", "start"];
  const named = new Set<string>();
  for (const page of await pages()) {
    const text = await readFile(join(ROOT, page), "utf8");
    for (const [, script = ""] of text.matchAll(/\bnpm run (?:-s )?([a-z][\w:-]*)/g)) {
      named.add(script);
    }
    for (const [, script = ""] of text.matchAll(/\bnpm (ci|test|start)\b/g)) named.add(script);
  }
  expect([...named].filter((name) => !(name in scripts) && !builtIn.includes(name))).toEqual([]);
  expect([...named]).toEqual(expect.arrayContaining(["playground", "bench", "operator", "start"]));
});
