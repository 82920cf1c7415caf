import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { type Bed, startBed } from "../bed.ts";
import { askFor, reads, titled } from "./steps.ts";

const POLICY = `
rules:
  - name: somebody else agrees
    approve_by: { users: [${people.ben}], expires_after: 24h }
`;

interface Line {
  readonly msg: string;
  readonly request?: string;
  readonly delivery?: string;
  readonly [fact: string]: unknown;
}

let bed: Bed;
beforeEach(async () => {
  bed = await startBed({ policy: POLICY });
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const lines = (): readonly Line[] => bed.logs.map((line) => JSON.parse(line));
const requestId = async (): Promise<string> =>
  String((await bed.bot.database.all("SELECT id FROM request"))[0]?.id);

/** A change that Ada asks for and Ben agrees to, until all of it was said. */
async function changeAndApproval(): Promise<void> {
  const { ada, ben, gcore } = bed;
  await askFor(bed, ada, gcore.ids.plain, { "Set tags": "team=search", Reason: "canary reason" });
  await titled(bed, ben, "Review the request", () => ben.press("Review"));
  ben.fill("Comment", "canary comment");
  await ben.submit();
  await reads(bed, ben, "Changed: @ada", "#audit");
  await bed.said();
}

describe("the log", () => {
  test("tells the story of a change to whoever looks for the id of its request: clicks, decision, PATCH, announcements", async () => {
    await changeAndApproval();
    const id = await requestId();
    const story = bed.logs.filter((line) => line.includes(id)).map((line) => JSON.parse(line));
    const told = (facts: object): number =>
      story.findIndex((line) => Object.entries(facts).every(([key, value]) => line[key] === value));
    const steps = [
      { msg: "Request", state: "pending" },
      { msg: "Said", notice: "card" },
      { msg: "Request", from: "pending", state: "approved" },
      { msg: "Request", from: "approved", state: "applying" },
      { msg: "Gcore answered", method: "PATCH", outcome: "2xx" },
      { msg: "PATCH answered", state: "applied" },
      { msg: "Request", from: "applying", state: "applied" },
      { msg: "Said", notice: "announcement" },
    ];
    const found = steps.map(told);
    expect(steps.filter((_, index) => found[index] === -1)).toEqual([]);
    expect(found).toEqual([...found].sort((one, other) => one - other));
    expect(told({ msg: "Said", notice: "summary" })).toBeGreaterThan(0);
    // Who asked, who pressed Review, and who agreed.
    const clicks = story
      .filter(({ msg }) => msg === "Delivery")
      .map(({ kind, name }) => [kind, name]);
    expect(clicks).toEqual([
      ["view", "change-preview"],
      ["action", "review-request"],
      ["view", "review-request"],
    ]);
  });

  test("ties what a click led to to that click, and to no other request", async () => {
    await changeAndApproval();
    const approval = lines().find(({ state, msg }) => msg === "Request" && state === "approved");
    const ofClick = lines().filter(({ delivery }) => delivery === approval?.delivery);
    expect(ofClick.map(({ msg }) => msg)).toEqual(expect.arrayContaining(["Request", "Delivery"]));
    expect(new Set(ofClick.flatMap(({ request }) => request ?? []))).toEqual(
      new Set([await requestId()]),
    );
  });

  test("has one line for each delivery, with its kind, its name and how long Slack waited", async () => {
    await changeAndApproval();
    const deliveries = lines().filter(({ msg }) => msg === "Delivery");
    expect(deliveries).toHaveLength(bed.slack.journal.deliveries.length);
    for (const line of deliveries) {
      expect(line).toEqual({
        level: "info",
        time: expect.any(String),
        msg: "Delivery",
        delivery: expect.stringMatching(/^[0-9a-f]{16}$/),
        kind: expect.stringMatching(/^(?:command|action|view|options|event|shortcut)$/),
        name: expect.any(String),
        ackMs: expect.any(Number),
        ms: expect.any(Number),
        outcome: "acknowledged",
        ...(line.request === undefined ? {} : { request: line.request }),
      });
    }
    expect(new Set(deliveries.map(({ delivery }) => delivery)).size).toBe(deliveries.length);
  });

  test("says of a delivery that met an accident so, with the reference that the person was given", async () => {
    const { ada, bot, slack } = bed;
    await bot.database.close();
    await ada.command("#ops", "/snapshot key");
    await slack.until(() => lines().some(({ outcome }) => outcome === "accident"), "the line");
    const line = lines().find(({ outcome }) => outcome === "accident");
    expect(ada.sees("#ops").join("\n")).toContain(String(line?.reference));
  });

  test("holds no name, no text of anybody and no id of a person", async () => {
    await changeAndApproval();
    const whole = bed.logs.join("");
    const { ada, ben } = bed;
    for (const text of ["canary", "search", "nightly-db", ada.id, ben.id, "@ada", "C0OPS"]) {
      expect([text, whole.includes(text)]).toEqual([text, false]);
    }
  });
});
