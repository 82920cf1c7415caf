import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const GLOBALS = new URL("jest-globals.js", import.meta.url).href;

/** Runs of a property: each change goes through all of them, thousands of times. */
const MOST_RUNS = 100;
/** Some tests count how often something came by in all their runs: these stay as many. */
const fewerRuns = (source) =>
  source.includes("toBeGreaterThan(")
    ? source
    : source.replaceAll(/\bnumRuns: [\d_]+/g, `numRuns: ${MOST_RUNS}`);

/** Sources without their types, read once. */
const read = new Map();
function sourceOf(url) {
  const path = fileURLToPath(url);
  const known = read.get(path) ?? stripTypeScriptTypes(fewerRuns(readFileSync(path, "utf8")));
  read.set(path, known);
  return known;
}

/**
 * From now on a module of ours that is imported as `…?v=7` imports others of ours as `…?v=7`, too: a
 * world of its own for each test file, as jest makes one.
 */
export function makeWorlds(root) {
  const home = `${pathToFileURL(root).href}/`;
  const isOurs = (url) =>
    url.startsWith(home) && /^(?:src|test|playground)\//.test(url.slice(home.length));
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "@jest/globals") return { url: GLOBALS, shortCircuit: true };
      const found = next(specifier, context);
      const world = /\?v=\d+$/.exec(context.parentURL ?? "")?.[0];
      return world !== undefined && isOurs(found.url) && !found.url.includes("?")
        ? { ...found, url: found.url + world }
        : found;
    },
    load(url, context, next) {
      return isOurs(url) && /\.ts(?:\?|$)/.test(url)
        ? { format: "module", source: sourceOf(url), shortCircuit: true }
        : next(url, context);
    },
  });
}
