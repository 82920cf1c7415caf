import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { LogLevel } from "@slack/bolt";
import { type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import { createDeliveries } from "../../src/slack/receiver.ts";

const nothing = (): void => undefined;
const QUIET = {
  ...{ debug: nothing, info: nothing, warn: nothing, error: nothing },
  ...{ setLevel: nothing, setName: nothing, getLevel: () => LogLevel.ERROR },
};

let slack: LocalSlack;
let now: number;
beforeEach(async () => {
  slack = await startSlack();
  now = 0;
});
afterEach(() => slack.stop());

test("in Socket Mode it is known for how long there has been no connection", async () => {
  const { appToken, url } = slack;
  const settings = { appToken, signingSecret: undefined, apiUrl: `${url}/api` };
  const deliveries = createDeliveries(settings, QUIET, () => now);
  if (deliveries.mode !== "Socket Mode") throw new Error("it is HTTP");
  const { receiver, downFor } = deliveries;
  now = 1_000;
  expect(downFor()).toBe(1_000);
  await receiver.start();
  expect(downFor()).toBe(0);

  // The library comes back on its own, five seconds later; here Slack turns it away at first.
  slack.faults.next("apps.connections.open", { kind: "status", status: 503 }, 3);
  const lost = new Promise((done) => receiver.client.once("reconnecting", done));
  slack.socket.refresh();
  await lost;
  now = 41_000;
  expect(downFor()).toBe(40_000);
  await new Promise((done) => receiver.client.once("connected", done));
  expect(downFor()).toBe(0);
  await receiver.stop();
}, 30_000);
