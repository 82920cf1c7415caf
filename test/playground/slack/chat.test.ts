import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { WebClient } from "@slack/web-api";
import { MovableClock } from "../../../playground/clock.ts";
import { channels, type LocalSlack, people, startSlack } from "../../../playground/slack/slack.ts";
import { silent } from "./bolt.ts";
import { section } from "./views.ts";

let slack: LocalSlack;
let client: WebClient;
const clock = new MovableClock();
beforeEach(async () => {
  slack = await startSlack({ clock });
  client = new WebClient(slack.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });
});
afterEach(async () => {
  await slack.stop();
  expect(slack.violations()).toEqual([]);
});

/** The error of a call that is refused. */
const errorOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "no error",
    (error) => error.data?.error ?? error,
  );

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

describe("chat.postMessage", () => {
  test("says something in a channel, and hands back what is now there", async () => {
    const answer = await client.chat.postMessage({
      channel: channels.ops,
      text: "Hello",
      blocks: [section("Hello")],
    });

    expect(answer).toMatchObject({
      ok: true,
      channel: channels.ops,
      ts: expect.stringMatching(/^\d{10}\.\d{6}$/),
      message: { type: "message", bot_id: "B0SNAPBOT01", text: "Hello", blocks: [{}] },
    });
    expect(slack.messages("#ops")).toMatchObject([{ ts: answer.ts, ephemeral: false }]);
  });

  test.each([
    ["a channel that is not there", "C0NOWHERE01", "channel_not_found"],
    ["a private channel that the bot is not in", channels.secret, "channel_not_found"],
    ["the direct messages of two others", channels.adaAndBen, "channel_not_found"],
    ["somebody of another team", people.olga, "channel_not_found"],
    ["a public channel that the bot is not in", channels.lobby, "not_in_channel"],
    ["an archived channel", channels.old, "is_archived"],
  ])("is refused for %s", async (_, channel, error) => {
    expect(await errorOf(client.chat.postMessage({ channel, text: "Hi" }))).toBe(error);
  });

  test("finds a public channel by its name, and a person by their id", async () => {
    await client.chat.postMessage({ channel: "#ops", text: "To all" });
    const { channel } = await client.chat.postMessage({ channel: people.ben, text: "To Ben" });

    expect(channel).toBe(channels.benAndBot);
    expect(slack.person("ben").sees(channels.benAndBot)).toEqual(["snapshot: To Ben"]);
  });

  test("goes everywhere in public with the scope for that", async () => {
    slack.setScopes(["chat:write", "chat:write.public"]);

    await client.chat.postMessage({ channel: channels.lobby, text: "Hi" });

    expect(slack.messages("#lobby")).toHaveLength(1);
  });

  test("needs words, and cuts what is far too long with a warning", async () => {
    const nothing = client.chat.postMessage({ channel: channels.ops, text: "" });
    expect(await errorOf(nothing)).toBe("no_text");

    const text = "x".repeat(40_001);
    const answer = await client.chat.postMessage({ channel: channels.ops, text });
    expect(answer.response_metadata?.warnings).toEqual(["message_truncated"]);
    expect(slack.messages("#ops")[0]?.text).toHaveLength(40_000);
    expect(slack.forgive(/./)).toEqual([
      "chat.postMessage: no_text",
      "chat.postMessage: a text cut after 40000 characters",
    ]);
  });

  test("refuses blocks with the place of each mistake", async () => {
    const call = client.chat.postMessage({
      channel: channels.ops,
      text: "Long",
      blocks: [section("x".repeat(3001))],
    });

    const pointer = "must be less than 3001 characters [json-pointer:/blocks/0/text/text]";
    await expect(call).rejects.toMatchObject({
      data: {
        ok: false,
        error: "invalid_blocks",
        errors: [pointer],
        response_metadata: { messages: [`[ERROR] ${pointer}`] },
      },
    });
    expect(slack.forgive(/./)).toEqual([`chat.postMessage: invalid block: ${pointer}`]);
  });

  test("answers in a thread that is there", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: channels.ops, text: "First" });
    await client.chat.postMessage({ channel: channels.ops, text: "Second", thread_ts: ts });
    const lost = { channel: channels.ops, text: "Third", thread_ts: "1.000001" };

    expect(slack.messages("#ops")[1]?.threadTs).toBe(ts);
    expect(await errorOf(client.chat.postMessage(lost))).toBe("thread_not_found");
  });

  test("notes blocks without a text for those who cannot see them", async () => {
    await client.chat.postMessage({ channel: channels.ops, blocks: [section("Hi")] } as never);

    expect(slack.forgive(/top-level text/)).toEqual([
      "chat.postMessage: blocks without a top-level text",
    ]);
  });

  test("keeps to one message a second and channel, if it is told to", async () => {
    slack.limits.enforce = true;
    const post = (channel: string) => client.chat.postMessage({ channel, text: "Hi" });
    for (let count = 0; count < slack.limits.burst; count += 1) await post(channels.ops);

    await expect(post(channels.ops)).rejects.toMatchObject({ retryAfter: 1 });
    await post(channels.audit);
    clock.advance(1100);
    await post(channels.ops);

    expect(slack.journal.callsOf("chat.postMessage").map((call) => call.status)).toEqual([
      200, 200, 200, 429, 200, 200,
    ]);
  });
});

