import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { toldTo } from "../../test/options.ts";
import { makeReadyTemplate } from "../../test/postgres/databases.ts";
import { startPostgres } from "../../test/postgres/local-postgres.ts";
import { FOLDERS } from "./folders.ts";
import { readOptions } from "./options.ts";

/*
 * Changes the sources of one folder after the other, one small change at a time, and looks whether a
 * test notices. `--only` names folders (folders.ts), `--mutate` single files in them. What was tried
 * before and is as it was, sources and tests, is not tried again. A new test may go unseen by this where a
 * change stands in the top level of a module: `--force` tries everything anew.
 */
const { folders, mutate, force, concurrency } = toldTo(readOptions);

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const STRYKER = here("node_modules/@stryker-mutator/core/bin/stryker.js");

/** @returns whether all was tried and the score is not too low. */
async function tryOut(folder: string): Promise<boolean> {
  const options = ["--concurrency", String(concurrency)];
  if (force) options.push("--force");
  if (mutate !== undefined) options.push("--mutate", mutate);
  const stryker = spawn(
    process.execPath,
    [STRYKER, "run", "tools/mutation/stryker.config.js", ...options],
    {
      cwd: here("../.."),
      env: { ...process.env, MUTATION_FOLDER: folder },
      stdio: "inherit",
    },
  );
  const [code] = await once(stryker, "close");
  return code === 0;
}

if (!existsSync(STRYKER)) {
  console.error("The tool is not installed, which is: npm ci --prefix tools/mutation");
  process.exit(2);
}

// One Postgres around all runs: each of the tests makes a database of its own on it.
const wantsPostgres = folders.some((folder) => FOLDERS[folder]?.postgres);
const postgres = wantsPostgres ? await startPostgres() : undefined;
if (postgres !== undefined) {
  await makeReadyTemplate(postgres.url);
  process.env.TEST_POSTGRES_URL = postgres.url;
}
let good = true;
for (const folder of folders) good = (await tryOut(folder)) && good;
await postgres?.remove();
process.exit(good ? 0 : 1);
