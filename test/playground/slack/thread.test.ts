import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { channels, people } from "../../../playground/slack/slack.ts";
import { httpScene, type Scene } from "./bolt.ts";
import { section } from "./views.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await httpScene({ scopes: ["chat:write", "commands", "channels:history"] });
});
afterEach(() => scene.end());

const channel = channels.ops;

test("replies stand in their thread, and the message above knows of them", async () => {
  const { client } = scene.app;
  const { ts = "" } = await client.chat.postMessage({ channel, text: "First" });
  scene.slack.say("ada", "#ops", "Second", ts);
  const also = { text: "Third", thread_ts: ts, reply_broadcast: true } as const;
  const third = await client.chat.postMessage({ channel, ...also });
  await client.chat.postEphemeral({ channel, user: people.ada, text: "Psst", thread_ts: ts });

  const { messages = [] } = await client.conversations.replies({ channel, ts });
  expect(messages).toMatchObject([
    { text: "First", thread_ts: ts, reply_count: 2, latest_reply: third.ts },
    { text: "Second", thread_ts: ts, parent_user_id: "U0SNAPBOT01" },
    { text: "Third", thread_ts: ts, subtype: "thread_broadcast" },
  ]);
  const history = await client.conversations.history({ channel });
  expect(history.messages?.map(({ text }) => text)).toEqual(["Third", "First"]);
});

test("a click in a thread says so, and what answers it stays there", async () => {
  scene.app.action("go", async ({ ack, respond }) => {
    await ack();
    await respond({ text: "Gone", response_type: "in_channel", replace_original: false });
  });
  const { ts } = scene.slack.say("ada", "#ops", "Question");
  const element = { type: "button", action_id: "go", text: { type: "plain_text", text: "Go" } };
  const blocks = [{ ...section("Answer"), accessory: element }] as never;
  await scene.app.client.chat.postMessage({ channel, text: "Answer", thread_ts: ts, blocks });
  await scene.slack.person("ada").press("Go");
  await scene.slack.until(() => scene.slack.messages("#ops").length === 3);
  expect(scene.slack.journal.deliveries[0]?.payload).toMatchObject({
    container: { thread_ts: ts },
    message: { thread_ts: ts },
  });
  expect(scene.slack.messages("#ops")[2]).toMatchObject({ text: "Gone", threadTs: ts });
});
