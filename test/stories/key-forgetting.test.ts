import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const DAY = 24 * 3_600_000;
const CONVERSATIONS = { ada: "D0ADA000001", ben: "D0BEN000001" } as const;
const told = (name: keyof typeof CONVERSATIONS): string =>
  bed[name].sees(CONVERSATIONS[name]).join("\n");
const kept = async (): Promise<number> =>
  (await bed.bot.database.all("SELECT key FROM keyv WHERE key LIKE 'gcore-key:%'")).length;
const kinds = async (): Promise<readonly string[]> => (await bed.ledger()).map(({ kind }) => kind);

describe("a key", () => {
  test("that nobody uses is forgotten after 90 days, with a word to its owner and an entry in the ledger", async () => {
    const { ada, ben, gcore, slack } = bed;
    await bed.connect(ada, gcore.keys.noExpiry);
    await bed.connect(ben, gcore.keys.noExpiry);
    await bed.pass(60 * DAY);
    // Ben uses his.
    await ben.command("#ops", `/snapshot show ${gcore.ids.plain}`);
    await bed.pass(31 * DAY);
    await slack.until(
      () => told("ada").includes("I have forgotten your Gcore API key"),
      "the word",
    );
    expect(told("ada")).toContain("you last used it");
    expect(told("ada")).toContain("It still works in Gcore");
    expect(told("ben")).not.toContain("forgotten");
    expect(await kept()).toBe(1);
    await bed.said();
    expect((await kinds()).filter((kind) => kind === "key forgotten")).toHaveLength(1);
    const reply = await ada.command("#ops", `/snapshot ${gcore.ids.plain} --name x`);
    expect(JSON.stringify(reply)).not.toContain(gcore.keys.noExpiry);
    await slack.until(() => ada.modal?.title === "Connect your key", "to be asked for a key");
  });

  test("that has expired is forgotten a week later", async () => {
    const { ada, gcore, slack } = bed;
    await bed.connect(ada, gcore.keys.full);
    await bed.pass(50 * DAY);
    await ada.command("#ops", `/snapshot show ${gcore.ids.plain}`);
    // Those of the local Gcore last for 90 days.
    await bed.pass(46 * DAY);
    await bed.said();
    expect(await kept()).toBe(1);
    await bed.pass(2 * DAY);
    await slack.until(() => told("ada").includes("it expired"), "the word");
    expect(await kept()).toBe(0);
    expect(told("ada")).toContain("make a new key in the Gcore portal");
  });
});
