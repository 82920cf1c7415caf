import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { botEnvironment, startBotProcess } from "./bot-process.ts";
import { type LocalGcore, startGcore } from "./gcore/gcore.ts";
import { type LocalSlack, type Person, startSlack } from "./slack/slack.ts";

/** Shows one step: who does what, and what they see then. */
export type Show = (step: string, seen: readonly string[]) => void;

/**
 * The main job once, from start to end: the real bot in a process of its own, between the local
 * Slack and the local Gcore. @returns what should not have happened; nothing, when all is well.
 */
export async function runTour(show: Show): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "snapshot-bot-tour-"));
  const [slack, gcore] = await Promise.all([startSlack(), startGcore()]);
  const bot = await startBotProcess(botEnvironment(slack, gcore, join(folder, "bot.db")));
  slack.deliverTo(`${bot.url}/slack/events`);
  try {
    await story(slack, gcore, show);
    return [...slack.violations(), ...gcore.violations()];
  } finally {
    await bot.end("SIGTERM");
    await Promise.all([slack.stop(), gcore.stop(), rm(folder, { recursive: true })]);
  }
}

async function story(slack: LocalSlack, gcore: LocalGcore, show: Show): Promise<void> {
  const ada = slack.person("ada");
  const view = (title: string): Promise<unknown> =>
    slack.until(() => ada.modal?.title === title, `the view "${title}"`);

  const command = `/snapshot ${gcore.ids.plain} --project 1186668 --region 148`;
  await ada.command("#ops", command);
  await view("Connect your key");
  show(`Ada types ${command} in #ops. She has no key here yet.`, lines(ada));

  ada.fill("Gcore API key", gcore.keys.full);
  await ada.submit();
  await view("Key connected");
  show("She pastes her own Gcore API key. The bot checks it with Gcore.", lines(ada));

  await ada.submit();
  await view("Change a snapshot");
  ada.fill("New name", "db-before-upgrade");
  ada.fill("Set tags", "environment=staging\nowner=Ada Lovelace");
  ada.fill("Remove tags", "cost_center");
  ada.fill("Reason", "Upgrade on Monday");
  show("She goes on to the form and fills it in.", lines(ada));

  await ada.submit();
  await view("Review the change");
  show("The bot looks the snapshot up and shows exactly what would change.", lines(ada));

  await ada.submit();
  await slack.until(() => slack.messages("#audit-2").length === 1, "the announcements");
  await slack.until(() => ada.modal?.text.includes("Done."), "the outcome in the view");
  show("She applies it.", lines(ada));
  show("The PATCH, as it went over the wire:", wire(gcore));
  show("#ops, as Ada reads it:", ada.sees("#ops"));
  show("#audit, as Ben reads it:", slack.person("ben").sees("#audit"));
}

const lines = (person: Person): readonly string[] => (person.modal?.text ?? "").split("\n");

function wire(gcore: LocalGcore): readonly string[] {
  return gcore.journal
    .patches()
    .flatMap((entry) => [
      `PATCH ${entry.path}`,
      ...["authorization", "content-type", "user-agent"].map(
        (name) => `${name}: ${entry.headers[name] ?? ""}`,
      ),
      "",
      JSON.stringify(entry.body),
      "",
      `→ ${entry.status}`,
    ]);
}
