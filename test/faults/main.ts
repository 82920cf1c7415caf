import { join } from "node:path";
import { parseArgs } from "node:util";
import { openSqlite } from "../../src/store/sqlite.ts";
import { run } from "./run.ts";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "1000" },
    kills: { type: "string", default: "100" },
    processes: { type: "string", default: "1" },
    seed: { type: "string", default: "1" },
    "no-faults": { type: "boolean", default: false },
  },
});
const pathIn = (folder: string): string => join(folder, "bot.db");
const verdict = await run({
  requests: Number(values.requests),
  kills: Number(values.kills),
  processes: Number(values.processes),
  seed: Number(values.seed),
  faults: !values["no-faults"],
  databaseUrl: (folder) => `sqlite:${pathIn(folder)}`,
  open: (folder) => openSqlite(pathIn(folder)),
  say: (words) => console.error(words),
});
console.log(JSON.stringify(verdict, null, 2));
process.exit(Object.values(verdict.violations).every((count) => count === 0) ? 0 : 1);
