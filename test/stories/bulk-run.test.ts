import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { planned, runTo, type Wished } from "./bulk-steps.ts";
import { cardOf, reads } from "./steps.ts";

const COUNT = 40;
const ON_THE_WAY = /on (?:its|their) way/;
const OTHER: Wished = { Filter: "name:bulk-*", "Set tags": "team=platform" };

let bed: Bed;
let ids: readonly string[];
beforeEach(async () => {
  bed = await startBed();
  ids = bed.gcore.fill(COUNT);
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const changed = (): number =>
  ids.filter((id) => bed.gcore.tags(id).get("team") === "platform").length;
const touched = (): number => ids.filter((id) => bed.gcore.effectiveChanges(id) > 0).length;
const kinds = async (): Promise<readonly string[]> =>
  (await bed.ledger()).map(({ kind }) => kind).slice(1);

/** Begins the run with a Gcore that takes its time, and waits until a part of it is done. */
async function halfDone(): Promise<void> {
  const { ada, gcore, slack } = bed;
  await planned(bed, ada, OTHER);
  gcore.faults.slow(800, { method: "PATCH", times: 10_000 });
  await ada.submit();
  await slack.until(() => touched() >= 8, "a part of the run");
  await ada.close({ all: true });
}

describe("a run", () => {
  test("tells in one message how far it has come, and that message follows it to its end", async () => {
    const { ada, slack } = bed;
    await halfDone();
    const card = await reads(bed, ada, "The change of 40 snapshots is under way.");
    expect(card).toMatch(/[█░]{16} \d+ of 40/);
    expect(card).toContain("[See each snapshot] [Pause] [Stop]");
    bed.gcore.faults.clear();
    await reads(bed, ada, "Done. All 40 snapshots are changed.");
    expect(slack.messages("#ops", { as: bed.ben.id })).toHaveLength(1);
    await slack.until(() => !cardOf(ada).includes("[Pause]"), "the card to be over");
    expect(changed()).toBe(COUNT);
  });

  test("begins nothing while it is paused, and goes on where it was", async () => {
    const { ada, slack } = bed;
    await halfDone();
    await ada.press("Pause");
    await reads(bed, ada, "Paused by @ada.");
    await slack.until(() => cardOf(ada).includes("[Go on]"), "the button to go on");
    // What was on its way ends.
    await slack.until(async () => (await kinds()).at(-1) !== "attempted", "the last of them");
    await slack.until(() => !ON_THE_WAY.test(cardOf(ada)), "the counts");
    const before = touched();
    expect(before).toBeLessThan(COUNT);
    bed.advance(60_000);
    await new Promise((done) => setTimeout(done, 1_500));
    expect(touched()).toBe(before);
    bed.gcore.faults.clear();
    await ada.press("Go on");
    await reads(bed, ada, "Done. All 40 snapshots are changed.");
    for (const id of ids) expect(bed.gcore.effectiveChanges(id)).toBe(1);
    expect((await kinds()).filter((kind) => /paused|resumed|finished/.test(kind))).toEqual([
      "paused",
      "resumed",
      "finished",
    ]);
  });

  test("that is stopped leaves the rest as it is, tells so, and tries the rest again when asked", async () => {
    const { ada } = bed;
    await halfDone();
    await ada.press("Stop");
    const told = await reads(bed, ada, "Stopped by @ada.");
    const done = touched();
    expect(done).toBeLessThan(COUNT);
    expect(told).toContain(`${done} of 40 snapshots are changed.`);
    expect(told).toMatch(new RegExp(`${COUNT - done} left as (?:they are|it is), because`));
    await ada.press("Try the rest again");
    await bed.slack.until(() => ada.modal?.title === "Review the plan", "the plan of the rest");
    expect(ada.modal?.text).toContain(`${COUNT - done} to change`);
    bed.gcore.faults.clear();
    await runTo(bed, ada, `Done. All ${COUNT - done} snapshots are changed.`);
    for (const id of ids) expect(bed.gcore.effectiveChanges(id)).toBe(1);
  });

  test("is taken back as a whole, but for what somebody has changed since", async () => {
    const { ada, gcore } = bed;
    const before = ids.map((id) => gcore.tags(id).get("team"));
    await planned(bed, ada, OTHER);
    await runTo(bed, ada, "Done. All 40 snapshots are changed.");
    gcore.update(ids[5] ?? "", (snapshot) => {
      for (const tag of snapshot.tags) if (tag.key === "team") tag.value = "legal";
    });
    await ada.close({ all: true });
    await ada.press("Undo");
    await bed.slack.until(() => ada.modal?.title === "Review the plan", "the way back");
    expect(ada.modal?.text).toContain("39 to change");
    expect(ada.modal?.text).toContain("1 cannot be changed like this");
    await runTo(bed, ada, "Done. All 39 snapshots are changed.");
    expect(ids.map((id) => gcore.tags(id).get("team"))).toEqual(
      before.map((team, index) => (index === 5 ? "legal" : team)),
    );
  });

  test("is paused when the key of whoever asked is of no use any more, and goes on with another one", async () => {
    const { ada, gcore } = bed;
    await halfDone();
    gcore.revoke(gcore.keys.full);
    const told = await reads(bed, ada, "cannot go on: Gcore does not accept your API key.");
    expect(told).toContain("Then press Go on.");
    await bed.slack.until(() => !ON_THE_WAY.test(cardOf(ada)), "the counts");
    const before = touched();
    expect(before).toBeLessThan(COUNT - 10);
    await bed.connect(ada, gcore.keys.admin);
    bed.gcore.faults.clear();
    await ada.press("Go on");
    await reads(bed, ada, "Done in part.");
    const failed = (await kinds()).filter((kind) => kind === "failed").length;
    expect(failed).toBeLessThanOrEqual(10);
    expect(touched()).toBe(COUNT - failed);
  });

  test("waits for those that a task holds, and for Gcore when it is busy", async () => {
    const { ada, gcore, slack } = bed;
    const task = gcore.lock(ids[0] ?? "");
    const shown = await planned(bed, ada, OTHER);
    expect(shown).toContain("1 of them waits for a task to end");
    gcore.faults.status(429, { method: "PATCH", times: 5, retryAfter: 1 });
    await ada.submit();
    await slack.until(() => {
      bed.advance(1_000);
      return touched() === COUNT - 1;
    }, "all but the one that is held");
    await reads(bed, ada, "1 waiting for a task to end");
    gcore.finishTask(task);
    await slack.until(() => {
      bed.advance(5_000);
      return touched() === COUNT;
    }, "the last one");
    await reads(bed, ada, "Done. All 40 snapshots are changed.");
    for (const id of ids) expect(gcore.effectiveChanges(id)).toBe(1);
  });
});