describe("chat.update", () => {
  const posted = async () => {
    const { ts = "" } = await client.chat.postMessage({
      channel: channels.ops,
      text: "Go?",
      blocks: [button],
    });
    return { channel: channels.ops, ts };
  };

  test("with a text alone leaves the old blocks, buttons and all, where they are", async () => {
    const message = await posted();
    await client.chat.update({ ...message, text: "Gone" });

    expect(slack.messages("#ops")[0]).toMatchObject({ text: "Gone", edited: true });
    expect(slack.person("ada").sees("#ops")).toEqual(["snapshot: [Go]", "(edited)"]);
  });

  test("with an empty list of blocks takes them away", async () => {
    const message = await posted();
    await client.chat.update({ ...message, text: "Gone", blocks: [] });

    expect(slack.person("ada").sees("#ops")).toEqual(["snapshot: Gone", "(edited)"]);
  });

  test("is refused for what the bot did not say, and for what is too long", async () => {
    const message = await posted();
    const { ts } = slack.say("ada", "#ops", "Mine");
    const { update } = client.chat;

    expect(await errorOf(update({ ...message, ts: "1.000001", text: "x" }))).toBe(
      "message_not_found",
    );
    expect(await errorOf(update({ ...message, ts, text: "x" }))).toBe("cant_update_message");
    expect(await errorOf(update({ ...message, text: "x".repeat(4001) }))).toBe("msg_too_long");
    expect(await errorOf(update({ ...message, channel: people.ada, text: "x" }))).toBe(
      "channel_not_found",
    );
    expect(await errorOf(update({ ...message, text: "" }))).toBe("no_text");
    expect(slack.forgive(/./)).toEqual(["chat.update: msg_too_long", "chat.update: no_text"]);
  });

  test("cannot touch what only one person sees", async () => {
    const { message_ts: ts = "" } = await client.chat.postEphemeral({
      channel: channels.ops,
      user: people.ada,
      text: "Hi",
    });

    const call = client.chat.update({ channel: channels.ops, ts, text: "x" });
    expect(await errorOf(call)).toBe("message_not_found");
  });
});

describe("the rest of chat", () => {
  test("an ephemeral message needs both of them in the channel", async () => {
    const say = (channel: string, user: string) =>
      client.chat.postEphemeral({ channel, user, text: "Hi" });
    await say(channels.ops, people.ada);

    expect(slack.messages("#ops", { as: "ada" })).toHaveLength(1);
    expect(slack.messages("#ops", { as: "ben" })).toHaveLength(0);
    expect(await errorOf(say(channels.ops, people.olga))).toBe("user_not_in_channel");
    expect(await errorOf(say(channels.lobby, people.ada))).toBe("not_in_channel");
    expect(await errorOf(say(channels.secret, people.ada))).toBe("channel_not_found");
  });

  test("a message of the bot's has a link, and can be taken away", async () => {
    const { ts = "" } = await client.chat.postMessage({ channel: channels.ops, text: "Hi" });
    const link = await client.chat.getPermalink({ channel: channels.ops, message_ts: ts });
    await client.chat.delete({ channel: channels.ops, ts });

    expect(link.permalink).toBe(
      `https://snapshot-cloud.slack.com/archives/C0OPS000001/p${ts.replace(".", "")}`,
    );
    expect(slack.messages("#ops")).toEqual([]);
    expect(await errorOf(client.chat.delete({ channel: channels.ops, ts }))).toBe(
      "message_not_found",
    );
  });

  test("a channel that the bot is thrown out of, or that is archived, is closed to it", async () => {
    const post = () => client.chat.postMessage({ channel: channels.audit, text: "Hi" });
    slack.kick("#audit", "U0SNAPBOT01");
    expect(await errorOf(post())).toBe("not_in_channel");
    slack.invite("#audit", "U0SNAPBOT01");
    slack.archive("#audit");
    expect(await errorOf(post())).toBe("is_archived");
    slack.archive("#audit", false);
    expect(await errorOf(post())).toBe("no error");
  });
});
