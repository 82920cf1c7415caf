import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Playground, startPlayground } from "../../playground/page/playground.ts";
import { recordsOf } from "../../playground/page/records.ts";

const DAY = 86_400_000;
let playground: Playground;

beforeEach(async () => {
  playground = await startPlayground();
});

afterEach(async () => {
  expect(playground.slack.violations()).toEqual([]);
  await playground.stop();
});

/** Ben connects a key. @returns how far ahead of us the bot thinks it is, in milliseconds. */
async function aheadInLedger(): Promise<number> {
  const { slack, gcore } = playground;
  const ben = slack.person("ben");
  await ben.command("#ops", "/snapshot connect");
  await slack.until(() => ben.modal, "the form for the key");
  ben.fill("Gcore API key", gcore.keys.full);
  await ben.submit();
  await slack.until(() => ben.modal?.title === "Key connected", "the key to be connected");
  await ben.close();
  return Date.parse(recordsOf(playground).ledger[0]?.at ?? "") - Date.now();
}

test("the bot's clock moves with Slack's and Gcore's, and stays moved when it is started again", async () => {
  expect(Math.abs(await aheadInLedger())).toBeLessThan(60_000);
  await playground.moveClock(DAY);
  expect(Math.abs((await aheadInLedger()) - DAY)).toBeLessThan(60_000);
  await playground.endBot("SIGKILL");
  await playground.moveClock(DAY);
  await playground.startBot();
  expect(Math.abs((await aheadInLedger()) - 2 * DAY)).toBeLessThan(60_000);
});

test("a trigger that expires opens no view, and the one after it does", async () => {
  const { slack } = playground;
  const ada = slack.person("ada");
  slack.faults.expireTrigger();
  await ada.command("#ops", "/snapshot connect");
  await slack.until(() => ada.sees("#ops").join().includes("too little time"), "word of it");
  expect(ada.modal).toBeUndefined();
  expect(slack.journal.callsOf("views.open").map(({ verdict }) => verdict)).toEqual([
    "expired_trigger_id",
  ]);
  expect(slack.faults.triggersToExpire).toBe(0);
  await ada.command("#ops", "/snapshot connect");
  await slack.until(() => ada.modal, "the form for the key");
});
