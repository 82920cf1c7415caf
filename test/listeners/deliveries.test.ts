import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, expect, test } from "@jest/globals";
import { App, type Receiver, type ReceiverEvent } from "@slack/bolt";
import { watchDeliveries } from "../../src/listeners/deliveries.ts";
import { createLog } from "../../src/log.ts";
import { noteFacts } from "../../src/log-context.ts";
import { NO_TRACER } from "../../src/tracing/tracer.ts";
import { silent } from "../playground/slack/bolt.ts";

let app: App;
let logged: { readonly [fact: string]: unknown }[];
let counted: (readonly [string, string])[];
let acknowledged: (readonly [string, number])[];
beforeEach(() => {
  const receiver: Receiver = { init: () => undefined, start: async () => 0, stop: async () => 0 };
  app = new App({
    receiver,
    logger: silent,
    convoStore: false,
    authorize: async () => ({ botToken: "xoxb-0", botId: "B1", botUserId: "U1" }),
  });
  app.error(async () => noteFacts({ trouble: "failed" }));
  [logged, counted, acknowledged] = [[], [], []];
  const log = createLog("debug", (line) => logged.push(JSON.parse(line)));
  let ids = 0;
  const newId = (): string => String(ids++).padEnd(32, "x");
  watchDeliveries(
    app,
    new Set(["/snapshot"]),
    { log, newId, tracer: NO_TRACER },
    {
      acknowledged: (kind, took) => acknowledged.push([kind, took]),
      delivered: (kind, outcome) => counted.push([kind, outcome]),
    },
  );
});

const command = (name: string): ReceiverEvent => ({
  body: { command: name, text: "", user_id: "U2", team_id: "T1", channel_id: "C1" },
  ack: async () => undefined,
});

test("a delivery that is acknowledged after Slack has given up is late", async () => {
  app.command("/snapshot", async ({ ack }) => {
    await sleep(3_050);
    await ack();
  });
  await app.processEvent(command("/snapshot"));
  expect(counted).toEqual([["command", "late"]]);
  expect(acknowledged).toEqual([["command", expect.any(Number)]]);
  expect(acknowledged[0]?.[1]).toBeGreaterThan(3_000);
  expect(logged).toMatchObject([{ outcome: "late", name: "/snapshot", ackMs: expect.any(Number) }]);
});

test("one that nobody takes is unacknowledged, and what it calls itself is not logged", async () => {
  await app.processEvent(command("/other-people's-words"));
  expect(counted).toEqual([["command", "unacknowledged"]]);
  expect(acknowledged).toEqual([]);
  expect(logged).toMatchObject([{ outcome: "unacknowledged", ackMs: null }]);
  expect(logged[0]).not.toHaveProperty("name");
});

test("one whose listener throws has failed, and the next one has not", async () => {
  app.command("/snapshot", async ({ ack, command: sent }) => {
    await ack();
    if (sent.text === "") throw new Error("trouble");
  });
  await app.processEvent(command("/snapshot"));
  await app.processEvent({
    ...command("/snapshot"),
    body: { ...command("/snapshot").body, text: "x" },
  });
  expect(counted).toEqual([
    ["command", "failed"],
    ["command", "acknowledged"],
  ]);
  expect(new Set(logged.map(({ delivery }) => delivery)).size).toBe(2);
});
