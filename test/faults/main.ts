import { join } from "node:path";
import { toldTo } from "../options.ts";
import { createDatabase } from "../postgres/databases.ts";
import { startPostgres } from "../postgres/local-postgres.ts";
import { readOptions } from "./options.ts";
import { run } from "./run.ts";
import type { Verdict } from "./verdict.ts";

/*
 * The long form of the faults; options.ts has what it can be told. Prints the verdicts as JSON; ends
 * with 1 when anything in one of them should not have happened.
 */
const { only: wanted, pairs: pairsInAll, ...size } = toldTo(readOptions);
const say = (words: string): void => console.error(words);
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
  const pairs = { ...size, requests: pairsInAll, plans: 0, kills: 0 };
  verdicts.push(await run({ ...onPostgres, ...pairs, faults: false, say }));
}
await postgres.remove();
console.log(JSON.stringify(verdicts, null, 2));
const isGood = (verdict: Verdict): boolean =>
  Object.values(verdict.violations).every((count) => count === 0);
process.exit(verdicts.every(isGood) ? 0 : 1);
