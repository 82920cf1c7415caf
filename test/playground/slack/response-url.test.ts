import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { RespondFn } from "@slack/bolt";
import { MovableClock } from "../../../playground/clock.ts";
import { channels } from "../../../playground/slack/slack.ts";
import { httpScene, type Scene } from "./bolt.ts";
import { section } from "./views.ts";

let scene: Scene;
const clock = new MovableClock();
beforeEach(async () => {
  scene = await httpScene({ clock });
});
afterEach(() => scene.end());

const button = {
  type: "actions" as const,
  elements: [
    {
      type: "button" as const,
      action_id: "go",
      text: { type: "plain_text" as const, text: "Go" },
    },
  ],
};

/** What answers a command of Ada's. */
const afterCommand = async (channel: string): Promise<RespondFn> => {
  const { slack, app } = scene;
  let found: RespondFn | undefined;
  app.command("/snapshot", async ({ ack, respond }) => {
    found = respond;
    await ack();
  });
  await slack.person("ada").command(channel, "/snapshot");
  return await slack.until(() => found);
};

/** What answers a click of Ada's on the message that is there. */
const afterClick = async (): Promise<RespondFn> => {
  const { slack, app } = scene;
  let found: RespondFn | undefined;
  app.action("go", async ({ ack, respond }) => {
    found = respond;
    await ack();
  });
  await slack.person("ada").press("Go");
  return await slack.until(() => found);
};

test("an answer is for the eyes of the person, even where the bot is not", async () => {
  const respond = await afterCommand("#secret");
  await respond("Only for you");
  await respond({ text: "For everybody", response_type: "in_channel" });

  expect(scene.slack.person("ben").sees("#secret")).toEqual(["snapshot: For everybody"]);
  expect(scene.slack.messages("#secret", { as: "ada" })).toHaveLength(2);
  expect(scene.slack.messages("#secret", { as: "dora" })).toEqual([]);
});

test("an address takes five answers", async () => {
  const respond = await afterCommand("#ops");
  for (let count = 0; count < 5; count += 1) await respond(`Answer ${count}`);

  await expect(respond("One too many")).rejects.toMatchObject({ statusCode: 404 });
  expect(scene.slack.journal.responsePosts.at(-1)).toMatchObject({
    status: 404,
    answer: '{"ok":false,"error":"used_url"}',
  });
});

test("an address is good for half an hour", async () => {
  const respond = await afterCommand("#ops");
  clock.advance(30 * 60_000 - 1000);
  await respond("In time");
  clock.advance(2000);

  await expect(respond("Too late")).rejects.toMatchObject({ statusCode: 404 });
  expect(scene.slack.journal.responsePosts.at(-1)?.answer).toBe(
    '{"ok":false,"error":"expired_url"}',
  );
});

test("the message that was acted on can be replaced, buttons and all, or taken away", async () => {
  const { slack, app } = scene;
  await app.client.chat.postMessage({ channel: channels.ops, text: "Go?", blocks: [button] });
  const respond = await afterClick();

  await respond({ replace_original: true, text: "Gone" });
  expect(slack.messages("#ops")).toMatchObject([{ text: "Gone", blocks: [], edited: true }]);
  await respond({ delete_original: true });
  expect(slack.messages("#ops")).toEqual([]);
});

test("an ephemeral message stays one when it is replaced", async () => {
  const { slack, app } = scene;
  await app.client.chat.postEphemeral({
    channel: channels.ops,
    user: slack.person("ada").id,
    text: "Go?",
    blocks: [button],
  });
  const respond = await afterClick();

  await respond({ replace_original: true, text: "Gone" });

  expect(slack.messages("#ops", { as: "ben" })).toEqual([]);
  expect(slack.person("ada").sees("#ops")[0]).toBe("snapshot: Gone");
});

test("blocks that Slack refuses are refused here, too", async () => {
  const respond = await afterCommand("#ops");
  const blocks = [section("x".repeat(3001))];

  await expect(respond({ text: "Long", blocks })).rejects.toMatchObject({ statusCode: 400 });
  await expect(respond({ text: "" })).rejects.toMatchObject({ statusCode: 400 });
  expect(scene.slack.forgive(/response_url: invalid block/)).toHaveLength(1);
  expect(scene.slack.forgive(/response_url: no_text/)).toHaveLength(1);
});
