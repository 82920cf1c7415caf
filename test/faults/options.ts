import { parseArgs } from "node:util";
import { chosenOf, numbersOf } from "../options.ts";

const PARTS = ["postgres", "sqlite", "pairs"] as const;

/**
 * What `npm run test:faults` is told. Without options: 1,000 requests, 30 of them plans of 20 to 50
 * snapshots, and 100 kills with three processes on Postgres, the same with one on SQLite, and 10,000
 * pairs of clicks at the same moment.
 * @throws when it does not know an option
 */
export function readOptions(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      requests: { type: "string", default: "1000" },
      plans: { type: "string", default: "30" },
      kills: { type: "string", default: "100" },
      pairs: { type: "string", default: "10000" },
      seed: { type: "string", default: String(Date.now() % 100_000) },
      only: { type: "string", default: PARTS.join(",") },
    },
  });
  const { only, ...numbers } = values;
  return { only: chosenOf(only, PARTS), ...numbersOf(numbers) };
}
