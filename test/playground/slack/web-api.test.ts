import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { WebClient } from "@slack/web-api";
import { MovableClock } from "../../../playground/clock.ts";
import { asObject } from "../../../playground/slack/json.ts";
import { channels, type LocalSlack, people, startSlack } from "../../../playground/slack/slack.ts";
import { silent } from "./bolt.ts";
import { modal } from "./views.ts";

let slack: LocalSlack;
beforeEach(async () => {
  slack = await startSlack();
});
afterEach(async () => {
  await slack.stop();
  expect(slack.violations()).toEqual([]);
});

const clientWith = (token: string, retries = 0) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries, minTimeout: 1, maxTimeout: 2 },
  });

const form = "application/x-www-form-urlencoded";

const post = async (method: string, type: string, body: string, token?: string) => {
  const headers: Record<string, string> = { "content-type": type };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(`${slack.apiUrl}${method}`, { method: "POST", headers, body });
  return { status: answer.status, headers: answer.headers, body: asObject(await answer.json()) };
};

describe("a call", () => {
  test("says who the bot is", async () => {
    expect(await clientWith(slack.botToken).auth.test()).toMatchObject({
      ok: true,
      team_id: "T0LOCAL1",
      user_id: "U0SNAPBOT01",
      bot_id: "B0SNAPBOT01",
    });
  });

  test.each([
    ["without a token", undefined, "not_authed"],
    ["with somebody's token", "xoxb-somebody", "invalid_auth"],
    ["with the token of the app", "app", "not_allowed_token_type"],
  ])("%s is refused with HTTP 200", async (_, token, error) => {
    const given = token === "app" ? slack.appToken : token;
    expect(await post("auth.test", form, "", given)).toMatchObject({
      status: 200,
      body: { ok: false, error },
    });
  });

  test("of a method for the app needs the token of the app", async () => {
    const open = (token: string) => post("apps.connections.open", form, "", token);

    expect((await open(slack.botToken)).body).toEqual({
      ok: false,
      error: "not_allowed_token_type",
    });
    expect((await open(slack.appToken)).body.url).toMatch(
      /^ws:\/\/127\.0\.0\.1:\d+\/link\/\?ticket=/,
    );
  });

  test("may carry its token in a form, but not in JSON", async () => {
    const token = slack.botToken;

    expect((await post("auth.test", form, `token=${token}`)).body.ok).toBe(true);
    expect(
      (await post("auth.test", "application/json", JSON.stringify({ token }))).body.error,
    ).toBe("not_authed");
  });

  test("may be JSON, with blocks as they are", async () => {
    const body = { channel: channels.ops, text: "Hi", blocks: [{ type: "divider" }], more: 1 };
    const call = await post(
      "chat.postMessage",
      "application/json; charset=utf-8",
      JSON.stringify(body),
      slack.botToken,
    );

    expect(call.body).toMatchObject({ ok: true, message: { blocks: [{ type: "divider" }] } });
  });

  test.each([
    ["no JSON", "application/json", "{", "invalid_json"],
    ["a list", "application/json", "[]", "json_not_object"],
    ["plain text", "text/plain", "channel=C1", "invalid_post_type"],
  ])("that is %s is refused", async (_, type, body, error) => {
    const call = await post("chat.postMessage", type, body, slack.botToken);
    expect(call.body.error).toBe(error);
  });

  test("that lacks an argument, or has one of the wrong kind, says which", async () => {
    const call = (body: object) =>
      post("chat.postMessage", "application/json", JSON.stringify(body), slack.botToken);

    expect((await call({ text: "Hi" })).body).toEqual({
      ok: false,
      error: "invalid_arguments",
      response_metadata: { messages: ["[ERROR] missing required field: channel"] },
    });
    expect((await call({ channel: channels.ops, text: { type: "mrkdwn" } })).body).toMatchObject({
      error: "invalid_arguments",
      response_metadata: { messages: ["[ERROR] must provide a string [json-pointer:/text]"] },
    });
  });

  test("with blocks that are no JSON is refused, and noted", async () => {
    const body = `channel=${channels.ops}&text=Hi&blocks=%5Bobject`;
    const call = await post("chat.postMessage", form, body, slack.botToken);

    expect(call.body.error).toBe("invalid_blocks_format");
    expect(slack.forgive(/no JSON/)).toHaveLength(1);
  });

  test("of a view that Slack does not take says what is wrong with it", async () => {
    const call = clientWith(slack.botToken).views.open({
      trigger_id: "1.2.a",
      view: modal("Big", undefined, { private_metadata: "x".repeat(3001) }),
    });

    await expect(call).rejects.toMatchObject({
      data: {
        error: "invalid_arguments",
        response_metadata: {
          messages: [
            "[ERROR] failed to match all allowed schemas [json-pointer:/view]",
            "[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]",
          ],
        },
      },
    });
    expect(slack.forgive(/views.open: invalid view/)).toHaveLength(1);
  });

  test("of a method that Slack does not have is noted", async () => {
    const call = clientWith(slack.botToken).apiCall("chat.postMessages", {});

    await expect(call).rejects.toMatchObject({ data: { error: "unknown_method" } });
    expect(slack.forgive(/unknown|does not have/)).toEqual([
      "chat.postMessages: a method that Slack does not have",
    ]);
  });

  test("without the scope for it says what was needed and what was there", async () => {
    slack.setScopes(["commands"]);
    const call = await post("chat.postMessage", form, "channel=C1&text=Hi", slack.botToken);

    expect(call.body).toEqual({
      ok: false,
      error: "missing_scope",
      needed: "chat:write",
      provided: "commands",
    });
    expect(call.headers.get("x-oauth-scopes")).toBe("commands");
    expect(call.headers.get("x-accepted-oauth-scopes")).toBe("chat:write");
  });

  test("of the app's own token goes by the app's own scopes, and a stranger hears of none", async () => {
    const weak = await startSlack({ appScopes: ["authorizations:read"] });
    const open = (token: string) =>
      fetch(`${weak.apiUrl}apps.connections.open`, {
        method: "POST",
        headers: { "content-type": form, authorization: `Bearer ${token}` },
      });
    const refused = await open(weak.appToken);
    const stranger = await open("xapp-somebody");
    await weak.stop();

    expect(await refused.json()).toEqual({
      ok: false,
      error: "missing_scope",
      needed: "connections:write",
      provided: "authorizations:read",
    });
    expect(refused.headers.get("x-oauth-scopes")).toBe("authorizations:read");
    expect(stranger.headers.get("x-oauth-scopes")).toBeNull();
  });

  test("is answered with the time that it is in Slack", async () => {
    const clock = new MovableClock();
    const late = await startSlack({ clock });
    clock.advance(3_600_000);
    const answer = await fetch(`${late.apiUrl}auth.test`, { method: "POST" });
    await late.stop();

    const ahead = Date.parse(answer.headers.get("date") ?? "") - Date.now();
    expect(Math.abs(ahead - 3_600_000)).toBeLessThan(60_000);
  });

  test("is written down, without its token", async () => {
    await clientWith(slack.botToken).chat.postMessage({ channel: channels.ops, text: "Hi" });

    expect(slack.journal.calls).toMatchObject([
      { method: "chat.postMessage", args: { text: "Hi" }, status: 200, verdict: "ok" },
    ]);
    expect(JSON.stringify(slack.journal.calls)).not.toContain(slack.botToken);
  });
});

