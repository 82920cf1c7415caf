import { randomBytes } from "node:crypto";
import { readSetting } from "../config.ts";
import { type Command, type Given, type World, WrongUsage } from "./command.ts";
import { type EnvLine, mustBeNew, writeEnvFile } from "./env-file.ts";
import { type Deliveries, filledManifest } from "./manifest.ts";
import { say } from "./say.ts";
import {
  APP_TOKEN,
  AUDIT,
  askDatabase,
  askDeliveries,
  askSetting,
  BOT_TOKEN,
  SIGNING,
} from "./setup-answers.ts";

/** From answers to a file of settings and a manifest. */
export const setup: Command = {
  name: "setup",
  summary:
    "ask what the bot must know, write it to .env with a new key ring, print the app's manifest",
  options: {
    url: { type: "string", value: "ADDRESS", help: "where Slack reaches the bot: https://…" },
    socket: { type: "boolean", help: "in its place: Socket Mode, which needs no address" },
    database: {
      type: "string",
      value: "URL",
      help: "the bot's database, without a password; by default DATABASE_URL, or a file here",
    },
    "audit-channels": { type: "string", value: "IDS", help: "channel ids, with commas between" },
    // Not --env-file: Node takes that for itself, wherever it stands.
    file: { type: "string", value: "FILE", help: "the file to write; by default .env" },
  },
  async run(given, world) {
    const file = given.text("file") ?? ".env";
    await mustBeNew(file);
    try {
      const deliveries = await askDeliveries(given, world);
      const showManifest = (): void => say(world, filledManifest(deliveries).trimEnd());
      // Whoever is asked needs it first: the tokens are those of the app that is made of it.
      if (world.terminal !== undefined) {
        showManifest();
        world.note(`\n${MEANWHILE}\n`);
      }
      const settings = await askSettings(deliveries, given, world);
      await writeEnvFile(file, linesOf(settings));
      if (world.terminal === undefined) showManifest();
      world.note(nextSteps(file, settings));
    } finally {
      world.terminal?.close();
    }
    return 0;
  },
};

const MEANWHILE = `Make the app of this manifest: at https://api.slack.com/apps choose Create New App, From a manifest,
and paste it. Install the app to your workspace, and come back with its tokens. Or press Enter
instead of a token, and put it into the file later.`;

type Settings = Readonly<Record<string, string>>;

async function askSettings(deliveries: Deliveries, given: Given, world: World): Promise<Settings> {
  return {
    SLACK_BOT_TOKEN: await askSetting(BOT_TOKEN, world),
    ...(deliveries === "Socket Mode"
      ? { SLACK_APP_TOKEN: await askSetting(APP_TOKEN, world) }
      : { SLACK_SIGNING_SECRET: await askSetting(SIGNING, world) }),
    KEY_RING: ringFrom(world),
    DATABASE_URL: await askDatabase(given, world),
    AUDIT_CHANNELS: await askSetting(AUDIT, world, given.text("audit-channels")),
  };
}

/** The ring of the environment, when there is one: keys may be sealed with it. Else a new one. */
function ringFrom({ environment }: World): string {
  const text = environment.KEY_RING;
  if (!text) return `k1:${randomBytes(32).toString("base64")}`;
  const ring = readSetting("KEY_RING", text);
  if ("fault" in ring) throw new WrongUsage(ring.fault);
  return text;
}

const ABOUT: Settings = {
  SLACK_BOT_TOKEN:
    "The settings of the bot, by snapshot-bot setup. There are secrets in it: show it to nobody.",
  KEY_RING:
    "Seals people's API keys. Keep a copy apart from the database: without it each must be connected anew.",
  DATABASE_URL: "The README says what else can be set.",
};

const linesOf = (settings: Settings): readonly EnvLine[] =>
  Object.entries(settings).flatMap(([name, value]) => {
    const about = ABOUT[name];
    return [...(about === undefined ? [] : [{ about }]), { name, value }];
  });

/** What is left to do, in three lines. */
function nextSteps(file: string, settings: Settings): string {
  const missing = Object.keys(settings).filter(
    (name) => name.startsWith("SLACK_") && settings[name] === "",
  );
  const first =
    missing.length > 0
      ? `Make the app from the manifest, install it, and put ${missing.join(" and ")} into ${file}.`
      : "Invite the bot to your audit channels: /invite @snapshot-bot in each.";
  // npm's scripts read .env, and no other file.
  const run = (script: string, program: string): string =>
    file === ".env" ? script : `node --env-file=${file} ${program}`;
  return `
${file} is written, with a key ring; only you can read it. Keep a copy of KEY_RING in a safe place.

1. ${first}
2. ${run("npm run -s operator --", "src/operator.js")} doctor says whether all is right, and what to do where it is not.
3. ${run("npm start", "src/start.js")} starts the bot.`;
}
