import everyday from "../../test/strip-types.js";

/** Runs of a property: each change goes through all of them, thousands of times. */
const MOST = 100;

/** Some tests count how often something came by in all their runs: these stay as many. */
const counts = (source) => source.includes("toBeGreaterThan(");

/** The everyday way to read sources, with fewer runs of each property that asks for many. */
export default {
  getCacheKey: (...given) => `${everyday.getCacheKey(...given)}-${MOST}`,
  process: (source) =>
    everyday.process(
      counts(source) ? source : source.replaceAll(/\bnumRuns: [\d_]+/g, `numRuns: ${MOST}`),
    ),
};
