export default {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  transform: { "^.+\\.ts$": "<rootDir>/test/strip-types.js" },
  testTimeout: 30_000,
  // Jest would leave a core unused.
  // One more than the cores we count on: many tests wait for a time limit to pass.
  maxWorkers: 3,
};
