import type { LocalGcore } from "./gcore/gcore.ts";
import { type Playground, startPlayground } from "./page/playground.ts";
import { channels, type Person } from "./slack/slack.ts";

/** One step of the tour: who does what, and what they see then. */
export interface Step {
  readonly what: string;
  readonly seen: readonly string[];
  /** Through whose eyes, and in which channel, it is seen. */
  readonly person: "ada" | "ben";
  readonly channel: string;
  /** It is seen on the wire, and not by a person. */
  readonly isOnTheWire?: true;
}

/** Shows one step. The story goes on when it has been shown. */
export type Show = (step: Step) => void | Promise<void>;

/**
 * The tour in a playground of its own, without a page. @returns what should not have happened;
 * nothing, when all is well.
 */
export async function runTour(show: Show): Promise<readonly string[]> {
  const playground = await startPlayground();
  try {
    return await tell(playground, show);
  } finally {
    await playground.stop();
  }
}

/**
 * The main job once, from start to end, in a playground where nothing has happened yet.
 * @returns as `runTour`.
 */
export async function tell({ slack, gcore }: Playground, show: Show): Promise<readonly string[]> {
  const ada = slack.person("ada");
  const view = (title: string): Promise<unknown> =>
    slack.until(() => ada.modal?.title === title, `the view "${title}"`);
  const inOps = { person: "ada", channel: channels.ops } as const;
  const see = async (what: string): Promise<void> =>
    await show({ ...inOps, what, seen: lines(ada) });

  const command = `/snapshot ${gcore.ids.plain} --project 1186668 --region 148`;
  await ada.command("#ops", command);
  await view("Connect your key");
  await see(`Ada types ${command} in #ops. She has no key here yet.`);

  ada.fill("Gcore API key", gcore.keys.full);
  await ada.submit();
  await view("Key connected");
  await see("She pastes her own Gcore API key. The bot checks it with Gcore.");

  await ada.submit();
  await view("Change a snapshot");
  ada.fill("New name", "db-before-upgrade");
  ada.fill("Set tags", "environment=staging\nowner=Ada Lovelace");
  await ada.choose("Remove tags", "cost_center=cc-1001");
  ada.fill("Reason", "Upgrade on Monday");
  await see("She goes on to the form and fills it in.");

  await ada.submit();
  await view("Review the change");
  await see("The bot looks the snapshot up and shows exactly what would change.");

  await ada.submit();
  await slack.until(() => slack.messages("#ops").length === 1, "the card");
  await see("Cost centres need somebody else's approval here, so she asks for it.");
  await ada.close();

  const ben = slack.person("ben");
  const byBen = { person: "ben", channel: channels.ops } as const;
  await show({ ...byBen, what: "This is #ops, as Ben reads it.", seen: ben.sees("#ops") });
  await ben.press("Review", { channel: "#ops" });
  await slack.until(() => ben.modal?.title === "Review the request", "the review");
  ben.fill("Comment", "Fine by me");
  await show({
    ...byBen,
    what: "He reviews it: what it was, what it is to be, and what Gcore says now.",
    seen: lines(ben),
  });
  await ben.submit();
  await slack.until(() => slack.messages("#audit-2").length === 1, "the announcements");
  await slack.until(() => ben.modal?.text.includes("Done."), "the outcome in the view");
  await show({ ...byBen, what: "He approves it, and it is applied.", seen: lines(ben) });

  await ben.close();
  const what = "This is the PATCH, as it went over the wire.";
  await show({ ...inOps, what, seen: wire(gcore), isOnTheWire: true });
  await show({ ...inOps, what: "This is #ops, as Ada reads it.", seen: ada.sees("#ops") });
  await show({
    ...{ person: "ben", channel: channels.audit },
    what: "This is #audit, as Ben reads it.",
    seen: ben.sees("#audit"),
  });
  return [...slack.violations(), ...gcore.violations()];
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
