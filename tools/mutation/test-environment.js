import { TestEnvironment } from "jest-environment-node";
import { trialOfThisRun } from "./folders.ts";
import { note, wasNoticed } from "./noticed.js";

const { leftOut } = trialOfThisRun();

const nameOf = (test) => (test === undefined ? "" : `${nameOf(test.parent)} ${test.name}`);

/** Leaves out what the trial leaves out, and what follows when one test has noticed the change. */
export default class StopEarly extends TestEnvironment {
  async handleTestEvent({ name, test }) {
    if (name === "test_fn_failure" || name === "hook_failure") note();
    if (name === "test_start" && (wasNoticed() || leftOut?.test(nameOf(test)))) test.mode = "skip";
    // Stryker takes what runs from here on for a part of the test, and only its end for an end.
    if (name === "test_skip" && this.global.__stryker__ !== undefined) {
      this.global.__stryker__.currentTestId = undefined;
    }
  }
}
