import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): Promise<string> => readFile(join(ROOT, path), "utf8");

/** A test that docs/complaints.md or SECURITY.md names: `path`: “title”. */
const NAMED = /^- `(?<path>[^`]+)`: “(?<title>.+)”$/gm;
/** A report that the title of a test cites: [repository#number]. */
const CITED = /\[[\w.-]+#\d+\](?= )/g;

async function allNamedAreThere(section: string): Promise<void> {
  const named = [...section.matchAll(NAMED)];
  expect(named).not.toEqual([]);
  for (const { groups } of named) {
    const [path, title] = [groups?.path ?? "", groups?.title ?? ""];
    const text = await read(path);
    const isThere = ['"', "`"].some((quote) => text.includes(quote + title + quote));
    expect([path, title, isThere]).toEqual([path, title, true]);
  }
}

test("SECURITY.md names for each item of the standard at least one test, and each of them exists", async () => {
  const text = await read("SECURITY.md");
  const [, ...sections] = (text.split(/^## What is not done/m)[0] ?? "").split(/^### /m);
  expect(sections).toHaveLength(19);
  for (const section of sections) {
    expect(section).toMatch(/^\d+\.\d+\.\d+/);
    await allNamedAreThere(section);
  }
});

describe("docs/complaints.md", () => {
  test("names for each of the complaints at least one test, and each of them exists", async () => {
    const [, ...sections] = (await read("docs/complaints.md")).split(/^## /m);
    expect(sections).toHaveLength(24);
    for (const [index, section] of sections.entries()) {
      expect(section).toMatch(new RegExp(`^${index + 1}\\. `));
      await allNamedAreThere(section);
    }
  });

  test("has every report that a test cites", async () => {
    const list = await read("docs/complaints.md");
    const names = await readdir(join(ROOT, "test"), { recursive: true });
    const tests = names.filter((name) => /\.(test|browser)\.ts$/.test(name));
    const cited = await Promise.all(
      tests.map(async (name) => (await read(join("test", name))).match(CITED) ?? []),
    );
    expect(cited.flat().length).toBeGreaterThan(30);
    expect(cited.flat().filter((report) => !list.includes(report))).toEqual([]);
  });
});
