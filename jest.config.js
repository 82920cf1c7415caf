export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "^.+\\.ts$": "<rootDir>/test/strip-types.js" },
  // Copies of all sources, while mutation testing goes on.
  modulePathIgnorePatterns: ["<rootDir>/.stryker-tmp/"],
  testTimeout: 30_000,
  // One real Postgres for all tests that want one.
  globalSetup: "<rootDir>/test/postgres/global-setup.ts",
  globalTeardown: "<rootDir>/test/postgres/global-teardown.ts",
  // Jest would leave a core unused.
  // One more than the cores we count on: many tests wait for a time limit to pass.
  maxWorkers: 3,
};
