import { TestEnvironment } from "jest-environment-node";
import { trialOfThisRun } from "./folders.ts";

const { leftOut } = trialOfThisRun();

const nameOf = (test) => (test === undefined ? "" : `${nameOf(test.parent)} ${test.name}`);

/** The change that a test of this process has noticed last: one test is enough. */
let noticed;

/** Leaves out what the trial leaves out, and all that follows when one test has noticed the change. */
export default class StopEarly extends TestEnvironment {
  async handleTestEvent(event) {
    const change = process.env.__STRYKER_ACTIVE_MUTANT__;
    if (event.name === "test_fn_failure" || event.name === "hook_failure") noticed = change;
    if (event.name !== "test_start") return;
    if ((change !== undefined && noticed === change) || leftOut?.test(nameOf(event.test))) {
      event.test.mode = "skip";
    }
  }
}
