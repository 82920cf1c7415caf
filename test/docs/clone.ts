import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { ROOT, textOf } from "./page.ts";

/** What a clone does not have: what git keeps for itself, and what it leaves out. */
const leftOut = (): ReadonlySet<string> =>
  new Set([
    ".git",
    ...textOf(".gitignore")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => line.split("/").filter(Boolean).at(-1) ?? ""),
  ]);

/** What `git clone` gives: this checkout's files as they are now, committed or not. */
export async function cloneInto(folder: string): Promise<void> {
  const out = leftOut();
  const isOurs = (path: string): boolean =>
    !relative(ROOT, path)
      .split(sep)
      .some((part) => out.has(part));
  await cp(ROOT, folder, { recursive: true, filter: isOurs });
}

/**
 * Stands in for `npm ci`, which `.ci/run` does for real: links to the packages that are installed
 * here. What Node has compiled is left out, as it would be.
 */
export async function installInto(folder: string): Promise<void> {
  const here = join(ROOT, "node_modules");
  const there = join(folder, "node_modules");
  await mkdir(there);
  for (const name of await readdir(here)) {
    if (name !== ".cache") await symlink(join(here, name), join(there, name));
  }
}
