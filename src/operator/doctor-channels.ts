import { loadPolicy, readSetting } from "../config.ts";
import type { ChannelSeen, Inspection, NotTold } from "../slack/inspect.ts";
import type { World } from "./command.ts";
import { type Finding, skipped, warning, well, wrong } from "./finding.ts";
import { silenceWords } from "./silence-words.ts";

/** Each channel that is to hear of changes, by AUDIT_CHANNELS or by a rule of the policy. */
export async function* lookAtChannels(
  environment: World["environment"],
  slack: Pick<Inspection, "channel"> | undefined,
  bot: string,
): AsyncGenerator<Finding> {
  const setting = readSetting("AUDIT_CHANNELS", environment.AUDIT_CHANNELS);
  if ("fault" in setting) yield skipped("Audit channels", "AUDIT_CHANNELS is wrong.");
  else if (setting.value.length === 0) {
    const said =
      "none is set: no channel hears of every change, and no checkpoint leaves the machine.";
    const todo = "put the ids of one or more channels into AUDIT_CHANNELS.";
    yield warning("Audit channels", said, todo);
  }
  const ids = new Set(
    ["value" in setting ? setting.value : [], channelsOfRules(environment)].flat(),
  );
  if (ids.size === 0) return;
  if (slack === undefined) {
    yield skipped("Audit channels", "Slack did not say who the bot is.");
    return;
  }
  const found = [...ids].map(async (id) => {
    const { answer } = await slack.channel(environment.SLACK_BOT_TOKEN ?? "", id);
    return answer.ok ? seenFinding(id, answer.value, bot) : unseenFinding(id, answer.problem, bot);
  });
  for (const finding of found) yield await finding;
}

function channelsOfRules({ POLICY_FILE: file }: World["environment"]): readonly string[] {
  const loaded = loadPolicy(file || undefined);
  return "faults" in loaded
    ? []
    : loaded.policy.rules.flatMap((rule) => rule.announce.channels ?? []);
}

const checkOf = (id: string): string => `Audit channel ${id}`;

function seenFinding(
  id: string,
  { name, isMember, isArchived }: ChannelSeen,
  bot: string,
): Finding {
  if (isArchived) {
    const todo = "unarchive it and invite the bot, or name another channel.";
    return wrong(checkOf(id), `#${name} is archived, and takes no messages.`, todo);
  }
  if (isMember) return well(checkOf(id), `the bot is in #${name}.`);
  return wrong(checkOf(id), `the bot is not in #${name}.`, `type /invite @${bot} in #${name}.`);
}

function unseenFinding(id: string, { kind, word }: NotTold, bot: string): Finding {
  const check = checkOf(id);
  if (kind === "silent") return skipped(check, `there is no answer: ${silenceWords(word)}.`);
  if (word === "channel_not_found") {
    const todo = `correct the id, or type /invite @${bot} in the channel.`;
    return wrong(
      check,
      "there is none with this id, or it is private and the bot is not in it.",
      todo,
    );
  }
  if (word === "missing_scope") {
    return skipped(check, "it takes the scope channels:read, and groups:read if it is private.");
  }
  return word === "ratelimited"
    ? skipped(check, "Slack is asked too much at the moment. Try again in a minute.")
    : wrong(
        check,
        `Slack does not show it: ${word}.`,
        "name another channel, or ask your Slack admin.",
      );
}
