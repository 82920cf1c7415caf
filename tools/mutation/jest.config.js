import { fileURLToPath } from "node:url";
import everyday from "../../jest.config.js";
import { trialOfThisRun } from "./folders.ts";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { tests } = trialOfThisRun();

// The everyday settings, with the tests of one folder, and no Postgres for each of thousands of runs.
const { globalSetup, globalTeardown, maxWorkers, ...kept } = everyday;
export default {
  ...kept,
  rootDir: here("../.."),
  // Nothing else is looked through, again and again.
  roots: ["src", "test", "playground"].map((folder) => `<rootDir>/${folder}`),
  testMatch: tests.map((pattern) => `<rootDir>/${pattern}`),
  transform: { "^.+\\.ts$": here("fewer-runs.js") },
  testEnvironment: here("test-environment.js"),
  runner: here("file-runner.js"),
  setupFilesAfterEnv: [here("properties.ts")],
};
