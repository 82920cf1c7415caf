import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const { getState, resetState } = require("jest-circus");
const { jestExpect } = require("@jest/expect");
const { SnapshotState } = require("jest-snapshot");

/**
 * Milliseconds that a test or a hook may take that names no other limit: as long as with jest
 * (jest.config.js), but with a change in the sources no longer than jest's own limit.
 */
const limit = () => (globalThis.__stryker__?.activeMutant === undefined ? 30_000 : 5_000);

let worlds = 0;

/** Loads a test file into a world of its own. @returns its tests as jest's describe blocks. */
export async function loadSuite(path) {
  resetState();
  worlds += 1;
  await import(`${pathToFileURL(path).href}?v=${worlds}`);
  return { path, root: getState().rootDescribeBlock };
}

const nameOf = ({ parent, name }) =>
  parent === undefined ? "" : `${nameOf(parent)} ${name}`.trimStart();

/** The tests of a suite, each with its name, in their order. */
export const testsIn = ({ root }) => testsBelow(root);
const testsBelow = (block) =>
  block.children.flatMap((child) =>
    child.type === "test" ? [{ name: nameOf(child), test: child }] : testsBelow(child),
  );

/**
 * Runs tests of a suite one after the other. @param wants by name; @param around called with the name
 * before and with undefined after each; @yields its name, how long it took, and what it threw.
 */
export async function* runSuite(suite, wants, around = () => {}) {
  expectIn(suite);
  yield* runBlock(suite.root, wants, around);
}

async function* runBlock(block, wants, around) {
  const wanted = testsBelow(block).filter(({ name }) => wants(name));
  if (wanted.length === 0) return;
  await runHooks([block], "beforeAll");
  try {
    for (const child of block.children) {
      if (child.type === "describeBlock") yield* runBlock(child, wants, around);
      else if (wants(nameOf(child))) yield await runTest(child, around);
    }
  } finally {
    await runHooks([block], "afterAll");
  }
}

async function runTest(test, around) {
  const name = nameOf(test);
  const blocks = blocksAround(test.parent);
  const begun = performance.now();
  const errors = [];
  const attempt = async (work) => {
    try {
      await work();
    } catch (error) {
      errors.push(error);
    }
  };
  around(name);
  jestExpect.setState({ currentTestName: name, suppressedErrors: [] });
  await attempt(async () => {
    await runHooks(blocks, "beforeEach");
    await within(test);
  });
  await attempt(() => runHooks(blocks.toReversed(), "afterEach"));
  around(undefined);
  // What differs from what is written down is told at the end of a test.
  errors.push(...jestExpect.getState().suppressedErrors);
  return { name, took: performance.now() - begun, error: errors[0] };
}

const blocksAround = (block) => (block === undefined ? [] : [...blocksAround(block.parent), block]);

async function runHooks(blocks, type) {
  for (const { hooks } of blocks) {
    for (const hook of hooks) if (hook.type === type) await within(hook);
  }
}

/**
 * A change may leave a promise open for ever, or an error that nobody hears of, which would end the
 * bot: then the test fails, as it would with jest.
 */
async function within({ fn, timeout }) {
  const fault = Promise.withResolvers();
  const late = () => fault.reject(new Error("It took too long."));
  const timer = setTimeout(late, timeout ?? limit());
  process.on("uncaughtException", fault.reject);
  try {
    await Promise.race([fn(), fault.promise]);
  } finally {
    clearTimeout(timer);
    process.off("uncaughtException", fault.reject);
  }
}

/** What is written down for the tests of a file is read anew: it counts what was asked for. */
function expectIn({ path }) {
  const written = join(dirname(path), "__snapshots__", `${basename(path)}.snap`);
  const snapshotState = existsSync(written)
    ? new SnapshotState(written, {
        updateSnapshot: "none",
        expand: false,
        snapshotFormat: { escapeString: false, printBasicPrototype: false },
        rootDir: dirname(path),
      })
    : undefined;
  jestExpect.setState({ testPath: path, snapshotState });
}