describe("looking around", () => {
  test("at a channel needs the scope for its kind", async () => {
    const { conversations } = clientWith(slack.botToken);
    slack.setScopes(["channels:read"]);

    const { channel } = await conversations.info({ channel: channels.partners });
    expect(channel).toMatchObject({ name: "partners", is_member: true, is_ext_shared: true });
    await expect(conversations.info({ channel: channels.warRoom })).rejects.toMatchObject({
      data: { error: "missing_scope", needed: "groups:read" },
    });
    await expect(conversations.info({ channel: channels.secret })).rejects.toMatchObject({
      data: { error: "channel_not_found" },
    });
  });

  test("through a list goes page by page", async () => {
    slack.setScopes(["channels:read", "groups:read"]);
    const names: unknown[] = [];
    const pages = clientWith(slack.botToken).paginate("conversations.list", {
      limit: 2,
      types: "public_channel,private_channel",
      exclude_archived: true,
    });
    for await (const page of pages) {
      const found = "channels" in page && Array.isArray(page.channels) ? page.channels : [];
      names.push(found.map((one) => one.name));
    }

    expect(names).toEqual([
      ["ops", "lobby"],
      ["war-room", "audit"],
      ["audit-2", "partners"],
    ]);
  });

  test("at who is in a channel, and at who somebody is", async () => {
    slack.setScopes(["channels:read", "users:read", "usergroups:read"]);
    const client = clientWith(slack.botToken);

    const { members } = await client.conversations.members({ channel: channels.audit2 });
    expect(members).toEqual([people.ben, people.dora, "U0SNAPBOT01"]);
    const { user: gus } = await client.users.info({ user: people.gus });
    expect(gus).toMatchObject({ is_restricted: true, tz: "Europe/Berlin", team_id: "T0LOCAL1" });
    const { user: olga } = await client.users.info({ user: people.olga });
    expect(olga).toMatchObject({ is_stranger: true, team_id: "T0OTHER" });
    expect(olga?.profile).not.toHaveProperty("email");
    const { users } = await client.usergroups.users.list({ usergroup: "S0APPROVERS" });
    expect(users).toEqual([people.ben, people.cleo]);
    await expect(client.users.info({ user: "U0NOBODY001" })).rejects.toMatchObject({
      data: { error: "user_not_found" },
    });
  });

  test("for a person by their address", async () => {
    slack.setScopes(["users:read", "users:read.email"]);
    const { users } = clientWith(slack.botToken);

    const { user } = await users.lookupByEmail({ email: "ada@snapshot-cloud.example" });
    expect(user).toMatchObject({ id: people.ada });
    await expect(users.lookupByEmail({ email: "olga@partner.example" })).rejects.toMatchObject({
      data: { error: "users_not_found" },
    });
  });

  test("back at what was said shows no ephemeral messages", async () => {
    slack.setScopes(["chat:write", "channels:history", "im:write", "channels:join"]);
    const client = clientWith(slack.botToken);
    const { ts = "" } = await client.chat.postMessage({ channel: channels.ops, text: "First" });
    await client.chat.postMessage({ channel: channels.ops, text: "Reply", thread_ts: ts });
    await client.chat.postEphemeral({ channel: channels.ops, user: people.ada, text: "Psst" });
    slack.say("ada", "#ops", "Last");

    const { messages } = await client.conversations.history({ channel: channels.ops });
    expect(messages?.map((one) => one.text)).toEqual(["Last", "First"]);
    const replies = await client.conversations.replies({ channel: channels.ops, ts });
    expect(replies.messages?.map((one) => one.text)).toEqual(["First", "Reply"]);
    await expect(client.conversations.history({ channel: channels.lobby })).rejects.toMatchObject({
      data: { error: "not_in_channel" },
    });
    await client.conversations.join({ channel: channels.lobby });
    expect((await client.conversations.history({ channel: channels.lobby })).messages).toEqual([]);
    const opened = await client.conversations.open({ users: people.cleo });
    expect(opened.channel?.id).toBe(channels.cleoAndBot);
  });
});

