import { readSetting } from "../config.ts";
import type { Inspection, Installed, NotTold } from "../slack/inspect.ts";
import type { World } from "./command.ts";
import { type Finding, skipped, warning, well, wrong } from "./finding.ts";
import { silenceWords } from "./silence-words.ts";

type Environment = World["environment"];

/** Scopes by which the doctor looks at channels; the bot itself does without. */
const ONLY_TO_LOOK = new Set(["channels:read", "groups:read"]);

/** Who the bot is in Slack, as Slack said. @param told undefined when nobody could be asked */
export function* lookAtToken(told: Told): Generator<Finding> {
  if (told === undefined) yield skipped("Slack", "SLACK_BOT_TOKEN or SLACK_API_URL is wrong.");
  else if (!told.answer.ok) yield notInstalled(told.answer.problem);
  else if (told.answer.value.isBot) {
    const { name, team } = told.answer.value;
    yield well("Slack", `the token is that of @${name} in ${team}.`);
  } else {
    const todo = "set SLACK_BOT_TOKEN to the Bot User OAuth Token, not to a person's.";
    yield wrong("Slack", "the token is not that of a bot.", todo);
  }
}

type Told = Awaited<ReturnType<Inspection["installed"]>> | undefined;

function notInstalled({ kind, word }: NotTold): Finding {
  if (kind === "silent") {
    const todo = "see that this machine reaches SLACK_API_URL, and slack.com when it is not set.";
    return wrong("Slack", `there is no answer: ${silenceWords(word)}.`, todo);
  }
  const isGone = word === "account_inactive" || word === "token_revoked";
  const todo = isGone
    ? "install the app to the workspace again, and copy the new token into SLACK_BOT_TOKEN."
    : "copy the Bot User OAuth Token into SLACK_BOT_TOKEN again, from OAuth & Permissions.";
  return wrong("Slack", `SLACK_BOT_TOKEN is refused: ${word}.`, todo);
}

/** Whether the app was granted what the manifest asks for. */
export function* lookAtScopes(
  installed: Installed | undefined,
  asked: readonly string[],
): Generator<Finding> {
  if (installed === undefined) {
    yield skipped("Scopes", "Slack did not say who the bot is.");
    return;
  }
  const missing = asked.filter((scope) => !installed.scopes.includes(scope));
  const needed = missing.filter((scope) => !ONLY_TO_LOOK.has(scope));
  const todo = (scopes: readonly string[]): string =>
    `add ${scopes.join(", ")} in your app's settings under OAuth & Permissions, and install the app again.`;
  if (missing.length === 0) yield well("Scopes", `all ${asked.length} are granted.`);
  if (needed.length > 0) yield wrong("Scopes", `missing: ${needed.join(", ")}.`, todo(missing));
  else if (missing.length > 0) {
    const said = `missing: ${missing.join(", ")}. The bot works; only the audit channels cannot all be looked at.`;
    yield warning("Scopes", said, todo(missing));
  }
}

/** What every signing secret of Slack's looks like. */
export const SIGNING_SECRET = /^[0-9a-f]{32}$/;

/** How deliveries come: the app's token for Socket Mode, the signing secret for HTTP. */
export async function* lookAtDeliveries(
  environment: Environment,
  slack: Pick<Inspection, "mayConnect"> | undefined,
): AsyncGenerator<Finding> {
  if (environment.SLACK_APP_TOKEN) yield await lookAtAppToken(environment.SLACK_APP_TOKEN, slack);
  const secret = environment.SLACK_SIGNING_SECRET;
  // In Socket Mode it is not needed.
  if (!secret && environment.SLACK_APP_TOKEN) return;
  if (!secret) yield skipped("Signing secret", "SLACK_SIGNING_SECRET is not set.");
  else if (SIGNING_SECRET.test(secret)) {
    const said = "it has the form of one. Whether it is this app's shows with the first delivery.";
    yield well("Signing secret", said);
  } else {
    const todo = "copy the Signing Secret again, from Basic Information; it is no token.";
    yield wrong("Signing secret", "it is not 32 digits from 0 to 9 and a to f.", todo);
  }
}

async function lookAtAppToken(
  token: string,
  slack: Pick<Inspection, "mayConnect"> | undefined,
): Promise<Finding> {
  const check = "Socket Mode";
  const isWrong = "fault" in readSetting("SLACK_APP_TOKEN", token);
  if (isWrong) return skipped(check, "SLACK_APP_TOKEN is wrong.");
  if (slack === undefined) return skipped(check, "SLACK_API_URL is wrong.");
  const { answer } = await slack.mayConnect(token);
  if (answer.ok) return well(check, "SLACK_APP_TOKEN opens a connection.");
  const { kind, word } = answer.problem;
  if (kind === "silent") return skipped(check, `there is no answer: ${silenceWords(word)}.`);
  const todo =
    word === "missing_scope"
      ? "make an app-level token with the scope connections:write, under Basic Information."
      : "turn Socket Mode on in your app's settings, and copy an app-level token of this app into SLACK_APP_TOKEN.";
  return wrong(check, `SLACK_APP_TOKEN is refused: ${word}.`, todo);
}
