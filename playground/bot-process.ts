import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LocalGcore } from "./gcore/gcore.ts";
import { channels, type LocalSlack } from "./slack/slack.ts";

/** The real bot in a process of its own, as `npm start` starts it. */
export interface BotProcess {
  /** Where it listens. */
  readonly url: string;
  /** Its log so far. */
  readonly output: readonly string[];
  /** Settles when it has ended, whoever ended it, with its exit code. */
  readonly ended: Promise<number | null>;
  /** Ends it as the system would (`SIGTERM`), or in the middle of everything (`SIGKILL`). */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** Moves its clock to be so many milliseconds ahead, and waits until it is, or has ended. */
  moveClock(ahead: number): Promise<void>;
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** What `npm start` gives to Node, but for `.env`. */
const START = String(
  JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).scripts.start,
)
  .split(" ")
  .filter((word) => word !== "node" && !word.startsWith("--env-file"));
const MOVED_CLOCK = new URL("moved-clock.ts", import.meta.url).href;

/** The settings of a bot between these two, with a database at `databasePath` and a new key ring. */
export const botEnvironment = (
  slack: LocalSlack,
  gcore: LocalGcore,
  databasePath: string,
): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  SLACK_API_URL: slack.apiUrl,
  GCORE_API_URL: gcore.url,
  DATABASE_URL: `sqlite:${databasePath}`,
  KEY_RING: `k1:${randomBytes(32).toString("base64")}`,
  POLICY_FILE: fileURLToPath(new URL("policy.yml", import.meta.url)),
  AUDIT_CHANNELS: `${channels.audit},${channels.audit2}`,
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "info",
});

/**
 * Runs `src/start.js` with these settings and nothing else from this process's environment. With
 * `clockAhead` its clock is so many milliseconds ahead of the real one, and can be moved.
 */
export function runBot(environment: Record<string, string>, clockAhead?: number) {
  const isMovable = clockAhead !== undefined;
  const preload = isMovable
    ? ["--disable-warning=ExperimentalWarning", "--import", MOVED_CLOCK]
    : [];
  const child = spawn(process.execPath, [...preload, ...START], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH ?? "",
      ...environment,
      ...(isMovable ? { CLOCK_AHEAD: String(clockAhead) } : {}),
    },
    stdio: ["ignore", "pipe", "pipe", ...(isMovable ? (["ipc"] as const) : [])],
  });
  const output: string[] = [];
  const listeners = new Set<() => void>();
  const collect = (chunk: Buffer): void => {
    output.push(
      ...chunk
        .toString("utf8")
        .split("\n")
        .filter((line) => line !== ""),
    );
    for (const listener of listeners) listener();
  };
  child.stdout?.on("data", collect);
  child.stderr?.on("data", collect);
  const exited = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  return { child, output, listeners, exited };
}

/**
 * Starts the bot and waits until it is ready; for `clockAhead` see `runBot`.
 * @throws with its output when it ends before that.
 */
export async function startBotProcess(
  environment: Record<string, string>,
  clockAhead?: number,
): Promise<BotProcess> {
  const { child, output, listeners, exited } = runBot(environment, clockAhead);
  const said = (message: string): Record<string, unknown> | undefined => {
    const line = output.find((one) => one.includes(`"msg":"${message}"`));
    return line === undefined ? undefined : JSON.parse(line);
  };
  const ready = new Promise<void>((done) => {
    const look = (): void => {
      if (said("Ready") === undefined) return;
      listeners.delete(look);
      done();
    };
    listeners.add(look);
  });
  const early = exited.then((code) => {
    throw new Error(`the bot ended with ${code} before it was ready:\n${output.join("\n")}`);
  });
  await Promise.race([ready, early]);
  early.catch(() => undefined);
  let moving: Promise<void> = Promise.resolve();
  return {
    url: String(said("Listening")?.url),
    output,
    ended: exited,
    async end(signal) {
      child.kill(signal);
      return await exited;
    },
    moveClock(ahead) {
      // One after the other: each answer is that of the one who waits for it.
      moving = moving.then(async () => {
        if (!child.connected) return;
        const moved = new Promise((done) => child.once("message", done));
        child.send(ahead, () => undefined);
        await Promise.race([moved, exited]);
      });
      return moving;
    },
  };
}
