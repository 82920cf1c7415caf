import { channels, people } from "../../../playground/slack/slack.ts";
import { CONNECT_VIEW } from "../../../src/blocks/connect-view.ts";
import { type Bed, startBed } from "../../bed.ts";
import { apply, change, fill, open, pick, review, titled } from "../steps.ts";
import { type Carried, carriedSoFar } from "./carried.ts";
import { deliver, type Sender, submissionOf } from "./deliver.ts";

const TEAM = "T0LOCAL1";
const OTHER_TEAM = "T0OTHER";
/** The account that the local Gcore has beside its own. */
const OTHER_ACCOUNT = 1000503;
const REGION = 148;

/** The one rule that asks for others asks Dora; everybody else confirms alone. */
const POLICY = `
rules:
  - name: guarded ones need Dora
    when: { tags: { guarded: "yes" } }
    approve_by: { users: [${people.dora}] }
  - name: the rest is free
    confirm: requester
tag_rules:
  - required: [owner]
`;

/** Everybody in the matrix, in the order of its columns. */
export const PEOPLE = {
  ada: { user: people.ada, team: TEAM, channel: channels.adaAndBot },
  /** Of her team, with a key to another project. */
  ben: { user: people.ben, team: TEAM, channel: channels.benAndBot },
  /** Of another team, with a key of another account. */
  olga: { user: people.olga, team: OTHER_TEAM, channel: channels.partners },
  /** Of her team, with a key to the same project until it was removed. */
  cleo: { user: people.cleo, team: TEAM, channel: channels.cleoAndBot },
  /** Of her team, who may decide what a rule leaves to her, and has no key. */
  dora: { user: people.dora, team: TEAM, channel: channels.doraAndBot },
} as const satisfies Record<string, Sender>;

/** What is Ada's is called azurite, what is Ben's basalt, what is Olga's cinnabar. */
export interface World {
  readonly bed: Bed;
  readonly carried: Carried;
  /** Ada's requests by how they stand, her two drafts, and a snapshot of hers. */
  readonly ids: Readonly<Record<Thing, string>>;
  /** Ada's project, and the id of her key. */
  readonly project: number;
  readonly keyOfAda: number;
  /** Gives Ben and Olga the keys back that they have removed. */
  reconnect(): Promise<void>;
}
export type Thing = "pending" | "applied" | "conflict" | "form" | "preview" | "snapshot";

/** A key is entered by somebody whose client has no commands of this bot. */
export async function connectAs(bed: Bed, from: Sender, apiKey: string): Promise<void> {
  const values = { key: { key: { type: "plain_text_input", value: apiKey } } };
  await deliver(bed, from, submissionOf({ callbackId: CONNECT_VIEW, values }));
  const person = bed.slack.person(from.user);
  await bed.slack.until(() => person.modal?.title === "Key connected", "the key to be connected");
  await person.close({ all: true });
}

/** Three people with projects of their own, and one who has seen what Ada sees until a moment ago. */
export async function startWorld(): Promise<World> {
  const bed = await startBed({ policy: POLICY });
  try {
    return await worldOn(bed);
  } catch (error) {
    await bed.end();
    throw error;
  }
}

async function worldOn(bed: Bed): Promise<World> {
  const { ada, cleo, gcore } = bed;
  const works = {
    azurite: gcore.addProject("azurite-works"),
    basalt: gcore.addProject("basalt-works"),
    cinnabar: gcore.addProject("cinnabar-works", OTHER_ACCOUNT),
  };
  const made = (stone: keyof typeof works, count: number) =>
    Array.from({ length: count }, (_, index) =>
      gcore.add({
        name: `${stone}-${index}`,
        ...{ project_id: works[stone], region_id: REGION },
        tags: { stone, volume_name: `${stone}-volume`, guarded: index < 3 ? "yes" : "no" },
      }),
    ).map(({ id }) => id);
  const azurites = made("azurite", 12);
  const basalts = made("basalt", 12);
  made("cinnabar", 12);
  const key = (stone: keyof typeof works, name = stone as string, client?: number) =>
    gcore.addKey({
      ...{ name: `${name}-key`, projects: [works[stone]] },
      ...(client === undefined ? {} : { client }),
    });
  const keyOfAda = key("azurite");
  await bed.connect(ada, keyOfAda);
  const keyOfBen = key("basalt");
  const keyOfOlga = key("cinnabar", "cinnabar", OTHER_ACCOUNT);
  const reconnect = async (): Promise<void> => {
    await connectAs(bed, PEOPLE.ben, keyOfBen);
    await connectAs(bed, PEOPLE.olga, keyOfOlga);
  };
  await bed.connect(cleo, key("azurite", "azurite-second"));
  await reconnect();
  await changesOne(bed, works.basalt, basalts[5] ?? "");
  const requests = await requestsOfAda(bed, works.azurite, azurites);
  await readsAll(bed, works.azurite, azurites[5] ?? "");
  await cleo.command("#lobby", "/snapshot list");
  await bed.slack.until(() => cleo.sees("#lobby").join().includes("azurite-11"), "Cleo's list");
  await cleo.command("#lobby", "/snapshot disconnect");
  const drafts = await draftsOfAda(bed, works.azurite, azurites[6] ?? "");
  return {
    ...{ bed, carried: carriedSoFar(bed), project: works.azurite },
    ...{ keyOfAda: Number.parseInt(keyOfAda, 10), reconnect },
    ids: { ...requests, ...drafts, snapshot: azurites[5] ?? "" },
  };
}

