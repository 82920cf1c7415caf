import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import { temporaryFolder } from "../store/temporary.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Runs a script of package.json as npm does, but in a folder of its own, with what is in `.env` there. */
async function runScript(name: string, words: readonly string[], env: string | null, real = {}) {
  const folder = temporaryFolder();
  if (env !== null) await writeFile(join(folder, ".env"), env);
  const { scripts } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const [program, ...rest] = String(scripts[name]).split(" ");
  expect(program).toBe("node");
  const given = rest.map((word) => (word.startsWith("src/") ? join(ROOT, word) : word));
  return spawnSync(process.execPath, [...given, ...words], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...real },
    encoding: "utf8",
  });
}

describe("npm start and npm run operator", () => {
  test("read .env", async () => {
    const started = await runScript("start", [], "LOG_LEVEL=loud\n");
    expect(started.stderr).toContain("LOG_LEVEL is to be one of");
    const asked = await runScript("operator", ["policy", "check"], "POLICY_FILE=mine.yml\n");
    expect(asked.stdout).toContain("mine.yml");
  });

  test("let the real environment win", async () => {
    const real = { POLICY_FILE: "theirs.yml" };
    const asked = await runScript("operator", ["policy", "check"], "POLICY_FILE=mine.yml\n", real);
    expect(asked.stdout).toContain("theirs.yml");
  });

  test("do without it, and Node says so", async () => {
    const asked = await runScript("operator", ["--help"], null);
    expect([asked.status, asked.stderr]).toEqual([0, ".env not found. Continuing without it.\n"]);
  });

  test("keep it out of the repository", async () => {
    expect((await readFile(join(ROOT, ".gitignore"), "utf8")).split("\n")).toContain(".env");
  });
});
