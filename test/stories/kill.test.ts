import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type BotProcess, startBotProcess } from "../../playground/bot-process.ts";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import type { Received } from "../../playground/loopback.ts";
import {
  channels,
  type LocalSlack,
  type Person,
  startSlack,
} from "../../playground/slack/slack.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { environmentFor, newKeyRing } from "../bed.ts";
import { copyDatabase, createDatabase, dropDatabase } from "../postgres/databases.ts";
import { filesOf } from "../store/database-files.ts";
import { ENGINES, type EngineName } from "../store/engines.ts";
import { openAt } from "../store/place.ts";

/*
 * The process dies (kill -9) between any two steps of a change and comes back. Between two steps
 * stands either a call to Slack or Gcore, or a commit; so it is killed at each call: just before the
 * call is made (nothing arrives), and just after it was carried out (the answer never arrives).
 */
const STEPS = [
  "views.open",
  "GET",
  "views.update",
  "users.info",
  "GET",
  "PATCH",
  "views.update",
  "post",
  "post",
];
const MOMENTS = ["before", "after"] as const;
type Moment = (typeof MOMENTS)[number];
interface Death {
  readonly index: number;
  readonly moment: Moment;
}

/** On Postgres it dies around the PATCH and between two words: the steps above are the same ones. */
const DEATHS: Readonly<Record<EngineName, readonly Death[]>> = {
  SQLite: STEPS.flatMap((_, index) => MOMENTS.map((moment) => ({ index, moment }))),
  Postgres: [
    { index: STEPS.indexOf("PATCH"), moment: "before" },
    { index: STEPS.indexOf("PATCH"), moment: "after" },
    { index: STEPS.indexOf("post"), moment: "after" },
  ],
};

const keyRing = newKeyRing();
/** A database in which Ada's key is connected. */
const templates = new Map<EngineName, string>();
const worlds = new Set<World>();

/** One world in which the bot is killed: its own Slack, Gcore, clock and database. */
interface World {
  readonly slack: LocalSlack;
  readonly gcore: LocalGcore;
  readonly ada: Person;
  /** Where its database is: a path or a URL. */
  readonly place: string;
  /** Everything that any of its bots has logged. */
  output(): readonly string[];
  start(): Promise<void>;
  kill(): Promise<void>;
  advance(ms: number): void;
  end(): Promise<void>;
}

async function startWorld(engine: EngineName): Promise<World> {
  const clock = new MovableClock();
  const [slack, gcore] = await Promise.all([startSlack({ clock }), startGcore({ clock })]);
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-kill-"));
  const place = await newPlace(engine, folder);
  const bots: BotProcess[] = [];
  let bot: BotProcess | undefined;
  const kill = async (): Promise<void> => {
    const dying = bot;
    bot = undefined;
    await dying?.end("SIGKILL");
  };
  const world: World = {
    slack,
    gcore,
    ada: slack.person("ada"),
    place,
    output: () => bots.flatMap((one) => one.output),
    async start() {
      // One audit channel: a second one would only repeat the same step.
      const settings = environmentFor(slack, gcore, folder, {
        auditChannels: [channels.audit],
        ...(engine === "Postgres" ? { databaseUrl: place } : {}),
      });
      const environment = { ...settings, KEY_RING: keyRing };
      bot = await startBotProcess(environment, clock.ahead);
      bots.push(bot);
      slack.deliverTo(`${bot.url}/slack/events`);
    },
    kill,
    advance(ms) {
      clock.advance(ms);
      void bot?.moveClock(clock.ahead);
    },
    async end() {
      worlds.delete(world);
      await kill();
      await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
      if (engine === "Postgres" && place !== templates.get(engine)) await dropDatabase(place);
    },
  };
  worlds.add(world);
  return world;
}

/** Where the database of a new world is: a copy of the template, when there is one. */
async function newPlace(engine: EngineName, folder: string): Promise<string> {
  const template = templates.get(engine);
  if (engine === "Postgres") {
    return template === undefined ? await createDatabase() : await copyDatabase(template);
  }
  const data = join(folder, "data");
  if (template !== undefined) await cp(dirname(template), data, { recursive: true });
  return join(data, "bot.db");
}

/** What a call is in the list of steps. */
function stepOf(request: Received): string {
  const method = /^\/api\/(.+)$/.exec(request.path)?.[1];
  if (method === undefined) return request.method;
  return method === "chat.postMessage" ? "post" : method;
}

/** Kills the bot at the given call; the call before which it dies is never made. */
function killAt(world: World, index: number, moment: Moment): Promise<void> {
  let seen = -1;
  return new Promise((killed) => {
    const watch = (server: "slack" | "gcore") => async (when: Moment, request: Received) => {
      if (when === "before") seen += 1;
      if (seen !== index || when !== moment) return;
      seen += 1_000;
      await world.kill();
      if (moment === "before") {
        const plan = server === "slack" ? world.slack.faults : world.gcore.faults.plan;
        plan.add((one) => one === request, { kind: "cut", when: "before" });
      }
      killed();
    };
    world.slack.watch(watch("slack"));
    world.gcore.watch(watch("gcore"));
  });
}

