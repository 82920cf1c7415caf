import { statSync } from "node:fs";
import JestRunner from "jest-runner";
import { wasNoticed } from "./noticed.js";

const TestRunner = JestRunner.default ?? JestRunner;

/** For each source the test files that have noticed a change of it, the last one first. */
const noticing = new Map();

/**
 * Runs one test file after the other until one has noticed the change: first those that have noticed
 * others of the same source, then small ones.
 */
export default class UntilNoticed extends TestRunner {
  async runTests(tests, ...more) {
    const source = process.env.MUTATION_SOURCE;
    const before = noticing.get(source) ?? [];
    const rank = ({ path }) =>
      before.includes(path) ? before.indexOf(path) : before.length + statSync(path).size;
    for (const test of tests.toSorted((one, other) => rank(one) - rank(other))) {
      await super.runTests([test], ...more);
      if (!wasNoticed()) continue;
      noticing.set(source, [test.path, ...before.filter((path) => path !== test.path)]);
      return;
    }
  }
}
