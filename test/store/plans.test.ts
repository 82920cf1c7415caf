import { beforeEach, describe, expect, test } from "@jest/globals";
import { stop } from "../../src/approval/bulk-run.ts";
import type { BulkDraft } from "../../src/approval/change-request.ts";
import { end, postpone } from "../../src/approval/claim.ts";
import { hold } from "../../src/approval/lock.ts";
import { BULK_LIMITS } from "../../src/approval/policy.ts";
import { err, ok } from "../../src/problem.ts";
import { EMPTY_BULK } from "../../src/snapshot/bulk-input.ts";
import { type Drafts, draftsIn } from "../../src/store/drafts.ts";
import { type Plans, plansIn } from "../../src/store/plans.ts";
import { type Requests, requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import { AFTER, MARIA, NOW, PROBLEMS, voteOf } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { itemsOf, leftAt, runPlan, shownOf } from "./plan-samples.ts";
import { migrated, readyPlace } from "./temporary.ts";

type Part = Parameters<Plans["page"]>[1];

describe.each(ENGINES)("On %s, a plan", (engine) => {
  let database: Database;
  let plans: Plans;
  let requests: Requests;
  let drafts: Drafts;
  beforeEach(async () => {
    database = await migrated(await readyPlace(engine));
    plans = plansIn(database);
    requests = requestsIn(database, []);
    drafts = draftsIn(database);
  });

  /** All numbers of a part, page after page, and whether the way back leads over the same pages. */
  const numbersOf = async (id: string, part: Part, most: number): Promise<readonly number[]> => {
    const seen: number[] = [];
    let from: number | null = 0;
    let first: number | null = null;
    while (from !== null) {
      const page: Awaited<ReturnType<Plans["page"]>> = await plans.page(id, part, from, most);
      expect(page.rows.length).toBeLessThanOrEqual(most);
      expect(page.previous).toBe(first);
      first = page.rows[0]?.chosen.n ?? null;
      seen.push(...page.rows.map(({ chosen }) => chosen.n));
      from = page.next;
    }
    return seen;
  };
  const numbers = (from: number, to: number): readonly number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const draftOf = (id: string, createdAt: number): BulkDraft => ({
    ...{ id, createdAt, person: MARIA, input: EMPTY_BULK, aim: null, preview: null },
    origin: { channelId: "C0000000001", responseUrl: null, at: NOW },
    ...{ lookUp: null, formId: null, requestId: null },
  });

  test("is kept as it was put, and each row of each part stands on exactly one page", async () => {
    const items = itemsOf(23);
    await plans.put("plan", items.slice(0, 10));
    await plans.put("plan", [...items.slice(10), ...numbers(24, 30).map(leftAt)]);
    await plans.put("another", itemsOf(4));
    for (const most of [1, 5, 7, 23, 50]) {
      expect(await numbersOf("plan", "change", most)).toEqual(numbers(1, 23));
      expect(await numbersOf("plan", "waiting", most)).toEqual(numbers(1, 23));
      expect(await numbersOf("plan", "already", most)).toEqual(numbers(24, 30));
      expect(await numbersOf("plan", "rule", most)).toEqual([]);
    }
    const { rows } = await plans.page("plan", "change", 0, 50);
    expect(rows.map(({ chosen }) => chosen)).toEqual(items);
  });

  test("of hundreds of items is kept whole, although they are put in some at a time", async () => {
    await plans.put("plan", itemsOf(200));
    expect(await numbersOf("plan", "change", 90)).toEqual(numbers(1, 200));
  });

  test("shows each item in the part of what became of it, in no other, and all of them in the plan", async () => {
    await runPlan({ plans, requests }, "plan", itemsOf(8));
    const take = async () => {
      const [item] = await requests.claimItems("me", NOW, 1);
      if (item === undefined) throw new Error("there is none");
      return item;
    };
    const [one, two, three, four, five, six] = [
      ...[await take(), await take(), await take()],
      ...[await take(), await take(), await take()],
    ] as const;
    if (!one || !two || !three || !four || !five || !six) throw new Error("there are too few");
    for (const [item, next] of [
      [one, end(one, { kind: "applied", snapshot: AFTER, lookedUp: false }, NOW)],
      [two, end(two, { kind: "failed", problem: PROBLEMS["no-key"] }, NOW)],
      [three, end(three, { kind: "conflict", found: [] }, NOW)],
      [four, end(four, { kind: "unknown", problem: PROBLEMS["no-key"] }, NOW)],
      [five, hold(five, PROBLEMS.locked, NOW)],
      [six, postpone(six, NOW)],
    ] as const) {
      await requests.settle(item, next, NOW);
    }
    const parts = async () => ({
      change: await numbersOf("plan", "change", 3),
      applied: await numbersOf("plan", "applied", 3),
      trouble: await numbersOf("plan", "trouble", 2),
      held: await numbersOf("plan", "held", 3),
      waiting: await numbersOf("plan", "waiting", 1),
    });
    const ended = { change: numbers(1, 8), applied: [1], trouble: [2, 3, 4] };
    expect(await parts()).toEqual({ ...ended, held: [5], waiting: [7, 8] });
    const { rows } = await plans.page("plan", "change", 0, 8);
    expect(rows.at(-1)?.request).toBeUndefined();
    expect(rows.map(({ request }) => request?.state)).toEqual([
      ...["applied", "failed", "conflict", "unknown", "held", "approved"],
      ...[undefined, undefined],
    ]);
    await requests.steer("plan", NOW, (run) =>
      ok(run.state === "stopping" ? run : stop(run, MARIA, NOW)),
    );
    while (await requests.dropStopped(NOW));
    expect((await requests.request("plan"))?.state).toBe("finished");
    expect(await numbersOf("plan", "stopped", 2)).toEqual([5, 6, 7, 8]);
    expect(await numbersOf("plan", "waiting", 2)).toEqual([7, 8]);
    expect(await numbersOf("plan", "held", 2)).toEqual([]);
  });

  test("that nobody asked for is forgotten with its draft; one that was asked for stays", async () => {
    for (const id of ["asked", "dropped", "young"]) {
      await drafts.save(draftOf(id, id === "young" ? NOW + 10 : NOW));
      await plans.put(id, itemsOf(2));
    }
    await requests.askMany(shownOf("asked", 2), "V1", voteOf(), NOW, BULK_LIMITS);
    await drafts.forget(NOW + 1);
    expect(await numbersOf("asked", "change", 5)).toEqual([1, 2]);
    expect(await numbersOf("dropped", "change", 5)).toEqual([]);
    expect(await numbersOf("young", "change", 5)).toEqual([1, 2]);
    await plans.drop("young");
    expect(await numbersOf("young", "change", 5)).toEqual([]);
  });

  test("whose items were forgotten, or are not all there, can no longer be asked for", async () => {
    await drafts.save(draftOf("plan", NOW));
    await plans.put("plan", itemsOf(2));
    await drafts.forget(NOW + 1);
    const gone = err({ kind: "preview-gone" });
    const ask = (id: string) => requests.askMany(shownOf(id, 2), "V1", voteOf(), NOW, BULK_LIMITS);
    expect(await ask("plan")).toEqual(gone);
    await plans.put("half", itemsOf(1));
    expect(await ask("half")).toEqual(gone);
    expect(await requests.request("plan")).toBeUndefined();
    expect(await requests.pending()).toEqual([]);
    expect(await database.all("SELECT seq FROM ledger")).toEqual([]);
  });

  test("asked for at the same moment as another one never brings somebody over their limit", async () => {
    const ids = ["one", "two", "three", "four"];
    for (const [at, id] of ids.entries()) await plans.put(id, itemsOf(2, 2 * at));
    const limits = { most: 2, mostPerPerson: 5 };
    const asked = await Promise.all(
      ids.map((id) => requests.askMany(shownOf(id, 2), "V1", voteOf(), NOW, limits)),
    );
    expect(asked.filter(({ ok }) => ok)).toHaveLength(2);
    const problem = { kind: "bulk-too-many-yours", open: 4, more: 2, most: 5 };
    expect(asked.filter(({ ok }) => !ok)).toEqual([
      { ok: false, problem },
      { ok: false, problem },
    ]);
    // Who asks again for what they asked for is told what has become of it.
    const again = asked.findIndex(({ ok }) => ok);
    const same = await requests.askMany(shownOf(ids[again] ?? "", 2), "V1", null, NOW, limits);
    expect(same).toEqual(asked[again]);
  });

  test("that was asked for is the same request for whoever asks again, however far it has come", async () => {
    await runPlan({ plans, requests }, "plan", itemsOf(1));
    const [item] = await requests.claimItems("me", NOW, 1);
    if (item === undefined) throw new Error("there is none");
    await requests.settle(item, end(item, { kind: "conflict", found: [] }, NOW), NOW);
    const again = await requests.askMany(shownOf("plan", 1), "V2", voteOf(), NOW, BULK_LIMITS);
    expect(again).toMatchObject(ok({ state: "finished", counts: { conflict: 1 } }));
  });
});
