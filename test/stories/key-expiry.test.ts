import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { fill, titled } from "./steps.ts";

let bed: Bed;
let start: number;
beforeEach(async () => {
  bed = await startBed();
  start = bed.clock.now();
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Keys of the local Gcore last so long, if nothing else is said. */
const LIFE = 90 * DAY;
const CONVERSATIONS = { ada: "D0ADA000001", ben: "D0BEN000001" } as const;
type Name = keyof typeof CONVERSATIONS;

/** How much is left, as each warning says it. */
const warnings = (name: Name): (string | undefined)[] =>
  bed[name]
    .sees(CONVERSATIONS[name])
    .flatMap((line) => /expires in less than (an? \w+):/.exec(line)?.[1] ?? []);

/** Passes until so much is left of a life of 90 days. */
const passUntil = (left: number): Promise<void> => bed.pass(start + LIFE - left - bed.clock.now());

/** Waits until a person has so many warnings. @returns all of them. */
async function warned(name: Name, count: number): Promise<(string | undefined)[]> {
  await bed.slack.until(() => warnings(name).length >= count, `warning no. ${count} to ${name}`);
  await bed.said();
  return warnings(name);
}

describe("a key that expires", () => {
  test("is said to have expired in its owner's home tab when it has, without their opening it anew", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await ada.openHome();
    const home = () => ada.home().join("\n");
    await bed.slack.until(() => home().includes("Your API key"), "the home tab");
    await passUntil(60_000);
    await bed.said();
    expect(home()).not.toContain("Your API key has expired");
    await passUntil(-1);
    await bed.slack.until(() => home().includes("Your API key has expired"), "the home tab anew");
  });

  test("is told to its owner alone a week, a day and an hour before, once each", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await bed.connect(bed.ben, gcore.keys.noExpiry);
    await passUntil(8 * DAY);
    await passUntil(7 * DAY - HOUR);
    expect(await warned("ada", 1)).toEqual(["a week"]);
    const told = ada.sees(CONVERSATIONS.ada).join("\n");
    expect(told).toContain("Your Gcore API key slack-bot-maria expires in less than a week: ");
    expect(told).toContain("[Connect a new key]");
    await passUntil(3 * DAY);
    await passUntil(DAY - HOUR);
    expect(await warned("ada", 2)).toEqual(["a week", "a day"]);
    await passUntil(2 * HOUR);
    await passUntil(HOUR / 2);
    expect(await warned("ada", 3)).toEqual(["a week", "a day", "an hour"]);
    await passUntil(-DAY);
    await bed.said();
    expect(warnings("ada")).toHaveLength(3);
    expect(warnings("ben")).toEqual([]);
    for (const room of ["#ops", "#audit"]) {
      expect(bed.slack.messages(room).join("\n")).not.toContain("expires");
    }
  });

  test("is told once for all that was slept through, and leads to the form for a new one", async () => {
    const { ada, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await passUntil(HOUR / 2);
    expect(await warned("ada", 1)).toEqual(["an hour"]);
    await titled(bed, ada, "Connect your key", () =>
      ada.press("Connect a new key", { channel: CONVERSATIONS.ada }),
    );
    fill(ada, { "Gcore API key": gcore.keys.noExpiry });
    await ada.submit();
    await bed.slack.until(() => ada.modal?.title === "Key connected");
  });

  test("is not told when it was connected after the time for it", async () => {
    await bed.connect(bed.ada, bed.gcore.keys.expiresSoon);
    await bed.pass(2 * DAY + HOUR);
    expect(await warned("ada", 1)).toEqual(["a day"]);
  });

  test("is not told once it was removed or replaced", async () => {
    const { ada, ben, gcore } = bed;
    await bed.connect(ada, gcore.keys.full);
    await bed.connect(ben, gcore.keys.colleague);
    await passUntil(7 * DAY - HOUR);
    expect(await warned("ada", 1)).toEqual(["a week"]);
    await warned("ben", 1);
    await bed.connect(ada, gcore.keys.noExpiry);
    await passUntil(DAY - HOUR);
    expect(await warned("ben", 2)).toEqual(["a week", "a day"]);
    await ben.command("#ops", "/snapshot disconnect");
    await bed.connect(ada, gcore.keys.full);
    await passUntil(HOUR / 2);
    expect(await warned("ada", 2)).toEqual(["a week", "an hour"]);
    expect(warnings("ben")).toHaveLength(2);
  });

  test.each([
    ["removed", () => bed.ada.command("#ops", "/snapshot disconnect")],
    ["replaced", () => bed.connect(bed.ada, bed.gcore.keys.noExpiry)],
  ])("is not told either when it is %s while Slack is away", async (_how, lose) => {
    // Otherwise the checkpoint of the day could be what Slack does not take.
    await bed.end();
    bed = await startBed({ auditChannels: [] });
    start = bed.clock.now();
    const { ada, gcore, slack } = bed;
    await bed.connect(ada, gcore.keys.full);
    slack.faults.next("chat.postMessage", { kind: "status", status: 503 });
    await passUntil(DAY - HOUR);
    await slack.until(async () => {
      const [row] = await bed.bot.database.all("SELECT error FROM outbox WHERE error IS NOT NULL");
      return row !== undefined;
    }, "a warning that Slack did not take");
    await lose();
    bed.advance(10_000);
    await slack.until(async () => {
      const [row] = await bed.bot.database.all("SELECT error FROM outbox WHERE due_at IS NOT NULL");
      return row === undefined;
    }, "the end of the warning");
    expect(warnings("ada")).toEqual([]);
  });
});
