import { channels, people } from "../../../playground/slack/slack.ts";
import { CONNECT_VIEW } from "../../../src/blocks/connect-view.ts";
import { type Bed, startBed } from "../../bed.ts";
import { type Carried, carriedSoFar } from "./carried.ts";
import { deliver, type Sender, submissionOf, typingIn } from "./deliver.ts";
import { changesOne, draftsOf, plansOf, readsAll, readsHistory, requestsOf } from "./scene.ts";
import { stonesIn } from "./stones.ts";

const TEAM = "T0LOCAL1";
const OTHER_TEAM = "T0OTHER";

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

/** The matrix before its first cell. */
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
export type Thing =
  | ("pending" | "applied" | "conflict" | "form" | "preview" | "snapshot")
  // Of many: one that has run, one that is paused, one that was shown, and its form.
  | ("run" | "paused" | "plan" | "many");

/** A key is entered by somebody whose client has no commands of this bot. */
export async function connectAs(bed: Bed, from: Sender, apiKey: string): Promise<void> {
  const values = { key: { key: { type: "plain_text_input", value: apiKey } } };
  await deliver(bed, from, submissionOf({ callbackId: CONNECT_VIEW, values }));
  const person = bed.slack.person(from.user);
  await bed.slack.until(() => person.modal?.title === "Key connected", "the key to be connected");
  await person.close({ all: true });
}

/** Waits until all that somebody's key sees has been read for them. */
async function knows(bed: Bed, from: Sender, word: string): Promise<void> {
  const typing = typingIn("snapshot", word, {});
  await bed.slack.until(async () => (await deliver(bed, from, typing)).includes(word), word);
  await bed.slack.person(from.user).close({ all: true });
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
  const { ada, cleo } = bed;
  const { azurite, basalt, cinnabar } = stonesIn(bed);
  const [keyOfAda, keyOfBen, keyOfOlga] = [azurite.key(), basalt.key(), cinnabar.key()];
  const reconnect = async (): Promise<void> => {
    await connectAs(bed, PEOPLE.ben, keyOfBen);
    await connectAs(bed, PEOPLE.olga, keyOfOlga);
    await knows(bed, PEOPLE.ben, "basalt-11");
    await knows(bed, PEOPLE.olga, "cinnabar-11");
  };
  await bed.connect(ada, keyOfAda);
  await bed.connect(cleo, azurite.key("azurite-second"));
  await reconnect();
  await changesOne(bed, basalt.project, basalt.ids[5] ?? "");
  const requests = await requestsOf(bed, azurite);
  await readsHistory(bed);
  await readsAll(bed, azurite);
  await cleo.command("#lobby", "/snapshot list");
  await bed.slack.until(() => cleo.sees("#lobby").join().includes("azurite-11"), "Cleo's list");
  await cleo.command("#lobby", "/snapshot disconnect");
  const drafts = { ...(await plansOf(bed, azurite)), ...(await draftsOf(bed, azurite)) };
  return {
    ...{ bed, carried: carriedSoFar(bed), project: azurite.project },
    ...{ keyOfAda: Number.parseInt(keyOfAda, 10), reconnect },
    ids: { ...requests, ...drafts, snapshot: azurite.ids[5] ?? "" },
  };
}
