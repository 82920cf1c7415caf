import { parseArgs } from "node:util";
import { chosenOf, numbersOf } from "../options.ts";

const ENGINES = ["sqlite", "postgres"] as const;
/** What can be measured. `bulk` and `endurance` take long: only whoever asks for them gets them. */
const PARTS = ["acks", "one", "menus", "history", "bulk", "endurance"] as const;
const USUAL = PARTS.slice(0, 4);

/** What `npm run bench` is told. @throws when it does not know it */
export function readOptions(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      engines: { type: "string", default: "sqlite" },
      small: { type: "string", default: "1000" },
      large: { type: "string", default: "1000000" },
      "few-snapshots": { type: "string", default: "340" },
      "many-snapshots": { type: "string", default: "10000" },
      interactions: { type: "string", default: "100000" },
      only: { type: "string", default: USUAL.join(",") },
      json: { type: "boolean", default: false },
    },
  });
  const { engines, only, json, ...sizes } = values;
  return {
    engines: chosenOf(engines, ENGINES),
    only: chosenOf(only, PARTS),
    json,
    ...numbersOf(sizes),
  };
}
