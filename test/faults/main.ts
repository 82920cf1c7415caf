import { join } from "node:path";
import { parseArgs } from "node:util";
import { createDatabase } from "../postgres/databases.ts";
import { startPostgres } from "../postgres/local-postgres.ts";
import { run } from "./run.ts";
import type { Verdict } from "./verdict.ts";

/*
 * The long form of the faults. Without options: 1,000 requests, 30 of them plans of 20 to 50
 * snapshots, and 100 kills with three processes on Postgres, the same with one on SQLite, and 10,000
 * pairs of clicks at the same moment. Prints the verdicts as JSON; ends with 1 when anything in one of
 * them should not have happened.
 */
const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "1000" },
    plans: { type: "string", default: "30" },
    kills: { type: "string", default: "100" },
    pairs: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 100_000) },
    only: { type: "string", default: "postgres,sqlite,pairs" },
  },
});
const seed = Number(values.seed);
const say = (words: string): void => console.error(words);
const size = {
  requests: Number(values.requests),
  plans: Number(values.plans),
  kills: Number(values.kills),
  seed,
};
const wanted = values.only.split(",");
const postgres = await startPostgres();
const onPostgres = {
  engine: "Postgres",
  processes: 3,
  place: () => createDatabase(postgres.url),
} as const;
const onSqlite = {
  engine: "SQLite",
  processes: 1,
  place: async (folder: string) => join(folder, "bot.db"),
} as const;

const verdicts: Verdict[] = [];
if (wanted.includes("postgres")) {
  verdicts.push(await run({ ...onPostgres, ...size, faults: true, say }));
}
if (wanted.includes("sqlite")) {
  verdicts.push(await run({ ...onSqlite, ...size, faults: true, say }));
}
if (wanted.includes("pairs")) {
  const pairs = { requests: Number(values.pairs), plans: 0, kills: 0, seed };
  verdicts.push(await run({ ...onPostgres, ...pairs, faults: false, say }));
}
await postgres.remove();
console.log(JSON.stringify(verdicts, null, 2));
const isGood = (verdict: Verdict): boolean =>
  Object.values(verdict.violations).every((count) => count === 0);
process.exit(verdicts.every(isGood) ? 0 : 1);
