import { createHash } from "node:crypto";
import { stripTypeScriptTypes } from "node:module";

// Node runs the sources by taking the types out; the tests run through the same code, line for line.
export default {
  getCacheKey: (source, path) =>
    createHash("sha256").update(`${process.version}\0${path}\0${source}`).digest("hex"),
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
