import { expect, test } from "@jest/globals";
import { pause, ranFor, stop } from "../../src/approval/bulk-run.ts";
import { isBulk } from "../../src/approval/change-request.ts";
import { hold } from "../../src/approval/lock.ts";
import { DEFAULT_POLICY } from "../../src/approval/policy.ts";
import type { Deps } from "../../src/deps.ts";
import { ITEM_LANES, itemRunner } from "../../src/jobs/bulk.ts";
import { aheadOf, FIRST_PACE } from "../../src/jobs/pace.ts";
import { ok } from "../../src/problem.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { MARIA, NOW, PROBLEMS, runningOf, TOM } from "../approval/samples.ts";
import { itemsOf, runPlan } from "../store/plan-samples.ts";
import { migrated, readyPlace } from "../store/temporary.ts";
import { StrictGcore } from "./strict-gcore.ts";

test("A plan that was stopped ends, however many items of other plans are to be begun, and while Gcore rests", async () => {
  const database = await migrated(await readyPlace("SQLite"));
  const parts = { plans: plansIn(database), requests: requestsIn(database, []) };
  const { requests } = parts;
  const gcore = new StrictGcore();
  for (const { before } of itemsOf(7)) gcore.snapshots.set(before.snapshotId, before);
  const run = itemRunner({
    ...gcore.deps,
    ...parts,
    clock: { now: () => NOW },
    log: { info: () => undefined },
    policy: DEFAULT_POLICY,
    newId: () => "me",
    nudge: () => undefined,
  } as unknown as Deps);
  for (const [id, first] of [
    ["one", 0],
    ["two", 1],
  ] as const) {
    await runPlan(parts, id, itemsOf(1, first));
    const [item] = await requests.claimItems("me", NOW, 1);
    if (item === undefined) throw new Error("there is no item");
    await requests.settle(item, hold(item, PROBLEMS.locked, NOW), NOW);
  }
  await runPlan(parts, "others", itemsOf(5, 2));
  const stopIt = (id: string) =>
    requests.steer(id, NOW, (one) => ok(one.state === "stopping" ? one : stop(one, TOM, NOW)));
  const stateOf = async (id: string) => (await requests.request(id))?.state;
  await stopIt("one");
  expect(await run()).toBe(true);
  expect(await stateOf("one")).toBe("finished");

  Object.assign(gcore, { weather: "busy" });
  expect(await run()).toBe(true);
  expect(await run()).toBe(false);
  await stopIt("two");
  expect(await run()).toBe(true);
  expect(await stateOf("two")).toBe("finished");
  expect(await stateOf("others")).toBe("running");
});

test("No more go to Gcore at once than the pace says, and the next are claimed meanwhile", async () => {
  const database = await migrated(await readyPlace("SQLite"));
  const parts = { plans: plansIn(database), requests: requestsIn(database, []) };
  const gcore = new StrictGcore();
  for (const { before } of itemsOf(40)) gcore.snapshots.set(before.snapshotId, before);
  await runPlan(parts, "many", itemsOf(40));
  const looks: (() => void)[] = [];
  const run = itemRunner({
    ...gcore.deps,
    gcore: {
      ...gcore.deps.gcore,
      getSnapshot: async (...asked: Parameters<Deps["gcore"]["getSnapshot"]>) => {
        await new Promise<void>((answer) => looks.push(answer));
        return await gcore.deps.gcore.getSnapshot(...asked);
      },
    },
    ...parts,
    clock: { now: () => NOW },
    log: { info: () => undefined },
    policy: DEFAULT_POLICY,
    newId: () => "me",
    nudge: () => undefined,
  } as unknown as Deps);
  const settled = async () => {
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
    const many = await parts.requests.request("many");
    if (many === undefined || !isBulk(many)) throw new Error("there is no plan");
    const { underWay, applied } = await parts.requests.counts(many);
    return { withGcore: looks.length, claimed: underWay, applied };
  };
  const lanes = Array.from({ length: ITEM_LANES }, run);
  const ahead = aheadOf(FIRST_PACE.width);
  const { width } = FIRST_PACE;
  expect(await settled()).toEqual({ withGcore: width, claimed: width + ahead, applied: 0 });

  // One comes back: one of those that were claimed goes at once.
  looks.shift()?.();
  expect(await settled()).toEqual({ withGcore: width, claimed: width + ahead - 1, applied: 1 });

  // Gcore is busy: what was claimed is begun all the same, so that no claim runs out, and no more is.
  Object.assign(gcore, { weather: "busy" });
  for (const answer of looks.splice(0)) answer();
  expect(await settled()).toEqual({ withGcore: ahead - 1, claimed: width + ahead - 1, applied: 1 });
  expect(await run()).toBe(false);
  for (const answer of looks.splice(0)) answer();
  await Promise.all(lanes);
  expect(await settled()).toEqual({ withGcore: 0, claimed: width + ahead - 1, applied: 1 });
});

test("A run does not take less than no time when the clock is put back", () => {
  const run = { ...runningOf(), ranFor: 5_000 };
  expect(ranFor(run, NOW - 60_000)).toBe(5_000);
  expect(pause(run, MARIA, NOW - 60_000).ranFor).toBe(5_000);
});
