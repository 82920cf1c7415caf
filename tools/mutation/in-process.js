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

/** In the copy of the sources that all of Stryker's processes share: what the first run has learnt. */
const LEARNT = "tools/mutation/learnt.json";

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
  #learnt;

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    // Nothing of what a change leaves undone may end the process.
    process.on("unhandledRejection", () => {});
    process.on("uncaughtException", () => {});
    // Stryker goes to the copy with its marks after it has loaded this.
    this.#files = tests.flatMap((pattern) => globSync(pattern)).map((path) => resolve(path));
    makeWorlds(process.cwd());
    await import("./properties.ts");
  }

  async dryRun() {
    const results = [];
    const filesOfTests = {};
    const filesOfChanges = {};
    const mutantCoverage = { static: {}, perTest: {} };
    const put = (files, key, path) => {
      files[key] = [...new Set([...(files[key] ?? []), path])];
    };
    for (const path of this.#files) {
      // The marks of each world keep what they found when they came by first.
      const covered = { static: {}, perTest: {} };
      marks.mutantCoverage = covered;
      const suite = await this.#suite(path);
      for (const { name } of testsIn(suite)) put(filesOfTests, name, path);
      const around = (name) => {
        marks.currentTestId = name;
      };
      for await (const result of runSuite(suite, isKept, around)) {
        results.push(resultOf(result, path));
      }
      for (const by of [covered.static, ...Object.values(covered.perTest)]) {
        for (const change of Object.keys(by)) put(filesOfChanges, change, path);
      }
      addTo(mutantCoverage.static, covered.static);
      for (const [test, by] of Object.entries(covered.perTest)) {
        mutantCoverage.perTest[test] ??= {};
        addTo(mutantCoverage.perTest[test], by);
      }
    }
    writeFileSync(LEARNT, JSON.stringify({ filesOfTests, filesOfChanges }));
    return { status: DryRunStatus.Complete, tests: results, mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }) {
    this.#learnt ??= JSON.parse(readFileSync(LEARNT, "utf8"));
    const { filesOfTests, filesOfChanges } = this.#learnt;
    const names = testFilter === undefined ? undefined : new Set(testFilter);
    const wants = (name) => isKept(name) && (names === undefined || names.has(name));
    const paths =
      testFilter === undefined
        ? (filesOfChanges[activeMutant.id] ?? [])
        : [...new Set(testFilter.flatMap((name) => filesOfTests[name] ?? []))];
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
      const [name] = testsOf(this.#learnt.filesOfTests, path);
      const result = resultOf({ name, took: 0, error }, path);
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

function addTo(counts, more) {
  for (const [key, count] of Object.entries(more)) counts[key] = (counts[key] ?? 0) + count;
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
