import { fileURLToPath } from "node:url";
import { trialOfThisRun } from "./folders.ts";

const report = `tools/mutation/reports/${process.env.MUTATION_FOLDER}`;

export default {
  mutate: trialOfThisRun().sources,
  testRunner: "in-process",
  plugins: [fileURLToPath(new URL("in-process.js", import.meta.url))],
  testRunnerNodeArgs: ["--disable-warning=ExperimentalWarning"],
  // What a change breaks may fill the memory.
  maxTestRunnerReuse: 400,
  coverageAnalysis: "perTest",
  // TypeScript 7 has no API that Stryker knows, and nothing is checked by its types here.
  tsconfigFile: "no-tsconfig.json",
  disableTypeChecks: false,
  // One for each folder: several can be tried at the same time.
  tempDirName: `.stryker-tmp/${process.env.MUTATION_FOLDER}`,
  incremental: true,
  incrementalFile: `${report}-known.json`,
  reporters: ["clear-text", "progress-append-only", "html", "json"],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `${report}.html` },
  jsonReporter: { fileName: `${report}.json` },
  ignorePatterns: [".stryker-tmp", "tools/mutation/reports", "coverage", "data"],
  allowConsoleColors: false,
  // What loops without end is found out by waiting.
  timeoutMS: 4_000,
  thresholds: { high: 90, low: 85, break: 85 },
};
