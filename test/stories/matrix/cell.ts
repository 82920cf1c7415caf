import { expect } from "@jest/globals";
import { deliver, type Parcel, type Sender } from "./deliver.ts";
import type { World } from "./world.ts";

/** Everything of Ada's has this word in it: her key, project, volume, snapshots, tags and reasons. */
export const ADAS = /azurite/i;
/** What is not of the three requests that Dora may decide on, or might have. */
const NOT_DORAS = /azurite-(?:key|second|works|volume|renamed|[3-9]|1\d)/i;

/** Within which time an answer comes on a busy machine. Milliseconds. */
const PATIENCE = 8_000;

/** What has been sent so far, to tell what comes after it. */
export interface Mark {
  readonly calls: number;
  readonly posts: number;
  readonly asked: number;
}

export const markNow = ({ bed: { slack, gcore } }: Pick<World, "bed">): Mark => ({
  calls: slack.journal.calls.length,
  posts: slack.journal.responsePosts.length,
  asked: gcore.journal.entries.length,
});

/** All that the bot has sent since then; what Ada's home tab shows only if it is asked for. */
export function sentSince(
  { bed: { slack, ada } }: Pick<World, "bed">,
  mark: Mark,
  adasHome = false,
): string {
  const calls = slack.journal.calls
    .slice(mark.calls)
    .filter(({ args }) => adasHome || args.user_id !== ada.id);
  const posts = slack.journal.responsePosts.slice(mark.posts);
  return JSON.stringify([...calls.map(({ args }) => args), ...posts.map(({ body }) => body)]);
}

/** Sends it as this person, and waits for an answer with these words. @returns all that was sent. */
export async function answerTo(
  world: Pick<World, "bed">,
  from: Sender,
  parcel: Parcel,
  answer: RegExp,
): Promise<string> {
  const mark = markNow(world);
  const now = await deliver(world.bed, from, parcel);
  const told = (): string => now + sentSince(world, mark, from.user === world.bed.ada.id);
  await world.bed.slack
    .until(() => answer.test(told()), String(answer), PATIENCE)
    .catch(() => expect(told()).toMatch(answer));
  return told();
}

/**
 * Somebody sends what Ada's own button, view or menu carried, as themselves and properly signed. They
 * get an answer with these words, nothing in it that they have no right to, nothing of hers is
 * changed, and her key is used for nobody but those who decide.
 */
export async function expectNothing(
  world: World,
  from: Sender,
  parcel: Parcel,
  answer: RegExp,
): Promise<void> {
  const { bed } = world;
  const decides = from.user === bed.dora.id;
  const [mark, before] = [markNow(world), await whatIsAdas(world)];
  const told = await answerTo(world, from, parcel, answer);
  expect(told).not.toMatch(decides ? NOT_DORAS : ADAS);
  expect(await whatIsAdas(world)).toEqual(before);
  if (!decides) expect(keysSince(world, mark)).not.toContain(world.keyOfAda);
}

/** The ids of the keys that Gcore was asked with since then. */
export const keysSince = ({ bed: { gcore } }: World, mark: Mark): readonly unknown[] => [
  ...new Set(gcore.journal.entries.slice(mark.asked).map(({ tokenId }) => tokenId)),
];

/** What stands in the database about Ada, and what her snapshots are like. */
export async function whatIsAdas({ bed, ids }: World): Promise<unknown> {
  const { database } = bed.bot;
  const like = `%${bed.ada.id}%`;
  return {
    requests: await database.all(
      "SELECT id, body FROM request WHERE requester_user = ?",
      bed.ada.id,
    ),
    drafts: await database.all("SELECT id, body FROM draft WHERE body LIKE ? ORDER BY id", like),
    kept: await database.all("SELECT key, value FROM keyv WHERE key LIKE ? ORDER BY key", like),
    home: await database.all("SELECT person FROM home_tab WHERE user_id = ?", bed.ada.id),
    snapshot: bed.gcore.snapshot(ids.snapshot),
    patches: bed.gcore.journal.patches().length,
  };
}
