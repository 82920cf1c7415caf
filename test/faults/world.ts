import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BotProcess, botEnvironment, startBotProcess } from "../../playground/bot-process.ts";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import type { Random } from "./random.ts";

/** Several real bots over one database, between a Slack and a Gcore that have faults. */
export interface World {
  readonly slack: LocalSlack;
  readonly gcore: LocalGcore;
  readonly clock: MovableClock;
  /** The database that the bots share: the path of a file, or a URL. */
  readonly place: string;
  readonly bots: Bots;
  end(): Promise<void>;
}

/**
 * How far everybody's clock goes at each step, and how often. A bot's limits are minutes: a step is
 * far smaller, and none is made while a call to Gcore is under way, so that no limit that holds in
 * the world is broken here.
 */
const STEP = 2_000;
const STEP_EVERY = 100;

/** @param placeIn makes the database, in this folder if it needs one */
export async function startWorld(
  count: number,
  placeIn: (folder: string) => Promise<string>,
): Promise<World> {
  const clock = new MovableClock();
  const [slack, gcore, folder] = await Promise.all([
    startSlack({ clock }),
    startGcore({ clock }),
    mkdtemp(join(tmpdir(), "snapshot-bot-faults-")),
  ]);
  const place = await placeIn(folder);
  let calls = 0;
  gcore.watch((when) => {
    calls += when === "before" ? 1 : -1;
  });
  const environment = {
    ...botEnvironment(slack, gcore, "unused"),
    DATABASE_URL: place.startsWith("postgres:") ? place : `sqlite:${place}`,
  };
  const bots = new Bots(environment, clock);
  await bots.start(count);
  const timer = setInterval(() => {
    if (calls > 0) return;
    clock.advance(STEP);
    bots.moveClock();
  }, STEP_EVERY);
  return {
    slack,
    gcore,
    clock,
    place,
    bots,
    async end() {
      clearInterval(timer);
      await bots.end();
      await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
    },
  };
}

/** The processes of the bot, of which any may die at any moment, and comes back. */
export class Bots {
  readonly #environment: Record<string, string>;
  readonly #clock: MovableClock;
  #running: BotProcess[] = [];
  readonly #all: BotProcess[] = [];
  #wanted = 0;
  #starting = new Set<Promise<void>>();
  #isOver = false;
  kills = 0;

  constructor(environment: Record<string, string>, clock: MovableClock) {
    this.#environment = environment;
    this.#clock = clock;
  }

  get environment(): Record<string, string> {
    return this.#environment;
  }

  /** Where a delivery may go now; undefined while none is up. */
  any(random: Random): string | undefined {
    const bot = random.pick(this.#running);
    return bot && `${bot.url}/slack/events`;
  }

  moveClock(): void {
    for (const bot of this.#running) void bot.moveClock(this.#clock.ahead);
  }

  async start(count: number): Promise<void> {
    this.#wanted = count;
    await Promise.all(Array.from({ length: count }, () => this.#startOne()));
  }

  /**
   * Ends one of them in the middle of whatever it does, once all are up; another one is started in
   * its place. Faster than they can start, killing would only show that nobody is there.
   */
  async kill(random: Random): Promise<void> {
    const dying = random.pick(this.#running);
    if (dying === undefined || this.#running.length < this.#wanted) return;
    this.#running = this.#running.filter((one) => one !== dying);
    this.kills += 1;
    await dying.end("SIGKILL");
    const starting: Promise<void> = this.#startOne().finally(() => this.#starting.delete(starting));
    this.#starting.add(starting);
  }

  /** What any of them has logged of clicks that it could not carry out. */
  accidents(): readonly string[] {
    return this.#all.flatMap(({ output }) => output.filter((line) => line.includes("reference")));
  }

  /** Waits until all of them are up. */
  async settled(): Promise<void> {
    await Promise.all(this.#starting);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await this.settled().catch(() => undefined);
    await Promise.all(this.#running.map((bot) => bot.end("SIGKILL")));
  }

  async #startOne(): Promise<void> {
    const bot = await startBotProcess(this.#environment, this.#clock.ahead);
    this.#all.push(bot);
    if (this.#isOver || this.#running.length >= this.#wanted) await bot.end("SIGKILL");
    else this.#running.push(bot);
  }
}
