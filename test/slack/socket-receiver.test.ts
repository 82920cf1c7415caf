import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { App } from "@slack/bolt";
import { type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import { SocketReceiver } from "../../src/slack/socket-receiver.ts";
import { silent } from "../playground/slack/bolt.ts";

let slack: LocalSlack;
let running: { readonly app: App; readonly receiver: SocketReceiver }[];
/** How many commands have come to the bot. */
let came: number;
beforeEach(async () => {
  slack = await startSlack();
  running = [];
  came = 0;
});
afterEach(async () => {
  await Promise.all(running.map(({ receiver }) => receiver.stop()));
  await slack.stop();
  expect(slack.violations()).toEqual([]);
});

/** A process of a bot that answers with `words`. */
async function begin(
  words = "Here",
  appToken = slack.appToken,
  apart = 0,
): Promise<SocketReceiver> {
  const settings = { appToken, apiUrl: slack.apiUrl.replace(/\/$/, "") };
  const receiver = new SocketReceiver(settings, silent, apart);
  const app = new App({
    token: slack.botToken,
    receiver,
    logger: silent,
    convoStore: false,
    deferInitialization: true,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, logger: silent },
  });
  await app.init();
  app.command("/snapshot", async ({ ack, command }) => {
    came += 1;
    await sleep(Number(command.text) || 0);
    await ack(words);
  });
  running.push({ app, receiver });
  await receiver.start();
  return receiver;
}

const connections = (count: number) =>
  slack.until(() => slack.socket.connections() === count, `${count} connections`, 20_000);
const ask = async (text = "") => {
  const { reply, error } = await slack.person("ada").command("#ops", `/snapshot ${text}`);
  return reply?.text ?? error;
};

describe("In Socket Mode", () => {
  test("a second connection comes after the first, so that one of them is always there", async () => {
    await begin("Here", slack.appToken, 400);
    expect(slack.socket.connections()).toBe(1);
    await connections(2);
  });

  test("[bolt-js#1906] nobody notices when Slack wants a connection back: no command finds nobody there", async () => {
    const receiver = await begin();
    await connections(2);
    for (let refresh = 0; refresh < 4; refresh += 1) {
      slack.socket.refresh("refresh_requested", 1);
      for (let command = 0; command < 5; command += 1) expect(await ask()).toBe("Here");
      await connections(2);
    }
    expect(receiver.downFor()).toBe(0);
  });

  test.each(["warning", "refresh_requested", "too_many_websockets"] as const)(
    "when Slack wants all of them back at once (%s), they are back long before the library would be",
    async (reason) => {
      const receiver = await begin();
      await connections(2);
      const since = performance.now();
      slack.socket.refresh(reason);
      expect(receiver.downFor()).toBeGreaterThanOrEqual(0);
      await slack.until(() => slack.socket.connections() > 0, "one to be back");
      expect(performance.now() - since).toBeLessThan(4_000);
      expect(await ask()).toBe("Here");
      await connections(2);
      expect(receiver.downFor()).toBe(0);
    },
  );

  test("connections that break without a word are made anew", async () => {
    await begin();
    await connections(2);
    slack.socket.drop();
    await connections(0);
    await connections(2);
    expect(await ask()).toBe("Here");
  });

  test("[node-slack-sdk#1495] HTTP 503, an error of Slack's and a dead line to the call for a new one are outlived", async () => {
    const receiver = await begin();
    await connections(2);
    slack.faults.next("apps.connections.open", { kind: "status", status: 503 }, 2);
    slack.faults.next("apps.connections.open", { kind: "error", error: "internal_error" });
    slack.faults.next("apps.connections.open", { kind: "cut", when: "before" });
    slack.faults.next("apps.connections.open", { kind: "rate-limited", seconds: 1 });
    slack.socket.refresh();
    await connections(0);
    await slack.until(() => receiver.downFor() > 500, "it to be told for how long nobody listens");
    await connections(2);
    expect(await ask()).toBe("Here");
    expect(receiver.downFor()).toBe(0);
  });

  test("a token that Slack refuses stops the start, with Slack's word for it", async () => {
    slack.faults.next("apps.connections.open", { kind: "error", error: "invalid_auth" });
    await expect(begin()).rejects.toThrow("SLACK_APP_TOKEN is refused by Slack: invalid_auth.");
  });

  test("a start waits for a Slack that is not there yet", async () => {
    slack.faults.next("apps.connections.open", { kind: "status", status: 503 }, 2);
    await begin();
    expect(await ask()).toBe("Here");
  });

  test("a token that Slack refuses later ends no process, and is tried again", async () => {
    const receiver = await begin();
    await connections(2);
    slack.faults.next("apps.connections.open", { kind: "error", error: "invalid_auth" }, 1);
    slack.socket.refresh();
    // One of the two waits for half a minute; the other one is back.
    await slack.until(() => slack.socket.connections() === 1, "one to be back");
    await sleep(1_000);
    expect(slack.socket.connections()).toBe(1);
    expect(receiver.downFor()).toBe(0);
    expect(await ask()).toBe("Here");
  });

  test("a stop answers what was delivered before it says goodbye", async () => {
    const receiver = await begin();
    await connections(2);
    const answer = ask("700");
    await slack.until(() => came > 0, "the delivery");
    await receiver.stop();
    expect(await answer).toBe("Here");
    await connections(0);
    // Nor does it come back.
    await sleep(1_500);
    expect(slack.socket.connections()).toBe(0);
    expect(await ask()).toBe("dispatch_failed");
    expect(slack.forgive(/no socket is connected/)).toHaveLength(1);
  });

  test("a connection that was being opened when the stop came is given back at once", async () => {
    const receiver = await begin("Here", slack.appToken, 200);
    slack.faults.next("apps.connections.open", { kind: "delay", ms: 300 });
    await slack.until(() => slack.faults.left === 0, "the second call for an address");
    await receiver.stop();
    await sleep(1_000);
    expect(slack.socket.connections()).toBe(0);
  });

  test("a stop does not wait for long for what is never acknowledged", async () => {
    const receiver = await begin();
    const answer = ask("4500");
    await slack.until(() => came > 0, "the delivery");
    const since = performance.now();
    await receiver.stop();
    expect(performance.now() - since).toBeLessThan(4_400);
    expect(await answer).toBe("operation_timeout");
    expect(slack.forgive(/not acknowledged/)).toHaveLength(1);
  });

  test("of two processes each delivery comes to one, and when one goes the other has all", async () => {
    const one = await begin("One");
    await begin("Two");
    await connections(4);
    const answers = new Set<unknown>();
    for (let command = 0; command < 8; command += 1) answers.add(await ask());
    expect([...answers].sort()).toEqual(["One", "Two"]);
    expect(slack.journal.deliveries).toHaveLength(8);
    await one.stop();
    await connections(2);
    for (let command = 0; command < 4; command += 1) expect(await ask()).toBe("Two");
  });
});
