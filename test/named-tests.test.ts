import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string): Promise<string> => readFile(join(ROOT, path), "utf8");

/** A test that docs/complaints.md, docs/promises.md or SECURITY.md names: `path`: “title”. */
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

test("docs/promises.md names at least three tests for each sentence of the README, and each of them exists", async () => {
  const [, ...sections] = (await read("docs/promises.md")).split(/^## /m);
  const promised = [...(await read("README.md")).matchAll(/^\d\. \*\*(.+?)\*\*/gm)];
  expect(promised).toHaveLength(7);
  expect(sections).toHaveLength(7);
  for (const [index, section] of sections.entries()) {
    const [, sentence = ""] = promised[index] ?? [];
    // The README's may go on with a comma.
    expect(section.split("\n")[0]).toBe(`${index + 1}. ${sentence.replace(/[.,]$/, "")}`);
    expect([...section.matchAll(NAMED)].length).toBeGreaterThanOrEqual(3);
    await allNamedAreThere(section);
  }
});

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
