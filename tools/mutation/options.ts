import { parseArgs } from "node:util";
import { FOLDERS } from "./folders.ts";

/** What `npm run test:mutation` is told; `unknown` are names of folders that there are not. */
export function readOptions(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      only: { type: "string", default: Object.keys(FOLDERS).join(",") },
      mutate: { type: "string" },
      force: { type: "boolean", default: false },
      concurrency: { type: "string", default: "2" },
    },
  });
  const { only, ...rest } = values;
  const folders = only.split(",");
  return { ...rest, folders, unknown: folders.filter((name) => FOLDERS[name] === undefined) };
}
