import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process of its own that waits for the word and then does one thing with a database. */
export interface Racer {
  /** Fulfilled when it is ready to run. */
  readonly ready: Promise<void>;
  go(): void;
  /** What it printed at the end. */
  readonly result: Promise<unknown>;
}

const SCRIPT = fileURLToPath(new URL("racer.ts", import.meta.url));

export function startRacer(...parameters: readonly string[]): Racer {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", SCRIPT, ...parameters],
    { stdio: ["pipe", "pipe", "pipe"] },
  );
  const said: string[] = [];
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  let isReady = (): void => undefined;
  const ready = new Promise<void>((done) => {
    isReady = done;
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line === "ready") isReady();
    else said.push(line);
  });
  const result = new Promise<unknown>((done, fail) => {
    child.on("close", (code) => {
      isReady();
      if (code === 0) done(JSON.parse(said.at(-1) ?? "null"));
      else fail(new Error(`the process ended with ${code}: ${stderr}`));
    });
  });
  // A result that nobody has come to yet is no unhandled one.
  result.catch(() => undefined);
  return { ready, go: () => void child.stdin.end("go\n"), result };
}

/** Starts one process for each list of parameters and lets all of them go at once. */
export async function race(...each: readonly (readonly string[])[]): Promise<readonly unknown[]> {
  const racers = each.map((parameters) => startRacer(...parameters));
  await Promise.all(racers.map(({ ready }) => ready));
  for (const racer of racers) racer.go();
  return Promise.all(racers.map(({ result }) => result));
}
