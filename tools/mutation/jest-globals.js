/** What tests import from `@jest/globals`: jest's own parts, without jest around them. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
export const { afterAll, afterEach, beforeAll, beforeEach, describe, test } =
  require("jest-circus");
export const { jestExpect: expect } = require("@jest/expect");
