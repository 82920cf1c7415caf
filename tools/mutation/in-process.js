import { globSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { declareFactoryPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import {
  DryRunStatus,
  determineHitLimitReached,
  TestStatus,
  toMutantRunResult,
} from "@stryker-mutator/api/test-runner";
import { trialOfThisRun } from "./folders.ts";
import { makeWorlds } from "./module-hooks.js";
import { loadSuite, runSuite, testsIn } from "./suite.js";

/** In the copy of the sources that all of Stryker's processes share: the files of each test. */
const FILES = "tools/mutation/files-of-tests.json";

/** What Stryker's marks in the sources look at. */
globalThis.__stryker__ ??= {};
const marks = globalThis.__stryker__;

const { tests, leftOut } = trialOfThisRun();
const isKept = (name) => !leftOut?.test(name);

/**
 * Runs the tests in Stryker's own process, where a change is switched on and off: most take some
 * milliseconds, while jest takes a quarter of a second to begin. What changes while it is loaded is
 * loaded anew.
 */
class InProcess {
  /** The suites as they are without a change. */
  #suites = new Map();
  /** For each source the test files that noticed changes of it, the last one first. */
  #noticing = new Map();
  #files = [];
  #filesOf;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // Nothing of what a change leaves undone may end the process.
    process.on("unhandledRejection", () => {});
    // Stryker goes to the copy with its marks after it has loaded this.
    this.#files = tests.flatMap((pattern) => globSync(pattern)).map((path) => resolve(path));
    makeWorlds(process.cwd());
    await import("./properties.ts");
  }

  async dryRun() {
    const results = [];
    const filesOf = {};
    for (const path of this.#files) {
      const suite = await this.#suite(path);
      for (const { name } of testsIn(suite)) filesOf[name] = [...(filesOf[name] ?? []), path];
      const around = (name) => {
        marks.currentTestId = name;
      };
      for await (const result of runSuite(suite, isKept, around)) {
        results.push(resultOf(result, path));
      }
    }
    writeFileSync(FILES, JSON.stringify(filesOf));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage: marks.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }) {
    this.#filesOf ??= JSON.parse(readFileSync(FILES, "utf8"));
    const names = testFilter === undefined ? undefined : new Set(testFilter);
    const wants = (name) => isKept(name) && (names === undefined || names.has(name));
    const paths =
      testFilter === undefined
        ? this.#files
        : [...new Set(testFilter.flatMap((name) => this.#filesOf[name] ?? []))];
    const results = [];
    marks.hitLimit = hitLimit;
    marks.hitCount = hitLimit === undefined ? undefined : 0;
    for (const path of this.#inOrder(paths, sandboxFileName)) {
      const result = await this.#firstFailure(path, activeMutant.id, names, wants, results);
      if (result === undefined) continue;
      this.#notice(sandboxFileName, path);
      break;
    }
    marks.activeMutant = undefined;
    return (
      determineHitLimitReached(marks.hitCount, hitLimit) ??
      toMutantRunResult({ status: DryRunStatus.Complete, tests: results }, false)
    );
  }

  /** Runs the tests of a file with the change, until one fails. */
  async #firstFailure(path, mutant, names, wants, results) {
    // What comes by in tests only is switched on when all is loaded.
    const loaded = names === undefined ? undefined : await this.#suite(path);
    marks.activeMutant = mutant;
    try {
      const suite = loaded ?? (await loadSuite(path));
      for await (const one of runSuite(suite, wants)) {
        const result = resultOf(one, path);
        results.push(result);
        if (result.status === TestStatus.Failed) return result;
      }
    } catch (error) {
      // It cannot even be loaded.
      const result = resultOf({ name: testsOf(this.#filesOf, path)[0], took: 0, error }, path);
      results.push(result);
      return result;
    } finally {
      marks.activeMutant = undefined;
    }
    return undefined;
  }

  async #suite(path) {
    const known = this.#suites.get(path) ?? (await loadSuite(path));
    this.#suites.set(path, known);
    return known;
  }

  #inOrder(paths, source) {
    const before = this.#noticing.get(source) ?? [];
    const rank = (path) => (before.includes(path) ? before.indexOf(path) : before.length);
    return paths.toSorted((one, other) => rank(one) - rank(other));
  }

  #notice(source, path) {
    const before = this.#noticing.get(source) ?? [];
    this.#noticing.set(source, [path, ...before.filter((one) => one !== path)]);
  }
}

const testsOf = (filesOf, path) =>
  Object.keys(filesOf).filter((name) => filesOf[name].includes(path));

function resultOf({ name, took, error }, fileName) {
  const result = { id: name, name, timeSpentMs: took, fileName };
  return error === undefined
    ? { ...result, status: TestStatus.Success }
    : { ...result, status: TestStatus.Failed, failureMessage: String(error?.message ?? error) };
}

export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, "in-process", () => new InProcess()),
];
