import { isLocal, readAddress } from "../address.ts";
import { readSetting } from "../config.ts";
import { type Given, type World, WrongUsage } from "./command.ts";
import { SIGNING_SECRET } from "./doctor-slack.ts";
import type { Deliveries } from "./manifest.ts";

/** How one setting is asked for. */
interface Question {
  readonly name:
    | "SLACK_BOT_TOKEN"
    | "SLACK_SIGNING_SECRET"
    | "SLACK_APP_TOKEN"
    | "AUDIT_CHANNELS"
    | "DATABASE_URL";
  readonly text: string;
  readonly isSecret: boolean;
  /** What it is without an answer. */
  readonly byDefault: string;
}

/** How Slack reaches the bot. @throws WrongUsage when nobody says so. */
export async function askDeliveries(given: Given, { terminal, note }: World): Promise<Deliveries> {
  const [url, isSocket] = [given.text("url"), given.flag("socket")];
  if (url !== undefined && isSocket) throw new WrongUsage("Say --url or --socket, not both.");
  if (isSocket) return "Socket Mode";
  const typed = url === undefined ? undefined : deliveriesAt(url);
  if (typed !== undefined && "fault" in typed) throw new WrongUsage(`--url ${typed.fault}`);
  if (typed !== undefined) return typed;
  if (terminal === undefined) {
    throw new WrongUsage("Say how Slack reaches the bot: --url with its address, or --socket.");
  }
  for (;;) {
    const text = await terminal.ask(
      "The https:// address at which Slack reaches the bot (Enter: none, for Socket Mode): ",
    );
    if (text === "") return "Socket Mode";
    const answer = deliveriesAt(text);
    if (!("fault" in answer)) return answer;
    note(`This ${answer.fault}`);
  }
}

function deliveriesAt(text: string): { readonly address: string } | { readonly fault: string } {
  const read = readAddress(text);
  if ("fault" in read || !isLocal(new URL(read.address))) return read;
  return { fault: "is an address of this machine alone: Slack cannot reach it." };
}

/** A setting: what was given, else the environment's, else what is typed, else what it is by default. */
export async function askSetting(
  question: Question,
  { environment, terminal, note }: World,
  given?: string,
): Promise<string> {
  const { name, text, isSecret, byDefault } = question;
  const known = given ?? environment[name];
  if (known) {
    const fault = faultOf(name, known);
    if (fault === undefined) return known;
    if (given !== undefined || terminal === undefined) throw new WrongUsage(fault);
    note(`In the environment, ${fault}`);
  }
  if (terminal === undefined) return byDefault;
  for (;;) {
    const typed = await (isSecret ? terminal.askSecret(text) : terminal.ask(text));
    if (typed === "") return byDefault;
    const fault = faultOf(name, typed);
    if (fault === undefined) return typed;
    note(fault);
  }
}

function faultOf(name: Question["name"], text: string): string | undefined {
  const read = readSetting(name, text);
  if ("fault" in read) return read.fault;
  return name === "SLACK_SIGNING_SECRET" && !SIGNING_SECRET.test(text)
    ? `${name} is to be 32 digits from 0 to 9 and a to f.`
    : undefined;
}

const PASSWORD = /^(postgres(?:ql)?:\/\/[^/?#@\s]+):[^/?#@\s]*@/;
const USER_ALONE = /^(postgres(?:ql)?:\/\/)([^/?#@\s:]+)@/;

/** Where everything is kept. A password is asked for by itself, and written as an address has it. */
export async function askDatabase(given: Given, world: World): Promise<string> {
  const option = given.text("database");
  if (option !== undefined && PASSWORD.test(option)) {
    throw new WrongUsage(
      "--database is not to have a password in it: others would see it in the list of processes. Set DATABASE_URL in its place.",
    );
  }
  const url = await askSetting(DATABASE, world, option);
  const [, , user] = USER_ALONE.exec(url) ?? [];
  if (user === undefined || world.terminal === undefined) return url;
  const password = await world.terminal.askSecret(`Password of ${user} (not shown; Enter: none): `);
  if (password === "") return url;
  return url.replace(
    USER_ALONE,
    (_, scheme) => `${scheme}${user}:${encodeURIComponent(password)}@`,
  );
}

const DATABASE: Question = {
  name: "DATABASE_URL",
  text: "The database, as postgres://USER@HOST/DATABASE (Enter: a file here, sqlite:data/snapshot-bot.db): ",
  isSecret: false,
  byDefault: "sqlite:data/snapshot-bot.db",
};

const secret = (name: Question["name"], text: string): Question => ({
  ...{ name, text, isSecret: true, byDefault: "" },
});

export const BOT_TOKEN = secret(
  "SLACK_BOT_TOKEN",
  "Bot User OAuth Token, xoxb-…, under OAuth & Permissions (not shown; Enter: later): ",
);
export const SIGNING = secret(
  "SLACK_SIGNING_SECRET",
  "Signing Secret, under Basic Information (not shown; Enter: later): ",
);
export const APP_TOKEN = secret(
  "SLACK_APP_TOKEN",
  "App-level token, xapp-…, under Basic Information, with connections:write (not shown; Enter: later): ",
);
export const AUDIT: Question = {
  name: "AUDIT_CHANNELS",
  text: "Ids of the audit channels, such as C0123456789, with commas between (Enter: none): ",
  isSecret: false,
  byDefault: "",
};
