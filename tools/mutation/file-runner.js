import { statSync } from "node:fs";
import JestRunner from "jest-runner";
import { wasNoticed } from "./noticed.js";

const TestRunner = JestRunner.default ?? JestRunner;

/** Runs one test file after the other, small ones first, until a test has noticed the change. */
export default class UntilNoticed extends TestRunner {
  async runTests(tests, ...more) {
    const sizeOf = ({ path }) => statSync(path).size;
    for (const test of tests.toSorted((one, other) => sizeOf(one) - sizeOf(other))) {
      if (wasNoticed()) return;
      await super.runTests([test], ...more);
    }
  }
}
