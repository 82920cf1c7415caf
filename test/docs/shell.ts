import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach } from "@jest/globals";

const AT_A_TERMINAL = fileURLToPath(new URL("at-a-terminal.cjs", import.meta.url));

/** A line that was typed into a shell, and goes on. */
export interface Going {
  /** What it said, to whoever reads it and beside that. */
  readonly out: string;
  readonly note: string;
  /** Waits until this is seen, anew since the last time. @throws when it has ended without. */
  sees(words: string): Promise<void>;
  /** Types a line into it. */
  types(line: string): void;
  /** What Ctrl+C does: a signal for all that the line has started. */
  pressCtrlC(): void;
  /** Waits for its end. @returns its exit code. */
  ended(): Promise<number | null>;
}

const open = new Set<ChildProcess>();
afterEach(() => {
  for (const child of open) end(child, "SIGKILL");
});

/** A shell in a folder that may change, with these settings and nothing else of this process. */
export interface Shell {
  folder: string;
  readonly environment: Record<string, string>;
}

/** A shell in which this checkout's own programs are not found by chance. */
export const shellIn = (folder: string, environment: Record<string, string> = {}): Shell => ({
  folder,
  environment: {
    PATH: (process.env.PATH ?? "")
      .split(":")
      .filter((place) => !place.includes("node_modules"))
      .join(":"),
    HOME: folder,
    npm_config_update_notifier: "false",
    ...environment,
  },
});

/** Types a line into a shell at a terminal. */
export const begin = (shell: Shell, line: string): Going => start(shell, line, true);

/** Has a line carried out where nobody sits, and waits for its end. */
export async function type(shell: Shell, line: string) {
  const going = start(shell, line, false);
  const code = await going.ended();
  return { code, out: going.out, note: going.note };
}

function start({ folder, environment }: Shell, line: string, isTerminal: boolean): Going {
  const child = spawn("sh", ["-c", line], {
    cwd: folder,
    env: {
      ...environment,
      ...(isTerminal ? { NODE_OPTIONS: `--require "${AT_A_TERMINAL}"` } : {}),
    },
    // A group of its own, for Ctrl+C.
    detached: true,
  });
  open.add(child);
  const said = { out: "", note: "", all: "" };
  const waiting = new Set<() => void>();
  const collect = (where: "out" | "note") => (text: string) => {
    said[where] += text;
    said.all += text;
    for (const look of waiting) look();
  };
  child.stdout.setEncoding("utf8").on("data", collect("out"));
  child.stderr.setEncoding("utf8").on("data", collect("note"));
  child.stdin.on("error", () => undefined);
  if (!isTerminal) child.stdin.end();
  let from = 0;
  const ended = once(child, "close").then(([code]) => {
    open.delete(child);
    return code as number | null;
  });
  return {
    get out() {
      return said.out;
    },
    get note() {
      return said.note;
    },
    sees: (words) =>
      new Promise((done, fail) => {
        const look = (): void => {
          const at = said.all.indexOf(words, from);
          if (at < 0) return;
          from = at + words.length;
          waiting.delete(look);
          done();
        };
        waiting.add(look);
        void ended.then((code) => {
          if (waiting.has(look))
            fail(new Error(`${line} ended with ${code}, without "${words}":\n${said.all}`));
        });
        look();
      }),
    types: (text) => void child.stdin.write(`${text}\r`),
    pressCtrlC: () => end(child, "SIGINT"),
    ended: () => ended,
  };
}

function end({ pid }: ChildProcess, signal: "SIGINT" | "SIGKILL"): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
