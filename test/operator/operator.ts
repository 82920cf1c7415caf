import { spawn } from "node:child_process";
import { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { run } from "../../src/operator/run.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What the operator's program said, and how it ended. */
export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly note: string;
}

/** Runs the package's bin in a process of its own, with these settings and nothing else. */
export function operate(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Promise<Ran> {
  const child = spawn(process.execPath, ["src/operator.js", ...words], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", ...environment },
  });
  let out = "";
  let note = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    note += text;
  });
  child.stdin.on("error", () => undefined).end(input);
  return new Promise((done) => child.on("close", (code) => done({ code, out, note })));
}

/** The same in this process, for many small questions. */
export async function ask(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const said = { out: "", note: "" };
  const out = new Writable({
    write(chunk, _encoding, done) {
      said.out += String(chunk);
      done();
    },
  });
  const note = (text: string): void => {
    said.note += `${text}\n`;
  };
  const code = await run(words, { environment, out, note });
  return { code, ...said };
}
