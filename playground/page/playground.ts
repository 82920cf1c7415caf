import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type BotProcess, botEnvironment, startBotProcess } from "../bot-process.ts";
import { MovableClock } from "../clock.ts";
import { type LocalGcore, startGcore } from "../gcore/gcore.ts";
import type { Features } from "../slack/features.ts";
import { defaultWorkspace } from "../slack/seed.ts";
import { type LocalSlack, startSlack } from "../slack/slack.ts";
import { BotDatabase } from "./database.ts";
import { readManifest } from "./manifest.ts";
import { issueKeys } from "./people.ts";
import type { PageKey, SlashCommand } from "./state.ts";
import { ReadMarks } from "./unread.ts";

/** The whole of it, running: the local Slack, the local Gcore and the real bot between them. */
export class Playground {
  readonly slack: LocalSlack;
  readonly gcore: LocalGcore;
  readonly database: BotDatabase;
  readonly marks: ReadMarks;
  readonly commands: readonly SlashCommand[];
  readonly keys: ReadonlyMap<string, readonly PageKey[]>;
  readonly #clock: MovableClock;
  /** Grows with every change. */
  revision = 0;
  /** How long the local Gcore takes for every call, in milliseconds. */
  gcoreTakes = 0;
  readonly #folder: string;
  readonly #environment: Record<string, string>;
  readonly #listeners = new Set<() => void>();
  #bot: BotProcess | undefined;
  #starting: Promise<BotProcess> | undefined;

  constructor(
    clock: MovableClock,
    slack: LocalSlack,
    gcore: LocalGcore,
    folder: string,
    commands: readonly SlashCommand[],
  ) {
    this.#clock = clock;
    this.slack = slack;
    this.gcore = gcore;
    this.commands = commands;
    this.marks = new ReadMarks(slack);
    this.keys = new Map(
      slack.workspace
        .people()
        .map((member, index) => [member.id, issueKeys(gcore, member, 1_040_000 + index * 10)]),
    );
    const path = join(folder, "bot.db");
    this.#folder = folder;
    this.database = new BotDatabase(path);
    this.#environment = botEnvironment(slack, gcore, path);
    slack.subscribe(() => this.changed());
    gcore.watch(async (when) => {
      this.changed();
      if (when === "before" && this.gcoreTakes > 0) await sleep(this.gcoreTakes);
    });
  }

  get isBotUp(): boolean {
    return this.#bot !== undefined;
  }

  /** How far everybody's clock is ahead of the real one, in milliseconds. */
  get clockAhead(): number {
    return this.#clock.ahead;
  }

  /** Moves the clock of the local Slack, of the local Gcore and of the bot forward. */
  async moveClock(ms: number): Promise<void> {
    // A bot on its way up was told another time.
    await this.#starting?.catch(() => undefined);
    // Slack's first: a delivery that is signed in the past would be refused as stale.
    this.#clock.advance(ms);
    await this.#bot?.moveClock(this.clockAhead);
    this.changed();
  }

  /** Starts the bot, with the database and the key ring that it had before. */
  async startBot(): Promise<void> {
    if (this.#bot !== undefined) return;
    this.#starting ??= startBotProcess(this.#environment, this.clockAhead).finally(() => {
      this.#starting = undefined;
    });
    const bot = await this.#starting;
    if (this.#bot === bot) return;
    this.#bot = bot;
    this.slack.deliverTo(`${bot.url}/slack/events`);
    this.changed();
    void bot.ended.then(() => {
      if (this.#bot !== bot) return;
      this.#bot = undefined;
      this.changed();
    });
  }

  async endBot(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const bot = this.#bot;
    this.#bot = undefined;
    await bot?.end(signal);
    this.changed();
  }

  /** Calls `listener` after whatever the page may show has changed. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    this.revision += 1;
    for (const listener of this.#listeners) listener();
  }

  async stop(): Promise<void> {
    await this.endBot("SIGTERM");
    this.database.close();
    await Promise.all([this.slack.stop(), this.gcore.stop()]);
    await rm(this.#folder, { recursive: true });
  }
}

/** Starts everything but the page. The app is as its manifest says, but for `given`. */
export async function startPlayground(given: Partial<Features> = {}): Promise<Playground> {
  const { name, scopes, commands, features } = await readManifest();
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-playground-"));
  const clock = new MovableClock();
  const [slack, gcore] = await Promise.all([
    startSlack({
      clock,
      scopes,
      features: { ...features, ...given },
      commands: commands.map(({ command }) => command),
      workspace: { ...defaultWorkspace, bot: { ...defaultWorkspace.bot, name } },
    }),
    startGcore({ clock }),
  ]);
  const playground = new Playground(clock, slack, gcore, folder, commands);
  await playground.startBot().catch(async (error: unknown) => {
    await playground.stop();
    throw error;
  });
  return playground;
}
