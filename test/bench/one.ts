import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { botEnvironment, startBotProcess } from "../../playground/bot-process.ts";
import { startGcore } from "../../playground/gcore/gcore.ts";
import { startSlack } from "../../playground/slack/slack.ts";
import { type BulkWorld, startBulkWorld } from "./bulk-world.ts";
import { agree, review } from "./single.ts";
import { type Measure, percentile } from "./table.ts";

const STARTS = 9;
const CHANGES = 60;
const WARM = 10;
const AT_REST = 5_000;
const MB = 1_048_576;

/** How long the bot takes to be ready, and what one change of one snapshot takes and costs. */
export async function oneFigures(
  engine: string,
  place: () => Promise<string | undefined>,
  say: (words: string) => void,
): Promise<readonly Measure[]> {
  const measure = (what: string, value: number, unit: string): Measure => ({
    ...{ what, engine, count: 1, value, unit },
  });
  say(`${engine}: ${STARTS} starts`);
  const { starts, rest } = await startsOf(await place());
  say(`${engine}: ${CHANGES} single changes`);
  const world = await startBulkWorld(await place(), 0);
  try {
    await world.connect(world.slack.person("ada"));
    const changes = await changesOf(world);
    return [
      measure("from start to ready, the middle", percentile(starts, 0.5), "ms"),
      measure("from start to ready, the longest", Math.max(...starts), "ms"),
      measure("memory at rest", rest / MB, "MB"),
      measure(
        "from the decision to the PATCH on the wire, the middle",
        percentile(changes.toPatch, 0.5),
        "ms",
      ),
      measure(
        "from the decision to the PATCH on the wire, 95 of 100",
        percentile(changes.toPatch, 0.95),
        "ms",
      ),
      measure(
        "of that Gcore's own time for the look, the middle",
        percentile(changes.looks, 0.5),
        "ms",
      ),
      measure("calls to Gcore for a change, from the command on", changes.gcore, ""),
      measure("calls to Slack for a change, from the command on", changes.slack, ""),
      measure("calls to Slack for a change, from the decision on", changes.slackAfter, ""),
    ];
  } finally {
    await world.end();
  }
}

/** How long several starts took on a database that is there, and the memory some time after the last. */
async function startsOf(databaseUrl: string | undefined) {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-bench-"));
  const [slack, gcore] = await Promise.all([startSlack(), startGcore()]);
  try {
    const environment = {
      ...botEnvironment(slack, gcore, join(folder, "bot.db")),
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      METRICS_TOKEN: TOKEN,
    };
    const starts: number[] = [];
    // The first one makes the tables.
    await (await startBotProcess(environment)).end("SIGTERM");
    for (let start = 1; start < STARTS; start += 1) {
      const begun = performance.now();
      const bot = await startBotProcess(environment);
      starts.push(performance.now() - begun);
      await bot.end("SIGTERM");
    }
    const bot = await startBotProcess(environment);
    await sleep(AT_REST);
    const rest = await memoryOf(bot.url);
    await bot.end("SIGTERM");
    return { starts, rest };
  } finally {
    await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
  }
}

const TOKEN = "a-token-for-the-bench";

/** What a process says of itself, in bytes. */
async function memoryOf(url: string): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const text = await (await fetch(`${url}/metrics`, { headers })).text();
  return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]);
}

/** Ada changes one snapshot after the other, by command, form and preview. */
async function changesOf({ slack, gcore }: BulkWorld) {
  const ada = slack.person("ada");
  const seen = { calls: 0, patchAt: 0, look: 0, lookFrom: 0 };
  gcore.watch((when, { method }) => {
    if (when === "before") {
      seen.calls += 1;
      if (method === "PATCH") seen.patchAt = performance.now();
      else seen.lookFrom = performance.now();
    } else if (method === "GET") seen.look = performance.now() - seen.lookFrom;
  });
  const toPatch: number[] = [];
  const looks: number[] = [];
  const counts = { gcore: 0, slack: 0, slackAfter: 0 };
  const ids = gcore.fill(CHANGES + WARM, { prefix: "one" });
  for (const [nth, id] of ids.entries()) {
    const [gcoreBefore, slackBefore] = [seen.calls, slack.journal.calls.length];
    await review(slack, ada, "#ops", id, `changed-${nth}`);
    const slackDecided = slack.journal.calls.length;
    const decided = performance.now();
    await agree(slack, ada);
    const announced = () =>
      slack
        .messages("#audit", { as: ada.id })
        .some((message) => JSON.stringify(message).includes(`changed-${nth}`));
    await slack.until(announced, "the announcement");
    await ada.close();
    if (nth < WARM) continue;
    toPatch.push(seen.patchAt - decided);
    looks.push(seen.look);
    counts.gcore += (seen.calls - gcoreBefore) / CHANGES;
    counts.slack += (slack.journal.calls.length - slackBefore) / CHANGES;
    counts.slackAfter += (slack.journal.calls.length - slackDecided) / CHANGES;
  }
  return { toPatch, looks, ...counts };
}
