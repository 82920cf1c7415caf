import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { type BotProcess, botEnvironment, startBotProcess } from "../../playground/bot-process.ts";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import type { Database } from "../../src/store/sql.ts";
import { createDatabase, dropDatabase } from "../postgres/databases.ts";
import { openAt } from "../store/place.ts";

/** What a supervisor gives a process between SIGTERM and SIGKILL, less a margin. Milliseconds. */
const GONE_WITHIN = 25_000;

let clock: MovableClock;
let slack: LocalSlack;
let gcore: LocalGcore;
let place: string;
let database: Database;
let environment: Record<string, string>;
let running: BotProcess[];
beforeEach(async () => {
  clock = new MovableClock();
  [slack, gcore] = await Promise.all([startSlack({ clock }), startGcore({ clock })]);
  place = await createDatabase();
  environment = { ...botEnvironment(slack, gcore, ""), DATABASE_URL: place };
  running = [await startBotProcess(environment, clock.ahead)];
  database = openAt(place);
});
afterEach(async () => {
  await Promise.all(running.map((bot) => bot.end("SIGKILL")));
  await database.close();
  await Promise.all([slack.stop(), gcore.stop()]);
  await dropDatabase(place);
});

/** From here on Slack's deliveries go to this one of the two. */
const deliverTo = (nth: 0 | 1): void => slack.deliverTo(`${running[nth]?.url}/slack/events`);

jest.setTimeout(120_000);

/** Ada asks through the first process, and Ben agrees there. */
async function approved(): Promise<void> {
  deliverTo(0);
  const { ada, ben } = { ada: slack.person("ada"), ben: slack.person("ben") };
  await ada.command("#ops", "/snapshot connect");
  await slack.until(() => ada.modal, "the form for the key");
  ada.fill("Gcore API key", gcore.keys.full);
  await ada.submit();
  await slack.until(() => ada.modal?.title === "Key connected", "the key");
  await ada.close({ all: true });
  const id = gcore.ids.plain;
  await ada.command("#ops", `/snapshot ${id} --project 1186668 --region 148 cost_center=cc-42`);
  await slack.until(() => ada.modal?.submitText === "Review", "the form");
  await ada.submit();
  await slack.until(() => ada.modal?.submitText === "Request approval", "the preview");
  await ada.submit();
  await slack.until(() => ben.sees("#ops").join("\n").includes("[Review]"), "the card");
  await ben.press("Review", { channel: "#ops" });
  await slack.until(() => ben.modal?.submitText === "Approve", "the review");
  await ben.submit();
}

const kinds = async (): Promise<readonly string[]> =>
  (await readLedger(database)).map(({ body }) => JSON.parse(body).kind).slice(1);

/** The first process is at the PATCH; then another one comes. */
async function patchOnItsWay(): Promise<void> {
  await slack.until(() => gcore.journal.calls("PATCH").length === 1, "the PATCH on its way");
  running.push(await startBotProcess(environment, clock.ahead));
}

/** Tells the first process to stop. @returns its exit code and how long it took, in milliseconds. */
async function stopFirst(): Promise<{ readonly code: number | null; readonly took: number }> {
  const began = performance.now();
  const code = (await running[0]?.end("SIGTERM")) ?? null;
  return { code, took: performance.now() - began };
}

describe("a process that is told to stop (SIGTERM) while an approved change is on its way", () => {
  test("finishes it, takes nothing new, and ends; the other process tells everybody", async () => {
    gcore.faults.slow(12_000, { method: "PATCH" });
    await approved();
    await patchOnItsWay();
    const stopping = stopFirst();
    await slack.until(
      async () => (await fetch(`${running[0]?.url}/readyz`).catch(() => undefined)) === undefined,
      "the first process to take no more connections",
    );
    expect(await kinds()).toEqual(["requested", "approved", "attempted"]);
    const { code, took } = await stopping;
    expect(code).toBe(0);
    expect(took).toBeLessThan(GONE_WITHIN);
    expect(await kinds()).toEqual(["requested", "approved", "attempted", "applied"]);
    await slack.until(() => slack.messages("#audit").length > 0, "the announcement");
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
  });

  test("leaves it to the other one when it does not end in time: it is looked up and told", async () => {
    gcore.faults.hang("after", { method: "PATCH" });
    await approved();
    await patchOnItsWay();
    const { code, took } = await stopFirst();
    expect(code).toBe(0);
    expect(took).toBeLessThan(GONE_WITHIN);
    deliverTo(1);
    await slack.until(async () => {
      clock.advance(60_000);
      await running[1]?.moveClock(clock.ahead);
      return (await kinds()).includes("applied");
    }, "the other one to look it up");
    await slack.until(() => slack.messages("#audit").length > 0, "the announcement");
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
    expect(gcore.journal.patches()).toHaveLength(1);
  });
});
