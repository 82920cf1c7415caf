import { loadPolicy, parseConfig, readSetting } from "../config.ts";
import type { World } from "./command.ts";
import { type Finding, well, wrong } from "./finding.ts";

type Environment = World["environment"];

/** Where a setting comes from, for those that nobody can make up. */
const SOURCES: Readonly<Record<string, string>> = {
  SLACK_BOT_TOKEN:
    "set it to the Bot User OAuth Token, in your app's settings under OAuth & Permissions.",
  SLACK_SIGNING_SECRET:
    "set it to the Signing Secret, in your app's settings under Basic Information.",
  SLACK_APP_TOKEN:
    "set it to a token with connections:write, made in your app's settings under Basic Information, App-Level Tokens; or leave it out for HTTP.",
};

/** The settings themselves: every fault at once. The key ring and the policy have lines of their own. */
export function* lookAtSettings(environment: Environment): Generator<Finding> {
  const parsed = parseConfig(environment);
  const faults = "faults" in parsed ? parsed.faults : [];
  const here = faults.filter((fault) => !/^(?:KEY_RING|POLICY_FILE)\b/.test(fault));
  for (const fault of here) {
    const [name = ""] = fault.split(" ");
    const todo = SOURCES[name] ?? "correct it, or leave it out for what it is by default.";
    yield wrong("Settings", fault, todo);
  }
  if (here.length === 0) {
    const mode = environment.SLACK_APP_TOKEN ? "Socket Mode" : "HTTP";
    yield well("Settings", `no fault; the bot would use ${mode}.`);
  }
}

/** The policy file. */
export function* lookAtPolicy({ POLICY_FILE: file }: Environment): Generator<Finding> {
  const loaded = loadPolicy(file || undefined);
  if ("policy" in loaded) {
    const { rules, tagRules } = loaded.policy;
    yield well(
      "Policy",
      file
        ? `${file}: ${count(rules.length, "rule")}, ${count(tagRules.length, "tag rule")}.`
        : "no file is set: whoever asks for a change confirms it alone.",
    );
    return;
  }
  for (const fault of loaded.faults) {
    yield wrong(
      "Policy",
      `POLICY_FILE, ${fault}`,
      "correct the file; docs/policy.md has its form.",
    );
  }
}

/** The form of the key ring. What it opens is looked at with the database. */
export function* lookAtKeyRing({ KEY_RING: text }: Environment): Generator<Finding> {
  const ring = readSetting("KEY_RING", text);
  if ("fault" in ring) {
    const todo =
      "set the ring that the bot had. Only for a bot that has not run yet, make a new one: setup does.";
    yield wrong("Key ring", ring.fault, todo);
    return;
  }
  const [first, ...older] = ring.value.map(({ id }) => id);
  const opens = older.length === 0 ? "" : `; ${older.join(", ")} can still open`;
  yield well("Key ring", `${first} seals${opens}.`);
}

export const count = (number: number, one: string): string =>
  `${number} ${number === 1 ? one : `${one}s`}`;