/** Ada's change, as far as it goes: whatever fails because the bot is dead, she stops there. */
async function change(world: World): Promise<void> {
  const { ada, slack, gcore } = world;
  await ada.command("#ops", `/snapshot ${gcore.ids.plain} --project 1186668 --region 148 a=1`);
  await slack.until(() => ada.modal, "the form");
  await ada.submit();
  await slack.until(() => ada.modal?.submitText === "Apply change", "the preview");
  await ada.submit();
}

const ledger = async ({ place }: World) => {
  const database = openAt(place);
  const entries = await readLedger(database);
  await database.close();
  return entries;
};

beforeAll(async () => {
  for (const engine of ENGINES) templates.set(engine, await makeTemplate(engine));
});
afterAll(async () => {
  await Promise.all([...worlds].map((world) => world.end()));
  const { SQLite, Postgres } = Object.fromEntries(templates);
  if (SQLite !== undefined) await rm(dirname(SQLite), { recursive: true });
  if (Postgres !== undefined) await dropDatabase(Postgres);
});

async function makeTemplate(engine: EngineName): Promise<string> {
  const world = await startWorld(engine);
  await world.start();
  const { ada, slack, gcore, place } = world;
  await ada.command("#ops", "/snapshot connect");
  await slack.until(() => ada.modal, "the form for the key");
  ada.fill("Gcore API key", gcore.keys.full);
  await ada.submit();
  await slack.until(() => ada.modal?.title === "Key connected", "the key to be connected");
  await world.kill();
  if (engine === "Postgres") {
    templates.set(engine, place);
    await world.end();
    return place;
  }
  const template = await mkdtemp(join(tmpdir(), "snapshot-bot-kill-template-"));
  await cp(dirname(place), template, { recursive: true });
  await world.end();
  return join(template, "bot.db");
}

/** Kills it there, starts it again, and checks what must hold. */
async function story(engine: EngineName, index: number, moment: Moment): Promise<void> {
  const world = await startWorld(engine);
  const { ada, slack, gcore } = world;
  await world.start();
  const killed = killAt(world, index, moment);
  // The call that the death interrupts fails or hangs: the story goes on when the bot is dead.
  const interrupted = change(world).catch(() => undefined);
  await Promise.race([killed, interrupted.then(() => killed)]);
  slack.watch(undefined);
  gcore.watch(undefined);
  await world.start();

  const asked = (await ledger(world)).some(({ body }) => body.includes('"kind":"requested"'));
  if (!asked) {
    // Nothing was agreed to, so nothing may have happened; she begins again.
    expect(gcore.journal.patches()).toEqual([]);
    if (ada.modal !== undefined) await ada.close({ all: true });
    await change(world);
  }
  await slack.until(
    () => {
      world.advance(15_000);
      return ["#ops", "#audit"].every((one) => slack.messages(one).some(isAbout));
    },
    `everybody to be told (killed ${moment} call ${index})`,
    20_000,
  );

  expect(gcore.tags(gcore.ids.plain).get("a")).toBe("1");
  expect(gcore.journal.patches()).toHaveLength(1);
  const entries = await ledger(world);
  expect(firstBroken(entries)).toBeUndefined();
  const kinds = entries.map(({ body }) => JSON.parse(body).kind);
  for (const kind of ["requested", "approved", "applied"]) {
    expect(kinds.filter((one) => one === kind)).toHaveLength(1);
  }
  await world.kill();
  const files = (await filesOf(world.place)).toString("latin1");
  for (const text of [files, ...world.output(), JSON.stringify(slack.journal.calls)]) {
    expect(text).not.toContain(gcore.keys.full);
  }
  expect(gcore.violations()).toEqual([]);
  await world.end();
}

const isAbout = (message: unknown): boolean => JSON.stringify(message).includes("nightly-db");

describe("the process dies and comes back", () => {
  test.each([
    ["killed at every step of a change", "SQLite"],
    ["killed around the PATCH and between two words, on Postgres", "Postgres"],
  ] as const)(
    "at most once changed, nothing lost, everybody told: %s",
    async (_when, engine) => {
      const deaths = [...DEATHS[engine]];
      const next = async (): Promise<void> => {
        for (let death = deaths.shift(); death !== undefined; death = deaths.shift()) {
          await story(engine, death.index, death.moment);
        }
      };
      await Promise.all([next(), next(), next()]);
    },
    300_000,
  );

  test("the steps are those that a change really has", async () => {
    const world = await startWorld("SQLite");
    await world.start();
    const seen: string[] = [];
    const watch = (when: Moment, request: Received): void => {
      if (when === "before") seen.push(stepOf(request));
    };
    world.slack.watch(watch);
    world.gcore.watch(watch);
    await change(world);
    await world.slack.until(() => seen.length >= STEPS.length, "all steps");
    expect([...seen].sort()).toEqual([...STEPS].sort());
    await world.end();
  });
});
