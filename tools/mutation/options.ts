import { parseArgs } from "node:util";
import { chosenOf, numbersOf } from "../../test/options.ts";
import { FOLDERS } from "./folders.ts";

/** What `npm run test:mutation` is told. @throws when it does not know it */
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
  const { only, mutate, force, ...numbers } = values;
  return {
    folders: chosenOf(only, Object.keys(FOLDERS)),
    mutate,
    force,
    ...numbersOf(numbers),
  };
}
