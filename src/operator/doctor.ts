import { readAddress } from "../address.ts";
import { readSetting } from "../config.ts";
import { reachGcore } from "../gcore/reach.ts";
import { inspectSlack } from "../slack/inspect.ts";
import { type Command, JSON_OPTION, type World, WrongUsage } from "./command.ts";
import { secretCutter } from "./cut-secrets.ts";
import { lookAtChannels } from "./doctor-channels.ts";
import { lookAtDatabase } from "./doctor-database.ts";
import { addressFinding, clockFinding, gcoreFinding } from "./doctor-reach.ts";
import { lookAtKeyRing, lookAtPolicy, lookAtSettings } from "./doctor-settings.ts";
import { lookAtDeliveries, lookAtScopes, lookAtToken } from "./doctor-slack.ts";
import { type Finding, findingText, skipped, summaryText } from "./finding.ts";
import { manifestScopes } from "./manifest.ts";
import { say, sayJson } from "./say.ts";

/** How long anybody may take to answer, in milliseconds. */
const LIMIT = 5_000;
const CLOCK = { now: () => Date.now() };

/** Is all that the bot needs there and right, and if not, what is to be done? */
export const doctor: Command = {
  name: "doctor",
  summary: "is everything that the bot needs there and right, and what is to be done?",
  options: {
    url: {
      type: "string",
      value: "ADDRESS",
      help: "the bot's public address, to see that it answers",
    },
    json: JSON_OPTION,
  },
  async run(given, world) {
    const url = given.text("url");
    const address = url === undefined ? undefined : readAddress(url);
    if (address !== undefined && "fault" in address) throw new WrongUsage(`--url ${address.fault}`);
    const cut = secretCutter(world);
    const findings: Finding[] = [];
    for await (const { said, todo, ...rest } of examine(world.environment, address?.address)) {
      const finding = { ...rest, said: cut(said), todo: todo === null ? null : cut(todo) };
      findings.push(finding);
      if (!given.flag("json")) say(world, findingText(finding));
    }
    const ok = findings.every(({ verdict }) => verdict !== "wrong");
    if (given.flag("json")) sayJson(world, { ok, checks: findings });
    else say(world, `\n${summaryText(findings)}`);
    return ok ? 0 : 1;
  },
};

/** Looks at everything, in the order in which it is mended best. Nothing is changed by it. */
async function* examine(
  environment: World["environment"],
  address: string | undefined,
): AsyncGenerator<Finding> {
  yield* lookAtSettings(environment);
  yield* lookAtPolicy(environment);
  yield* lookAtKeyRing(environment);
  yield* lookAtDatabase(environment, LIMIT);

  const token = readSetting("SLACK_BOT_TOKEN", environment.SLACK_BOT_TOKEN);
  const apiUrl = readSetting("SLACK_API_URL", environment.SLACK_API_URL);
  const slack = "value" in apiUrl ? inspectSlack(apiUrl.value, CLOCK, LIMIT) : undefined;
  const told = "value" in token ? await slack?.installed(token.value) : undefined;
  const installed = told?.answer.ok ? told.answer.value : undefined;
  yield* lookAtToken(told);
  yield* lookAtScopes(installed, manifestScopes());
  yield* lookAtDeliveries(environment, slack);
  yield* lookAtChannels(environment, installed && slack, installed?.name ?? "");

  const gcoreUrl = readSetting("GCORE_API_URL", environment.GCORE_API_URL);
  const reached = "value" in gcoreUrl ? await reachGcore(gcoreUrl.value, CLOCK, LIMIT) : undefined;
  yield gcoreFinding(reached);
  yield clockFinding({ Slack: told?.ahead, Gcore: reached?.ahead });
  if (address !== undefined) yield await addressFinding(address, LIMIT);
  else if (!environment.SLACK_APP_TOKEN) {
    yield skipped("Public address", "say which it is with --url, once the bot runs.");
  }
}
