import { setTimeout as sleep } from "node:timers/promises";
import type { LocalSlack, Person } from "../../playground/slack/slack.ts";
import { type BulkWorld, startBulkWorld } from "./bulk-world.ts";
import { agree, review } from "./single.ts";
import { type Measure, percentile } from "./table.ts";

/** People who use the bot at the same time. */
const PEOPLE = ["ada", "ben", "cleo", "dora"] as const;
const SNAPSHOTS = 500;
/** One round in so many changes a snapshot, the others only look. */
const CHANGE_EVERY = 10;
/** The memory is looked at after this long without anything to do. Milliseconds. */
const REST = 5_000;
const MB = 1_048_576;

/** How much memory the bot has at rest, on the way, and after so many interactions of several people. */
export async function enduranceFigures(
  engine: string,
  place: () => Promise<string | undefined>,
  say: (words: string) => void,
  interactions: number,
): Promise<readonly Measure[]> {
  const world = await startBulkWorld(await place(), 0);
  const { slack, gcore } = world;
  try {
    const ids = gcore.fill(SNAPSHOTS, { prefix: "kept" });
    const people = PEOPLE.map((name) => slack.person(name));
    for (const person of people) await world.connect(person);
    const measured: Measure[] = [];
    const measure = (what: string, count: number, value: number, unit: string): void => {
      measured.push({ what, engine, count, value, unit });
    };
    measure("memory after so many interactions", 0, await memoryOf(world), "MB");
    forget(slack);
    let done = 0;
    let rounds = 0;
    let took = 0;
    for (const share of [0.1, 0.25, 0.5, 0.75, 1]) {
      const until = Math.round(interactions * share);
      const began = performance.now();
      while (done < until) {
        const first = rounds;
        rounds += people.length;
        await Promise.all(people.map((person, at) => round(slack, person, ids, first + at)));
        done += forget(slack);
      }
      took += performance.now() - began;
      say(`${engine}: ${done} interactions`);
      measure("memory after so many interactions", done, await memoryOf(world), "MB");
    }
    measure("interactions a second", done, done / (took / 1_000), "");
    return measured;
  } finally {
    await world.end();
  }
}

/** One person looks around, and now and then changes a snapshot. */
async function round(
  slack: LocalSlack,
  person: Person,
  ids: readonly string[],
  nth: number,
): Promise<void> {
  await person.command("#ops", "/snapshot help");
  await person.command("#ops", "/snapshot list name:kept-*");
  await person.command("#ops", "/snapshot history");
  await person.openHome();
  await person.command("#ops", "/snapshot");
  await slack.until(() => person.modal?.title === "Change a snapshot", "the form");
  await person.suggestions("Snapshot", "kept-0");
  await person.suggestions("Snapshot", `kept-00${nth % 10}`);
  await person.close();
  if (nth % CHANGE_EVERY > 0) return;
  await review(slack, person, "#ops", ids[nth % ids.length] ?? "", `changed-${nth}`);
  await agree(slack, person);
  await person.close();
}

/** The middle of what the watch in the bot tells while nothing is to be done. */
async function memoryOf(world: BulkWorld): Promise<number> {
  const since = Date.now();
  await sleep(REST);
  return percentile(
    world.watched(since).map(({ rss }) => rss / MB),
    0.5,
  );
}

/** The local Slack need not keep what nobody asks it for. @returns how many interactions there were */
function forget({ journal }: LocalSlack): number {
  const count = journal.deliveries.length;
  for (const list of [journal.deliveries, journal.calls, journal.responsePosts]) list.length = 0;
  return count;
}
