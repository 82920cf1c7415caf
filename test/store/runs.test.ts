import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { afterProblem } from "../../src/approval/attempt.ts";
import { pause, resume, stop } from "../../src/approval/bulk-run.ts";
import type { Applying, ChangeRequest, UnderWay } from "../../src/approval/change-request.ts";
import { doubt, end, LEASE, postpone, TRY_FOR } from "../../src/approval/claim.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { hold, release } from "../../src/approval/lock.ts";
import { BULK_LIMITS } from "../../src/approval/policy.ts";
import { ok } from "../../src/problem.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { type Plans, plansIn } from "../../src/store/plans.ts";
import { type Requests, requestsIn } from "../../src/store/requests.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import {
  AFTER,
  draftOf,
  HOUR,
  MARIA,
  NOW,
  PROBLEMS,
  previewOf,
  TOM,
  voteOf,
  withTeam,
} from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { itemsOf, itemsOn, runPlan, shownOf, snapshotAt } from "./plan-samples.ts";
import { race } from "./processes.ts";
import { migrated, readyPlace, refuseEntries } from "./temporary.ts";

const AUDIT = ["CAUDIT00001", "CAUDIT00002"];

describe.each(ENGINES)("On %s, a run", (engine) => {
  let place: string;
  let database: Database;
  let plans: Plans;
  let requests: Requests;
  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
    plans = plansIn(database);
    requests = requestsIn(database, AUDIT);
  });

  const start = (id: string, count: number, first = 0) =>
    runPlan({ plans, requests }, id, itemsOf(count, first));
  const take = async (now = NOW): Promise<Applying> => {
    const [item] = await requests.claimItems("me", now, 1);
    if (item === undefined) throw new Error("there is no item to begin");
    return item;
  };
  const apply = async (item: Applying, now = NOW): Promise<ChangeRequest> => {
    const applied = end(item, { kind: "applied", snapshot: AFTER, lookedUp: false }, now);
    expect(await requests.settle(item, applied, now)).toBe(true);
    return applied;
  };
  const turn = (id: string, to: (run: UnderWay) => UnderWay, now = NOW) =>
    requests.steer(id, now, (run) => ok(to(run)));
  const paused = (run: UnderWay): UnderWay =>
    run.state === "running" ? pause(run, MARIA, NOW) : run;
  const goesOn = (run: UnderWay): UnderWay =>
    run.state === "paused" ? resume(run, TOM, NOW) : run;
  const stopped = (run: UnderWay): UnderWay =>
    run.state === "stopping" ? run : stop(run, TOM, NOW);
  const run = async (id: string): Promise<ChangeRequest> => {
    const request = await requests.request(id);
    if (request === undefined) throw new Error(`${id} is gone`);
    return request;
  };
  const counts = async (id: string) => {
    const request = await run(id);
    if (!("bulk" in request)) throw new Error(`${id} is about one`);
    const all = await requests.counts(request);
    const sum = Object.values(all).reduce((total, n) => total + n, 0);
    // They add up, whatever became of each.
    expect(sum).toBe(request.bulk.size);
    return Object.fromEntries(Object.entries(all).filter(([, n]) => n > 0));
  };
  const entries = async (id: string): Promise<readonly unknown[]> =>
    (await database.all("SELECT kind FROM ledger WHERE request_id = ? ORDER BY seq", id)).map(
      ({ kind }) => kind,
    );

  test("begins each item once, in the order of the plan, and ends with the last of them", async () => {
    await start("plan", 3);
    const taken = [await take(), await take(), await take()];
    expect(taken.map(({ item }) => item?.n)).toEqual([1, 2, 3]);
    expect(await requests.claimItems("you", NOW, 1)).toEqual([]);
    expect(await counts("plan")).toEqual({ underWay: 3 });
    for (const item of taken) {
      expect((await run("plan")).state).toBe("running");
      await apply(item);
    }
    expect(await run("plan")).toMatchObject({ state: "finished", counts: { applied: 3 } });
    expect(await entries("plan")).toEqual(["requested", "approved", "finished"]);
    for (const { id } of taken) expect(await entries(id)).toEqual(["attempted", "applied"]);
  });

  test("begins several in one go, each with its entry, and never two of one snapshot", async () => {
    await start("one", 3);
    const taken = await requests.claimItems("me", NOW, 6);
    expect(taken.map(({ item }) => item?.n)).toEqual([1, 2, 3]);
    for (const { id } of taken) expect(await entries(id)).toEqual(["attempted"]);
    expect(firstBroken(await readLedger(database))).toBeUndefined();

    // The same snapshots in another plan: theirs are put off, and due again at the same moment.
    for (const item of taken) await requests.settle(item, postpone(item, NOW), NOW);
    await start("two", 3);
    const others = await requests.claimItems("me", NOW, 3);
    expect(others.map(({ item }) => item?.id)).toEqual(["two", "two", "two"]);
    for (const item of others) await requests.settle(item, postpone(item, NOW), NOW);
    const later = NOW + LEASE;
    const again = await requests.claimItems("me", later, 6);
    expect(new Set(again.map(({ ref }) => ref.snapshotId)).size).toBe(again.length);
    expect(again).toHaveLength(3);
    expect(await requests.claimItems("me", later, 6)).toEqual([]);
  });

  test("begins each item once over three processes, and ends once, told once in each audit channel", async () => {
    await start("one", 20);
    await start("two", 15, 20);
    const names = ["a", "b", "c"];
    const taken = (
      await race(...names.map((name) => ["run-items", place, name]))
    ).flat() as readonly string[];
    expect(new Set(taken).size).toBe(35);
    expect(taken).toHaveLength(35);
    for (const [id, size] of [
      ["one", 20],
      ["two", 15],
    ] as const) {
      expect(await run(id)).toMatchObject({ state: "finished", counts: { applied: size } });
      expect(await entries(id)).toEqual(["requested", "approved", "finished"]);
      const said = await database.all(
        "SELECT target FROM outbox WHERE id LIKE ? ORDER BY target",
        `${id}/announcement/%`,
      );
      expect(said.map(({ target }) => target)).toEqual(AUDIT);
    }
    expect(firstBroken(await readLedger(database))).toBeUndefined();
  });

  test("is fair: the next item is of the plan that has the fewest on their way", async () => {
    await start("one", 5);
    await start("two", 5, 5);
    const taken = [await take(), await take(), await take(), await take()];
    const of = (id: string) => taken.filter(({ item }) => item?.id === id);
    expect([of("one").length, of("two").length]).toEqual([2, 2]);
    for (const item of of("one")) await apply(item);
    expect((await take()).item?.id).toBe("one");
  });

  test("begins nothing while it is paused, also not what was put off, and goes on where it was", async () => {
    await start("plan", 3);
    const first = await take();
    const second = await take();
    await requests.settle(first, postpone(first, NOW), NOW);
    expect((await turn("plan", paused)).kind).toBe("done");
    expect(await requests.claimItems("me", NOW + LEASE - 1, 1)).toEqual([]);
    expect(await counts("plan")).toEqual({ underWay: 2, waiting: 1 });
    await apply(second);
    expect((await turn("plan", goesOn)).kind).toBe("done");
    expect((await take(NOW + 2_000)).id).toBe(first.id);
    expect((await take(NOW + 2_000)).item?.n).toBe(3);
    const kinds = await entries("plan");
    expect(kinds).toEqual(["requested", "approved", "paused", "resumed"]);
  });

  test("gives what was put off before a pause its whole time again after it", async () => {
    await start("plan", 1);
    const item = await take();
    await requests.settle(item, postpone(item, NOW), NOW);
    await turn("plan", paused);
    const later = NOW + HOUR;
    await requests.steer("plan", later, (run) =>
      ok(run.state === "paused" ? resume(run, TOM, later) : run),
    );
    const again = await take(later);
    expect(again.id).toBe(item.id);
    const busy = { kind: "gcore-busy", retryAfter: null } as const;
    expect(afterProblem(again, busy, later + 1).state).toBe("approved");
    expect(afterProblem(again, busy, later + TRY_FOR).state).toBe("failed");
  });

  test("that is paused ends when the last of its items does", async () => {
    await start("plan", 1);
    const item = await take();
    await turn("plan", paused);
    await apply(item);
    expect(await run("plan")).toMatchObject({ state: "finished", counts: { applied: 1 } });
    expect((await turn("plan", goesOn)).kind).toBe("late");
  });

  test("that is stopped begins nothing more, takes back what waits or was put off, and finishes the rest", async () => {
    await start("plan", 5);
    const [held, later, lost, done] = [await take(), await take(), await take(), await take()];
    await requests.settle(held, hold(held, PROBLEMS.locked, NOW), NOW);
    await requests.settle(later, postpone(later, NOW), NOW);
    await requests.settle(lost, doubt(lost, NOW, NOW), NOW);
    expect(await counts("plan")).toEqual({ held: 1, underWay: 3, waiting: 1 });
    expect(await requests.dropStopped(NOW)).toBe(false);
    expect((await turn("plan", stopped)).kind).toBe("done");
    expect((await turn("plan", stopped)).kind).toBe("late");
    expect((await turn("plan", goesOn)).kind).toBe("late");
    expect(await counts("plan")).toEqual({ held: 1, underWay: 3, stopped: 1 });
    const drop = () => requests.dropStopped(NOW);
    expect(await drop()).toBe(true);
    expect((await Promise.all([drop(), drop()])).toSorted()).toEqual([false, true]);
    expect(await drop()).toBe(false);
    for (const { id } of [held, later]) {
      expect((await requests.request(id))?.state).toBe("withdrawn");
      expect((await entries(id)).at(-1)).toBe("stopped");
    }
    await apply(done);
    expect((await run("plan")).state).toBe("stopping");
    // What may have been sent is looked up all the same.
    expect(await requests.claimItems("me", NOW, 1)).toEqual([]);
    const again = await take(NOW + LEASE);
    expect(again.id).toBe(lost.id);
    await apply(again, NOW + LEASE);
    const finished = await run("plan");
    expect(finished).toMatchObject({ state: "finished", stoodBy: TOM });
    expect(await counts("plan")).toEqual({ applied: 2, stopped: 3 });
    const kinds = await entries("plan");
    expect(kinds).toEqual(["requested", "approved", "stopping", "finished"]);
  });

  test("that is stopped before anything was begun, or with nothing on its way, is at its end at once", async () => {
    await start("new", 2);
    expect((await turn("new", stopped)).kind).toBe("done");
    expect(await run("new")).toMatchObject({ state: "finished", counts: { stopped: 2 } });
    await start("half", 2, 2);
    await apply(await take());
    await turn("half", paused);
    const decided = await turn("half", stopped);
    expect("request" in decided && decided.request).toEqual(await run("half"));
    expect(await counts("half")).toEqual({ applied: 1, stopped: 1 });
    expect(await entries("half")).toEqual([
      ...["requested", "approved", "paused", "stopping", "finished"],
    ]);
  });

  test("looks a lost claim up whatever became of the plan, and never before the claim runs out", async () => {
    for (const [index, to] of [paused, stopped].entries()) {
      const id = `plan-${index}`;
      await start(id, 2, 2 * index);
      const lost = await take();
      await turn(id, to);
      expect(await requests.claimItems("heir", NOW + LEASE - 1, 1)).toEqual([]);
      const [heir] = await requests.claimItems("heir", NOW + LEASE, 1);
      expect(heir).toMatchObject({ id: lost.id, owner: "heir", attempts: 2, item: lost.item });
      // It is known that something may have been sent.
      expect(heir?.sentAt).not.toBeNull();
      const late = end(lost, { kind: "failed", problem: PROBLEMS["no-key"] }, NOW + LEASE);
      expect(await requests.settle(lost, late, NOW + LEASE)).toBe(false);
      if (heir !== undefined) await apply(heir, NOW + LEASE);
      await turn(id, stopped, NOW + LEASE);
      expect(await counts(id)).toEqual({ applied: 1, stopped: 1 });
    }
  });

  test("counts each way to end, and adds up at every step", async () => {
    await start("plan", 6);
    const taken: Applying[] = [];
    for (let index = 0; index < 6; index += 1) {
      taken.push(await take());
      await counts("plan");
    }
    const [one, two, three, four, five, six] = taken as [
      ...[Applying, Applying, Applying, Applying, Applying, Applying],
    ];
    await apply(one);
    const ends: readonly (readonly [Applying, ChangeRequest])[] = [
      [two, end(two, { kind: "failed", problem: PROBLEMS["no-key"] }, NOW)],
      [three, end(three, { kind: "conflict", found: [] }, NOW)],
      [four, end(four, { kind: "unknown", problem: PROBLEMS["no-key"] }, NOW)],
      [five, hold(five, PROBLEMS.locked, NOW)],
    ];
    for (const [item, next] of ends) {
      expect(await requests.settle(item, next, NOW)).toBe(true);
      await counts("plan");
    }
    const each = { applied: 1, failed: 1, conflict: 1, unknown: 1 };
    expect(await counts("plan")).toEqual({ ...each, held: 1, underWay: 1 });
    await apply(six);
    expect((await run("plan")).state).toBe("running");
    const held = await requests.takeHeld(NOW + 5_000);
    if (held === undefined) throw new Error("nothing is held");
    expect(await requests.release(held, release(held, NOW + 5_000), NOW + 5_000)).toBe(true);
    await apply(await take(NOW + 5_000), NOW + 5_000);
    expect(await counts("plan")).toEqual({ ...each, applied: 3 });
    expect(await run("plan")).toMatchObject({ state: "finished", counts: { ...each, applied: 3 } });
  });

  test("leaves single requests to their own lane, and its items are never taken there", async () => {
    await start("plan", 1);
    const other = withTeam("payments", { snapshotId: snapshotAt(9) });
    await requests.ask(draftOf("single", previewOf(other)), "V2", voteOf(), NOW);
    const single = await requests.claim("me", NOW);
    expect(single?.id).toBe("single");
    expect(await requests.claim("me", NOW)).toBeUndefined();
    const item = await take();
    expect(item.item?.id).toBe("plan");
    await requests.settle(item, postpone(item, NOW), NOW);
    if (single === undefined) throw new Error("there is no single request");
    await requests.settle(single, postpone(single, NOW), NOW);
    expect((await requests.claim("me", NOW + LEASE))?.id).toBe("single");
    expect(await requests.claim("me", NOW + LEASE)).toBeUndefined();
    expect((await requests.claimItems("me", NOW + LEASE, 1))[0]?.id).toBe(item.id);
    expect(await requests.claimItems("me", NOW + LEASE, 1)).toEqual([]);
  });

  test("waits with a snapshot that another change is on its way to, and goes on with the next", async () => {
    const before = withTeam("payments", { snapshotId: snapshotAt(0) });
    await requests.ask(draftOf("single", previewOf(before)), "V2", voteOf(), NOW);
    const single = await requests.claim("me", NOW);
    await start("plan", 2);
    expect((await take()).item?.n).toBe(2);
    expect(await requests.claimItems("me", NOW, 1)).toEqual([]);
    if (single === undefined) throw new Error("there is no single request");
    await apply(single);
    expect((await take()).item?.n).toBe(1);
  });

  test("comes after what somebody waits for alone, where locks are looked at", async () => {
    await start("plan", 1);
    const item = await take();
    await requests.settle(item, hold(item, PROBLEMS.locked, NOW), NOW);
    const other = withTeam("payments", { snapshotId: snapshotAt(9) });
    await requests.ask(draftOf("single", previewOf(other)), "V2", voteOf(), NOW + 1);
    const single = await requests.claim("me", NOW + 1);
    if (single === undefined) throw new Error("there is no single request");
    await requests.settle(single, hold(single, PROBLEMS.locked, NOW + 1), NOW + 1);
    const looks = [await requests.takeHeld(NOW + 9_000), await requests.takeHeld(NOW + 9_000)];
    expect(looks.map((one) => one?.id)).toEqual(["single", item.id]);
  });

  test("is stopped while its last item is settled: it ends once, whichever comes first", async () => {
    for (let index = 0; index < 10; index += 1) {
      const id = `plan-${index}`;
      await start(id, 1, index);
      const item = await take();
      await Promise.all([
        apply(item),
        turn(id, stopped),
        turn(id, stopped),
        turn(id, paused),
        requests.dropStopped(NOW),
      ]);
      expect((await run(id)).state).toBe("finished");
      expect(await counts(id)).toEqual({ applied: 1 });
      expect((await entries(id)).filter((kind) => kind === "finished")).toHaveLength(1);
    }
  });

  test("is paused while processes begin its items: nothing is begun after that", async () => {
    await start("plan", 60);
    const racing = race(...["a", "b"].map((name) => ["run-items", place, name]));
    // The processes are heard of between two looks.
    while (Object.keys(await counts("plan")).join() === "waiting") await setImmediate();
    await turn("plan", paused);
    const { waiting } = await counts("plan");
    await racing;
    expect((await counts("plan")).waiting).toBe(waiting);
    await turn("plan", goesOn);
    await race(["run-items", place, "c"]);
    expect(await counts("plan")).toEqual({ applied: 60 });
  });

  test("is agreed to once by clicks at the same moment, and begins nothing before", async () => {
    const items = itemsOf(2);
    await plans.put("plan", items);
    expect(await requests.claimItems("me", NOW, 1)).toEqual([]);
    await Promise.all(
      Array.from({ length: 10 }, () =>
        requests.askMany(shownOf("plan", 2), "V1", voteOf(MARIA, NOW), NOW, BULK_LIMITS),
      ),
    );
    expect(await entries("plan")).toEqual(["requested", "approved"]);
  });

  test("begins its item once when two look at the same moment", async () => {
    await start("plan", 1);
    const looks = [requests.claimItems("a", NOW, 3), requests.claimItems("b", NOW, 3)];
    expect((await Promise.all(looks)).map(({ length }) => length).toSorted()).toEqual([0, 1]);
    expect(await counts("plan")).toEqual({ underWay: 1 });
  });

  test("begins no item when that cannot be written", async () => {
    await start("plan", 1);
    await refuseEntries(database, "attempted");
    await expect(requests.claimItems("me", NOW, 1)).rejects.toThrow(DatabaseError);
    expect(await counts("plan")).toEqual({ waiting: 1 });
  });

  test("does not end when that cannot be written: its last item stays as it was", async () => {
    await start("plan", 1);
    const item = await take();
    await refuseEntries(database, "finished");
    const applied = end(item, { kind: "applied", snapshot: AFTER, lookedUp: false }, NOW);
    await expect(requests.settle(item, applied, NOW)).rejects.toThrow(DatabaseError);
    expect(await requests.request(item.id)).toEqual(item);
    expect(await counts("plan")).toEqual({ underWay: 1 });
  });

  test("ends once for the database itself, and so does each item", async () => {
    await start("plan", 1);
    const item = await take();
    await apply(item);
    const entry = { at: NOW, by: MARIA } as const;
    for (const kind of ["finished", "failed", "stopped"] as const) {
      await expect(requests.record({ ...entry, kind, request: "plan" })).rejects.toThrow(
        DatabaseError,
      );
      await expect(requests.record({ ...entry, kind, request: item.id })).rejects.toThrow(
        DatabaseError,
      );
    }
  });

  test("is listed for whoever asked while it is under way, with the number of its snapshots", async () => {
    await start("plan", 3);
    await runPlan({ plans, requests }, "other", itemsOn([snapshotAt(7)]));
    expect((await requests.underWay(MARIA)).map(({ id }) => id)).toEqual(["plan", "other"]);
    expect(await requests.openItems(MARIA)).toBe(4);
    expect(await requests.underWay(TOM)).toEqual([]);
    await turn("plan", stopped);
    expect((await requests.underWay(MARIA)).map(({ id }) => id)).toEqual(["other"]);
    expect(await requests.openItems(MARIA)).toBe(1);
  });
});
