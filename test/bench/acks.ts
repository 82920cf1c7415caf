import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { botEnvironment, startBotProcess } from "../../playground/bot-process.ts";
import { MovableClock } from "../../playground/clock.ts";
import { startGcore } from "../../playground/gcore/gcore.ts";
import { startSlack } from "../../playground/slack/slack.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { askForAll } from "../faults/requests.ts";
import { openAt } from "../store/place.ts";
import type { Load } from "./load.ts";
import { type Measure, percentile } from "./table.ts";

/** Connections, and decisions over them. */
const LOADS = [
  [1, 200],
  [10, 400],
  [50, 600],
] as const;
const WARM = 100;

/**
 * How long the bot takes to answer a decision, with the decision, its entry in the ledger and all that
 * is to be said of it committed before the answer, against a Bolt app that only answers.
 */
export async function ackFigures(
  engine: string,
  place: () => Promise<string | undefined>,
  say: (words: string) => void,
): Promise<readonly Measure[]> {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-bench-"));
  const [slack, gcore, bare] = await Promise.all([startSlack(), startGcore(), startBare()]);
  const databaseUrl = await place();
  const path = join(folder, "bot.db");
  const bot = await startBotProcess({
    ...botEnvironment(slack, gcore, path),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    AUDIT_CHANNELS: "",
  });
  const database = openAt(databaseUrl ?? path);
  try {
    const count = WARM + LOADS.reduce((sum, [, n]) => sum + n, 0);
    say(`${engine}: ${count} requests that wait for a decision`);
    const parts = { requests: requestsIn(database, []), plans: plansIn(database) };
    const wishes = gcore.fill(count, { prefix: "ack" }).map((id) => [id]);
    const asked = await askForAll({ gcore, clock: new MovableClock() }, parts, wishes, () => 1);
    const ids = asked.map(({ id }) => id);
    const secret = slack.signingSecret;
    const both = async (connections: number, requestIds: readonly string[]) => ({
      bare: await timesOf({ url: bare.url, secret: BARE_SECRET, connections, requestIds }),
      bot: await timesOf({ url: bot.url, secret, connections, requestIds }),
    });
    await both(1, ids.splice(0, WARM));
    const measured: Measure[] = [];
    for (const [connections, n] of LOADS) {
      say(`${engine}: ${n} decisions over ${connections} connections`);
      const times = await both(connections, ids.splice(0, n));
      for (const part of [0.5, 0.99]) {
        const [mine, theirs] = [percentile(times.bot, part), percentile(times.bare, part)];
        measured.push({
          ...{ what: `a decision over so many connections, ${part * 100} of 100`, engine },
          ...{ count: connections, value: mine, unit: "ms" },
          ratio: { times: mine / theirs, to: "a bare Bolt app" },
        });
      }
    }
    return measured;
  } finally {
    bare.child.kill("SIGKILL");
    await bot.end("SIGTERM");
    await database.close();
    await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
  }
}

const BARE_SECRET = "0123456789abcdef0123456789abcdef";
const FLAGS = ["--disable-warning=ExperimentalWarning"];
const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

async function startBare(): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const child = spawn(process.execPath, [...FLAGS, fileOf("bare-bolt.ts"), BARE_SECRET]);
  const url = await new Promise<string>((done) =>
    child.stdout.once("data", (line: Buffer) => done(line.toString("utf8").trim())),
  );
  return { url, child };
}

/** @throws when one of them was not answered */
async function timesOf(load: Load): Promise<readonly number[]> {
  const child = spawn(process.execPath, [...FLAGS, fileOf("load.ts"), JSON.stringify(load)]);
  let text = "";
  let trouble = "";
  child.stderr.on("data", (part: Buffer) => {
    trouble += part.toString("utf8");
  });
  for await (const part of child.stdout) text += String(part);
  if (text === "") throw new Error(trouble);
  const times = JSON.parse(text) as readonly number[];
  if (times.some((time) => time < 0)) throw new Error("a decision was not answered");
  return times;
}
