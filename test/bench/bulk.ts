import { setTimeout as sleep } from "node:timers/promises";
import type { Person } from "../../playground/slack/slack.ts";
import { type BulkWorld, startBulkWorld } from "./bulk-world.ts";
import { agree, review } from "./single.ts";
import { type Measure, percentile } from "./table.ts";

/** As many calls to Gcore as the bot has under way at most for plans, and two for each snapshot. */
const AT_ONCE = 10;
const CALLS = 2;
const MANY = 1_000;
const MOST = 10_000;
const SINGLES = 40;
const MB = 1_048_576;
const LONG = 1_200_000;

/**
 * How long a run of many takes against the best that ten calls at once allow, what others notice of
 * it, and what it costs: 1,000 snapshots with 50 ms for each call to Gcore, and 10,000 with 5 ms.
 */
export async function bulkFigures(
  engine: string,
  place: () => Promise<string | undefined>,
  say: (words: string) => void,
): Promise<readonly Measure[]> {
  const slow = await inWorld(await place(), 50, async (world) => {
    say(`${engine}: single changes without a run`);
    const alone = await singles(world, SINGLES);
    say(`${engine}: ${MANY} snapshots`);
    const quiet = await runOf(world, MANY, 50, "quiet");
    say(`${engine}: ${MANY} snapshots, and single changes meanwhile`);
    const [busy, during] = await Promise.all([
      runOf(world, MANY, 50, "busy"),
      sleep(2_000).then(() => singles(world, SINGLES)),
    ]);
    return [
      ...of(engine, MANY, [
        ...quiet,
        ["the run while others change single snapshots, to the ideal", busy[0]?.[1] ?? 0, "times"],
      ]),
      ...of(engine, 0, alone),
      ...of(engine, MANY, during),
    ];
  });
  const quick = await inWorld(await place(), 5, async (world) => {
    say(`${engine}: ${MOST} snapshots`);
    return of(engine, MOST, await runOf(world, MOST, 5, "most"));
  });
  return [...slow, ...quick];
}

type Told = readonly [what: string, value: number, unit: string];

const of = (engine: string, snapshots: number, told: readonly Told[]): readonly Measure[] =>
  told.map(([what, value, unit]) => ({ what, engine, count: snapshots, value, unit }));

async function inWorld<T>(
  databaseUrl: string | undefined,
  ms: number,
  work: (world: BulkWorld) => Promise<T>,
): Promise<T> {
  const world = await startBulkWorld(databaseUrl, ms);
  try {
    for (const name of ["ada", "ben", "cleo"]) await world.connect(world.slack.person(name));
    return await work(world);
  } finally {
    await world.end();
  }
}

/** Ada's plan and its run, from the form to the word that all is changed. */
async function runOf(
  world: BulkWorld,
  count: number,
  ms: number,
  prefix: string,
): Promise<readonly Told[]> {
  const { slack, gcore } = world;
  const ada = slack.person("ada");
  gcore.fill(count, { prefix });
  await ada.command("#ops", `/snapshot bulk name:${prefix}-*`);
  await slack.until(() => ada.modal?.title === "Change many snapshots", "the form");
  ada.fill("Set tags", "owner=Ada Lovelace");
  const asked = Date.now();
  const planning = performance.now();
  await ada.submit();
  await slack.until(() => ada.modal?.title === "Review the plan", "the plan", LONG);
  const planned = performance.now() - planning;
  const planHeld = Math.max(...world.watched(asked).map(({ held }) => held));
  const [began, before, calls] = [Date.now(), world.patched(), slack.journal.calls.length];
  const running = performance.now();
  await ada.submit();
  await slack.until(() => world.patched() >= before + count, "all to be changed", LONG);
  const ran = performance.now() - running;
  const words = `All ${count.toLocaleString("en")} snapshots are changed.`;
  await slack.until(() => ada.modal?.text.includes(words), "the word of it", LONG);
  const told = performance.now() - running;
  await ada.close();
  const watched = world.watched(began);
  const rss = watched.map((one) => one.rss / MB);
  const cpu = (watched.at(-1)?.cpu ?? 0) - (watched[0]?.cpu ?? 0);
  const edits = slack.journal.calls
    .slice(calls)
    .filter(({ method, verdict }) => method === "chat.update" && verdict === "ok");
  const blocks = edits.map(({ args }) =>
    typeof args.blocks === "string" ? JSON.parse(args.blocks) : (args.blocks ?? []),
  );
  return [
    ["the run, to the ideal", ran / ((count * CALLS * ms) / AT_ONCE), "times"],
    ["the run, for each snapshot", ran / count, "ms"],
    ["processor time of the bot, for each snapshot", cpu / count, "ms"],
    ["from the last change to the word of it", told - ran, "ms"],
    ["making the plan", planned, "ms"],
    ["longest pause of the event loop while planning", planHeld, "ms"],
    ["longest pause of the event loop in the run", Math.max(...watched.map((w) => w.held)), "ms"],
    ["memory at the beginning", rss[0] ?? 0, "MB"],
    ["memory in the middle", rss[Math.floor(rss.length / 2)] ?? 0, "MB"],
    ["memory at the end", rss.at(-1) ?? 0, "MB"],
    ["edits of the message", (edits.length * 60_000) / told, "a minute"],
    [
      "the largest edit",
      Math.max(0, ...blocks.map((one) => JSON.stringify(one).length)),
      "characters",
    ],
    ["the largest edit", Math.max(0, ...blocks.map((one) => one.length)), "blocks"],
  ];
}

/** Ben and Cleo change single snapshots, each one after the other, by the form and its preview. */
async function singles(world: BulkWorld, count: number): Promise<readonly Told[]> {
  const { slack, gcore } = world;
  const people = ["ben", "cleo"].map((name) => slack.person(name));
  const prefix = `single-${Math.floor(performance.now())}`;
  const ids = gcore.fill(count, { prefix });
  const before = slack.journal.deliveries.length;
  const times: number[] = [];
  await Promise.all(
    people.map(async (person) => {
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
        times.push(await oneChange(world, person, id));
      }
    }),
  );
  const acks = slack.journal.deliveries
    .slice(before)
    .filter(({ payload }) => /U0(BEN|CLEO)/.test(JSON.stringify(payload)))
    .map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
  return [
    ["acknowledging others, the middle", percentile(acks, 0.5), "ms"],
    ["acknowledging others, 99 of 100", percentile(acks, 0.99), "ms"],
    ["acknowledging others, the longest", Math.max(...acks), "ms"],
    ["a single change from click to done, the middle", percentile(times, 0.5), "ms"],
    ["a single change from click to done, the longest", Math.max(...times), "ms"],
  ];
}

/** @returns how long it took from the click that agrees to the word that it is done. */
async function oneChange({ slack }: BulkWorld, person: Person, id: string): Promise<number> {
  await review(slack, person, "#lobby", id, "once");
  const clicked = performance.now();
  await agree(slack, person);
  const took = performance.now() - clicked;
  await person.close();
  return took;
}
