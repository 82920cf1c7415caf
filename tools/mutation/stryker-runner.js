import { readFileSync, writeFileSync } from "node:fs";
import {
  commonTokens,
  declareFactoryPlugin,
  PluginKind,
  tokens,
} from "@stryker-mutator/api/plugin";
import { strykerPlugins as jestPlugins } from "@stryker-mutator/jest-runner";

export { strykerValidationSchema } from "@stryker-mutator/jest-runner";

/** Which test is in which files, in the copy of the sources that Stryker's processes share. */
const FILES = "tools/mutation/files-of-tests.json";

/**
 * Stryker's jest runner loads each test file that has to do with the changed source. For most changes
 * it is known which tests come by: only their files are loaded here.
 */
function narrowed(injector) {
  const runner = injector.injectFunction(jestPlugins[0].factory);
  let everyTest;
  let filesOf;
  return {
    capabilities: () => runner.capabilities(),
    async init() {
      await runner.init();
      everyTest = runner.jestConfig.testMatch;
    },
    async dryRun(options) {
      const result = await runner.dryRun(options);
      const files = {};
      for (const { id, fileName } of result.tests ?? [])
        files[id] = [...(files[id] ?? []), fileName];
      writeFileSync(FILES, JSON.stringify(files));
      return result;
    },
    mutantRun(options) {
      filesOf ??= JSON.parse(readFileSync(FILES, "utf8"));
      const files = options.testFilter?.flatMap((test) => filesOf[test] ?? []);
      runner.jestConfig.testMatch = files === undefined ? everyTest : [...new Set(files)];
      // What changes while it is loaded has no list of tests: jest finds the files that load it.
      runner.enableFindRelatedTests = files === undefined;
      process.env.MUTATION_SOURCE = options.sandboxFileName;
      return runner.mutantRun(options);
    },
  };
}
narrowed.inject = tokens(commonTokens.injector);

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, "narrowed", narrowed)];
