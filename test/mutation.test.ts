import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { FOLDERS, type Trial } from "../tools/mutation/folders.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const filesOf = (pattern: string): readonly string[] => globSync(pattern, { cwd: ROOT });

/** What a trial changes: patterns that begin with `!` take files out again. */
function sourcesOf({ sources }: Trial): readonly string[] {
  const out = new Set(sources.filter(isOut).flatMap((pattern) => filesOf(pattern.slice(1))));
  return sources
    .filter((pattern) => !isOut(pattern))
    .flatMap(filesOf)
    .filter((file) => !out.has(file));
}
const isOut = (pattern: string): boolean => pattern.startsWith("!");

test("each pattern of what mutation testing tries, and of the tests that have to notice, has files", () => {
  for (const { sources, tests } of Object.values(FOLDERS)) {
    for (const pattern of [...sources, ...tests]) {
      expect([pattern, filesOf(pattern.replace(/^!/, "")).length]).not.toEqual([pattern, 0]);
    }
  }
});

test("mutation testing tries each file of the pure folders and of the store, once", () => {
  const wanted = ["snapshot", "approval", "blocks", "store"].flatMap((folder) =>
    filesOf(`src/${folder}/**/*.ts`),
  );
  expect(Object.values(FOLDERS).flatMap(sourcesOf).toSorted()).toEqual(wanted.toSorted());
});
