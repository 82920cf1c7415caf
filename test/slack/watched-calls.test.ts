import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { channels, type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import { createSlack, type Slack } from "../../src/slack/slack.ts";
import type { Called } from "../../src/slack/watched-client.ts";
import { silent } from "../playground/slack/bolt.ts";

let local: LocalSlack;
let slack: Slack;
let told: Called[];
beforeEach(async () => {
  local = await startSlack();
  told = [];
  const apiUrl = local.apiUrl.replace(/\/$/, "");
  slack = createSlack(local.botToken, apiUrl, silent, (called) => told.push(called));
});
afterEach(() => local.stop());

const MESSAGE = { text: "Hello", blocks: [] };

test("each call to Slack is told once, when it is over, with what became of it", async () => {
  await slack.identify();
  await slack.post(channels.ops, MESSAGE);
  local.faults.next("chat.postMessage", { kind: "error", error: "not_in_channel" });
  await slack.post(channels.ops, MESSAGE);
  local.faults.next("chat.postMessage", { kind: "rate-limited", seconds: 1 });
  await slack.post(channels.ops, MESSAGE);
  local.faults.next("chat.postMessage", { kind: "status", status: 503 });
  await slack.post(channels.ops, MESSAGE);
  local.faults.next("chat.postMessage", { kind: "cut", when: "before" });
  await slack.post(channels.ops, MESSAGE);
  expect(told.map(({ method, outcome }) => [method, outcome])).toEqual([
    ["auth.test", "ok"],
    ["chat.postMessage", "ok"],
    ["chat.postMessage", "refused"],
    ["chat.postMessage", "ratelimited"],
    ["chat.postMessage", "none"],
    ["chat.postMessage", "none"],
  ]);
  expect(told.every(({ took }) => took > 0)).toBe(true);
});

test("an answer at a command's own address is told too, without the address", async () => {
  await slack.respond(`${local.url}/commands/T1/2/nobody-knows`, MESSAGE);
  expect(told).toEqual([
    {
      method: "response_url",
      outcome: expect.stringMatching(/^(?:refused|none)$/),
      took: expect.any(Number),
    },
  ]);
});
