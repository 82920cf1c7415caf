import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MovableClock } from "../playground/clock.ts";
import { type LocalGcore, startGcore } from "../playground/gcore/gcore.ts";
import { channels, type LocalSlack, type Person, startSlack } from "../playground/slack/slack.ts";
import { type Bot, startBot } from "../src/bot.ts";
import { parseConfig } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { readLedger } from "../src/store/ledger-table.ts";
import { createReadyDatabase, dropDatabase } from "./postgres/databases.ts";
import { filesOf } from "./store/database-files.ts";
import type { EngineName } from "./store/engines.ts";

/** A bed with the real bot between a strict local Slack and a strict local Gcore, on one clock. */
export interface Bed {
  readonly slack: LocalSlack;
  readonly gcore: LocalGcore;
  readonly clock: MovableClock;
  readonly bot: Bot;
  readonly ada: Person;
  readonly ben: Person;
  readonly cleo: Person;
  readonly dora: Person;
  readonly logs: readonly string[];
  /** What the bot was told. */
  readonly environment: Readonly<Record<string, string>>;
  /** The folder of the database, when it is SQLite's. */
  readonly folder: string;
  /** Connects a key the way a person does. */
  connect(person: Person, key: string): Promise<void>;
  /** Moves the clock and wakes the jobs. */
  advance(ms: number): void;
  /** Moves the clock when nothing is on its way to Slack: what is would be taken for lost. */
  pass(ms: number): Promise<void>;
  /** Waits until the bot knows that all it has said so far has arrived. */
  said(): Promise<void>;
  /** The kinds of the ledger's entries, oldest first. */
  ledger(): Promise<readonly { readonly kind: string; readonly facts: unknown }[]>;
  /** Ends all, and tells what should not have happened: nothing, in a good test. */
  end(): Promise<readonly string[]>;
}

export interface BedOptions {
  readonly auditChannels?: readonly string[];
  readonly socketMode?: boolean;
  /** The text of the policy file; undefined: there is none. */
  readonly policy?: string;
  /** What the database is; by default what `BED_ENGINE` says, or SQLite. */
  readonly engine?: EngineName;
  /** A Postgres that the test has made itself. */
  readonly databaseUrl?: string;
  /** Settings beside those that every bot is told. */
  readonly settings?: Readonly<Record<string, string>>;
  /** The token that opens `/metrics`. */
  readonly metricsToken?: string;
}

/** A new key ring. */
export const newKeyRing = (): string => `k1:${randomBytes(32).toString("base64")}`;

/** The environment for a bot between these two. */
export const environmentFor = (
  slack: LocalSlack,
  gcore: LocalGcore,
  folder: string,
  options: BedOptions = {},
): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.botToken,
  SLACK_SIGNING_SECRET: slack.signingSecret,
  ...(options.socketMode ? { SLACK_APP_TOKEN: slack.appToken } : {}),
  SLACK_API_URL: slack.apiUrl,
  GCORE_API_URL: gcore.url,
  DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, "data", "bot.db")}`,
  KEY_RING: newKeyRing(),
  AUDIT_CHANNELS: (options.auditChannels ?? [channels.audit, channels.audit2]).join(","),
  HOST: "127.0.0.1",
  PORT: "0",
  LOG_LEVEL: "debug",
  ...(options.metricsToken === undefined ? {} : { METRICS_TOKEN: options.metricsToken }),
  ...options.settings,
});

export async function startBed(options: BedOptions = {}): Promise<Bed> {
  const clock = new MovableClock();
  const [slack, gcore, folder] = await Promise.all([
    startSlack({ clock }),
    startGcore({ clock }),
    mkdtemp(join(tmpdir(), "snapshot-bot-")),
  ]);
  const engine = options.engine ?? process.env.BED_ENGINE ?? "SQLite";
  const madeHere =
    engine === "Postgres" && options.databaseUrl === undefined
      ? await createReadyDatabase()
      : undefined;
  const databaseUrl = options.databaseUrl ?? madeHere;
  const policyFile = join(folder, "policy.yml");
  if (options.policy !== undefined) await writeFile(policyFile, options.policy);
  const environment = {
    ...environmentFor(slack, gcore, folder, {
      ...options,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    }),
    ...(options.policy === undefined ? {} : { POLICY_FILE: policyFile }),
  };
  const parsed = parseConfig(environment);
  if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
  const logs: string[] = [];
  const canaries = new Set(Object.values(gcore.keys));
  const bot = await startBot(
    parsed.config,
    clock,
    createLog("debug", (line) => logs.push(line)),
  );
  slack.deliverTo(`${bot.url}/slack/events`);
  await bot.ready;
  const advance = (ms: number): void => {
    clock.advance(ms);
    bot.nudge();
  };
  const waiting = async (which: string): Promise<unknown> =>
    (await bot.database.all(`SELECT count(*) AS n FROM outbox WHERE ${which}`))[0]?.n;
  return {
    slack,
    gcore,
    clock,
    bot,
    ada: slack.person("ada"),
    ben: slack.person("ben"),
    cleo: slack.person("cleo"),
    dora: slack.person("dora"),
    logs,
    environment,
    folder,
    connect(person, key) {
      canaries.add(key);
      return connect(slack, person, key);
    },
    advance,
    async pass(ms) {
      await slack.until(async () => (await waiting("on_its_way = 1")) === 0, "nothing on its way");
      advance(ms);
    },
    async said() {
      const all = "due_at IS NOT NULL AND error IS NULL";
      await slack.until(async () => (await waiting(all)) === 0, "everything to be said");
    },
    async ledger() {
      const entries = await readLedger(bot.database);
      return entries.map(({ body }) => JSON.parse(body));
    },
    async end() {
      await bot.stop();
      const faults = [
        ...slack.violations(),
        ...gcore.violations(),
        ...(await leaks([...canaries], slack, logs, databaseUrl ?? join(folder, "data", "bot.db"))),
      ];
      if (madeHere !== undefined) await dropDatabase(madeHere);
      await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
      return faults;
    },
  };
}

async function connect(slack: LocalSlack, person: Person, key: string): Promise<void> {
  await person.command("#ops", "/snapshot connect");
  await slack.until(() => person.modal, "the form for the key");
  person.fill("Gcore API key", key);
  await person.submit();
  await slack.until(() => person.modal?.title === "Key connected", "the key to be connected");
  await person.close();
}

/** Where a key stands in the clear although it must not: what the bot sent, logged and stored. */
async function leaks(
  keys: readonly string[],
  slack: LocalSlack,
  logs: readonly string[],
  database: string,
): Promise<string[]> {
  const sent = [...slack.journal.calls, ...slack.journal.responsePosts].map((call) =>
    JSON.stringify(call),
  );
  const files = [(await filesOf(database)).toString("latin1")];
  const answered = slack.journal.deliveries.map(({ body }) => body ?? "");
  const places = {
    "a call to Slack": sent,
    "an answer to Slack": answered,
    "the log": logs,
    "the database's files": files,
  };
  return Object.entries(places).flatMap(([place, texts]) =>
    keys.some((key) => texts.some((text) => text.includes(key))) ? [`an API key in ${place}`] : [],
  );
}
