import { channels, people } from "../../playground/slack/slack.ts";
import type { ChangeRequest } from "../../src/approval/change-request.ts";
import { parseConfig } from "../../src/config.ts";
import { createGcore } from "../../src/gcore/gcore.ts";
import { keysIn } from "../../src/store/keys.ts";
import { migrate } from "../../src/store/migrations.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import { createVault } from "../../src/store/vault.ts";
import type { EngineName } from "../store/engines.ts";
import { openAt } from "../store/place.ts";
import { type Click, type ClickAnswer, sendClick } from "./click.ts";
import { faultsFor, locksFor } from "./nuisance.ts";
import { Random } from "./random.ts";
import { askForAll } from "./requests.ts";
import { judge, type Verdict } from "./verdict.ts";
import { startWorld, type World } from "./world.ts";

/** What is to happen. The same seed makes the same choices; the machine makes its own timing. */
export interface Plan {
  readonly requests: number;
  /** How many of them are plans for many snapshots. */
  readonly plans: number;
  readonly kills: number;
  readonly processes: number;
  readonly seed: number;
  /** False: nothing goes wrong but the two clicks at the same moment, and what is said is not waited for. */
  readonly faults: boolean;
  readonly engine: EngineName;
  /** Where the tables are made: a new Postgres database, or a path in `folder`. */
  readonly place: (folder: string) => Promise<string>;
  /** Told of progress, in words. */
  readonly say?: (words: string) => void;
}

/** One click and everything that was answered to it. */
export interface Clicked {
  readonly click: Click;
  /** How often it was pressed until there was an answer. */
  readonly tries: number;
  readonly answer: NonNullable<ClickAnswer>;
}

/** Pairs of clicks that are under way at the same time. */
const AT_ONCE = 12;
const TIME_BETWEEN_KILLS = 700;
/** A person presses again after a while, as often as it takes. */
const PRESS_AGAIN = 300;
const MOST_TRIES = 1_000;

/** Runs it and judges what became of it. */
export async function run(plan: Plan): Promise<Verdict> {
  const { seed, say = () => undefined } = plan;
  const random = new Random(seed);
  const world = await startWorld(plan.processes, plan.place);
  const database = openAt(world.place);
  try {
    await migrate(database);
    await connectKey(world, database);
    const requests = requestsIn(database, [channels.audit]);
    const wishes = wishesFor(world, plan, random);
    const ids = wishes.flat();
    const approvals = wishes.map(() => (random.chance(0.8) ? 1 : 2));
    const plans = plansIn(database);
    const asked = await askForAll(
      world,
      { requests, plans },
      wishes,
      (index) => approvals[index] ?? 1,
    );
    say(`${asked.length} requests for ${ids.length} snapshots wait`);
    const began = performance.now();
    if (plan.faults) faultsFor(world, ids.length, random);
    const unlock = plan.faults ? locksFor(world, ids, random) : () => undefined;
    const clicking = clickAll(world, asked, plan, random);
    const killing = killAll(world, plan, random, clicking);
    const clicked = await clicking;
    say(`${clicked.length} clicks answered`);
    await killing;
    unlock();
    world.slack.faults.clear();
    world.gcore.faults.clear();
    await settled(database, say, plan.faults);
    for (const line of world.bots.accidents()) say(line);
    const seconds = (performance.now() - began) / 1000;
    return await judge({ plan, world, database, asked, clicked, seconds });
  } finally {
    await world.end();
    await database.close();
  }
}

/** The snapshots of each request: of most of them one; the plans, of 20 to 50, stand among them. */
function wishesFor({ gcore }: World, { requests, plans }: Plan, random: Random) {
  const wishes = gcore.fill(requests - plans, { prefix: "run" }).map((id) => [id]);
  for (let index = 0; index < plans; index += 1) {
    const many = gcore.fill(20 + Math.floor(random.next() * 31), { prefix: `many-${index}` });
    wishes.splice(Math.floor((index * requests) / plans), 0, many);
  }
  return wishes;
}

/** Keeps Ada's key, sealed as the bots open it. */
export async function connectKey({ gcore, clock, bots }: World, database: Database): Promise<void> {
  const parsed = parseConfig(bots.environment);
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  const person = { enterpriseId: null, teamId: "T0LOCAL1", userId: people.ada };
  const apiKey = gcore.keys.full;
  const scope = await createGcore(gcore.url, clock).checkKey({ person, apiKey });
  if (!scope.ok) throw new Error(scope.problem.kind);
  const entry = { kind: "key connected", at: clock.now(), by: person } as const;
  await keysIn(database, createVault(parsed.config.keyRing)).set(
    person,
    { apiKey, scope: scope.value },
    entry,
  );
}

/**
 * Ben and Cleo press at the same moment, each through any process; nine times of ten they agree. The
 * deaths are spread over all of it: a pair waits until its share of them is over.
 */
async function clickAll(
  world: World,
  asked: readonly ChangeRequest[],
  { kills, say = () => undefined }: Plan,
  random: Random,
): Promise<readonly Clicked[]> {
  const waiting = asked.map(({ id }) =>
    (["ben", "cleo"] as const).map((by): Click => {
      const act = random.chance(0.9) ? "approve" : "reject";
      return { requestId: id, by, act };
    }),
  );
  const clicked: Clicked[] = [];
  const hand = async (): Promise<void> => {
    for (let pair = waiting.shift(); pair !== undefined; pair = waiting.shift()) {
      const share = 1 - (waiting.length + AT_ONCE) / asked.length;
      while (world.bots.kills < Math.floor(kills * share)) await pause(PRESS_AGAIN);
      clicked.push(...(await Promise.all(pair.map((click) => press(world, click, random)))));
      if (clicked.length % 1_000 === 0) say(`${clicked.length} clicks answered`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  return clicked;
}

async function press(world: World, click: Click, random: Random): Promise<Clicked> {
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const url = world.bots.any(random);
    const secret = world.slack.signingSecret;
    const answer =
      url === undefined ? null : await sendClick(url, secret, world.clock.now(), click);
    if (answer !== null && !isNoDecision(answer)) return { click, tries, answer };
    await pause(PRESS_AGAIN);
  }
  throw new Error(`nobody answered ${JSON.stringify(click)}`);
}

/** "Slack did not tell me who you are" and "something went wrong" are answers, and no decisions. */
const isNoDecision = ({ title, text }: NonNullable<ClickAnswer>): boolean =>
  title === "Something went wrong" || text.includes("Press the button again");

/** Kills until there were enough, also after the last click. */
async function killAll(
  { bots }: World,
  { kills }: Plan,
  random: Random,
  clicking: Promise<unknown>,
): Promise<void> {
  let failed = false;
  clicking.catch(() => {
    failed = true;
  });
  while (bots.kills < kills && !failed) {
    await pause(TIME_BETWEEN_KILLS);
    await bots.kill(random);
  }
  await bots.settled();
}

const OPEN = "'pending', 'approved', 'applying', 'held', 'running', 'paused', 'stopping'";

/** Waits until every request has ended and, if that matters, everything was said. */
async function settled(
  database: Database,
  say: (words: string) => void,
  withWords: boolean,
): Promise<void> {
  const left = async (what: string): Promise<number> =>
    Number((await database.all(`SELECT count(*) AS n FROM ${what}`))[0]?.n);
  for (;;) {
    const open = await left(`request WHERE state IN (${OPEN})`);
    const unsaid = withWords ? await left("outbox WHERE due_at IS NOT NULL") : 0;
    if (open + unsaid === 0) return;
    say(`${open} requests and ${unsaid} words are still under way`);
    await pause(2_000);
  }
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