describe("a fault", () => {
  const say = (retries = 0) =>
    clientWith(slack.botToken, retries).chat.postMessage({ channel: channels.ops, text: "Hi" });
  const verdicts = () => slack.journal.calls.map((call) => call.verdict);

  test("is met by the next calls of one method, as often as it was asked for", async () => {
    slack.faults.next("chat.postMessage", { kind: "status", status: 503 }, 2);
    await say(2);

    expect(verdicts()).toEqual(["fault: answer 503", "fault: answer 503", "ok"]);
  });

  test("after the processing loses only the answer, so that a retry says it twice", async () => {
    slack.faults.next("chat.postMessage", { kind: "cut", when: "after" });
    await say(1);

    expect(slack.messages("#ops")).toHaveLength(2);
  });

  test("before the processing loses the call", async () => {
    slack.faults.next("chat.postMessage", { kind: "cut", when: "before" });
    await say(1);

    expect(verdicts()).toEqual(["fault: cut before", "ok"]);
    expect(slack.messages("#ops")).toHaveLength(1);
  });

  test("can be one of Slack's own answers, or a wait", async () => {
    slack.faults.next("*", { kind: "error", error: "internal_error" });
    await expect(say()).rejects.toMatchObject({ data: { error: "internal_error" } });
    slack.faults.next("chat.postMessage", { kind: "delay", ms: 30 });
    const started = performance.now();
    await say();
    expect(performance.now() - started).toBeGreaterThanOrEqual(29);
  });

  test("can be a rate limit, which says for how long", async () => {
    slack.faults.next("chat.postMessage", { kind: "rate-limited", seconds: 7 });
    const client = new WebClient(slack.botToken, {
      slackApiUrl: slack.apiUrl,
      logger: silent,
      rejectRateLimitedCalls: true,
    });

    const call = client.chat.postMessage({ channel: channels.ops, text: "Hi" });
    await expect(call).rejects.toMatchObject({ retryAfter: 7 });
  });

  test("and everything else is seen by who watches", async () => {
    const seen: string[] = [];
    slack.watch((when, request) => void seen.push(`${when} ${request.path}`));
    await say();
    slack.watch(undefined);
    await say();

    expect(seen).toEqual(["before /api/chat.postMessage", "after /api/chat.postMessage"]);
  });
});

test("everything that changes is told to who subscribed, until they have enough", () => {
  const seen: unknown[] = [];
  const stop = slack.subscribe((change) => seen.push(change));
  slack.say("ada", "#ops", "Hello");
  slack.archive("#ops");
  stop();
  slack.say("ada", "#audit", "Hello");

  expect(seen).toEqual([
    { kind: "message", about: channels.ops },
    { kind: "workspace", about: channels.ops },
  ]);
});

describe("waiting", () => {
  test("ends with what was waited for, as soon as it is there", async () => {
    const found = slack.until(() => slack.messages("#ops").at(0)?.text);
    slack.say("ada", "#ops", "Hello");

    expect(await found).toBe("Hello");
  });

  test("ends with the name of what never came", async () => {
    const found = slack.until(() => slack.messages("#ops").at(0), "a message", 30);

    await expect(found).rejects.toThrow("waited 30 ms in vain for: a message");
  });
});