const commandFor = (project: number, id: string, rest: string): string =>
  `/snapshot ${id} --project ${project} --region ${REGION} ${rest} --reason "because azurite"`;

/** Ben has a history of his own. */
async function changesOne(bed: Bed, project: number, id: string): Promise<void> {
  const where = `--project ${project} --region ${REGION}`;
  await change(bed, bed.ben, `/snapshot ${id} ${where} note=basalt`, {}, "#lobby");
  await bed.said();
  await bed.ben.close({ all: true });
}

/** One that waits, one that Dora approved, one that met a conflict, and some that need nobody. */
async function requestsOfAda(bed: Bed, project: number, ids: readonly string[]) {
  const { ada, dora, gcore } = bed;
  const asks = async (id = "", rest = "note=azurite"): Promise<string> => {
    await open(bed, ada, commandFor(project, id, rest));
    await review(bed, ada);
    const request = ada.modal?.privateMetadata ?? "";
    if (ada.modal?.submitText === "Apply change") await apply(bed, ada);
    else await ada.submit();
    await bed.said();
    await ada.close({ all: true });
    return request;
  };
  const reviewed = (title: string): Promise<string> =>
    titled(bed, dora, title, () => dora.press("Review", { channel: "#ops" }));
  for (const id of ids.slice(3, 8)) await asks(id);
  const applied = await asks(ids[0]);
  await reviewed("Review the request");
  await dora.submit();
  await bed.slack.until(() => gcore.tags(ids[0] ?? "").get("note") === "azurite", "the change");
  await bed.said();
  const conflict = await asks(ids[1], "stone=azurite-too");
  gcore.update(ids[1] ?? "", ({ tags }) => {
    for (const tag of tags) if (tag.key === "stone") tag.value = "azurite-meanwhile";
  });
  await reviewed("The request");
  await bed.said();
  const pending = await asks(ids[2]);
  await reviewed("Review the request");
  await titled(bed, dora, "Reject the request", () => dora.press("Reject…"));
  await dora.close({ all: true });
  return { applied, conflict, pending };
}

/** Ada looks at everything that there is, and turns the pages. */
async function readsAll(bed: Bed, project: number, id: string): Promise<void> {
  const { ada, slack } = bed;
  const channel = "#lobby";
  const shows = async (act: () => Promise<unknown>, words: string): Promise<void> => {
    await act();
    await slack.until(() => ada.sees(channel).join("\n").includes(words), words);
  };
  const presses = (button: string, words: string): Promise<void> =>
    shows(() => ada.press(button, { channel }), words);
  await shows(() => ada.command(channel, "/snapshot list"), "12 snapshots");
  await presses("Next page", "11 to 12 of them");
  await presses("Previous page", "1 to 10 of them");
  await shows(() => ada.command(channel, "/snapshot lint"), "Page 1 of 2");
  await presses("Next", "Page 2 of 2");
  await presses("Back", "Page 1 of 2");
  await shows(() => ada.command(channel, "/snapshot history"), "[Older]");
  await presses("Older", "[Newer]");
  await shows(
    () => ada.command(channel, `/snapshot show ${id} --project ${project} --region ${REGION}`),
    "azurite-5",
  );
  await ada.openHome();
  await slack.until(() => ada.home().join("\n").includes("azurite-key"), "Ada's home tab");
  await titled(bed, ada, "Your defaults", () => ada.press("Choose defaults", { home: true }));
  await ada.choose("Project", `azurite-works (${project})`);
  await ada.submit();
  await slack.until(() => ada.modal?.text.includes("Saved."), "Ada's defaults");
  await ada.close();
  const { ts } = slack.say("ada", channel, `${id} or azurite 0${id.slice(1)}`);
  await titled(bed, ada, "Which snapshot?", () =>
    ada.messageShortcut("change-mentioned-snapshot", channel, ts),
  );
  await ada.close();
}

/** A form that she has filled from a snapshot of hers, and what she was shown and has not agreed to. */
async function draftsOfAda(bed: Bed, project: number, id: string) {
  const { ada } = bed;
  await open(bed, ada, `/snapshot --project ${project} --region ${REGION}`);
  await pick(bed, ada, "azurite-6");
  await ada.suggestions("Copy tags from", "");
  const form = ada.modal?.privateMetadata ?? "";
  fill(ada, { "New name": "azurite-renamed", Reason: "because azurite" });
  if (!(await review(bed, ada)).includes(id)) throw new Error("another snapshot is shown");
  return { form, preview: ada.modal?.privateMetadata ?? "" };
}
