import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type Catalogue, createCatalogue } from "../../src/gcore/catalogue.ts";
import { createGcore } from "../../src/gcore/gcore.ts";
import type { Wanted } from "../../src/gcore/shelf.ts";
import { teaching } from "../../src/gcore/teaching.ts";
import { callerWith } from "./callers.ts";

const LONG = 20_000;
const HERE = { projectId: 1186668, regionId: 148 };

const clock = new MovableClock();
let local: LocalGcore;
let catalogue: Catalogue;
beforeEach(async () => {
  local = await startGcore({ clock });
  catalogue = createCatalogue(createGcore(local.url, clock), clock);
});
afterEach(async () => {
  expect(local.violations()).toEqual([]);
  await local.stop();
});

const ADA = callerWith("");
const ada = (apiKey = local.keys.full) => ({ ...ADA, apiKey });
const ben = (apiKey = local.keys.full) => ({
  person: { ...ADA.person, userId: "U0BEN000001" },
  apiKey,
});
const see = (wanted: Wanted = {}, patience = LONG, caller = ada()) =>
  catalogue.see(caller, wanted, patience);
const listings = () => local.journal.calls("GET", /\/snapshots\/\d+\/\d+$/).length;

describe("What a key sees", () => {
  test("is every snapshot of its projects in all open regions, once", async () => {
    const sight = await see();
    const ids = sight.snapshots.map(({ snapshotId }) => snapshotId).sort();
    const { otherProject, ...others } = local.ids;
    expect(ids).toEqual(Object.values(others).sort());
    expect(ids).not.toContain(otherProject);
    expect(sight).toMatchObject({ unread: 0, problem: undefined });
    expect(clock.now() - (sight.readAt ?? 0)).toBeLessThan(30_000);
    expect(sight.projects.map(({ name }) => name).sort()).toEqual(["production", "staging"]);
    expect(sight.regions).toHaveLength(34);
    expect(sight.regions.map(({ name }) => name)).not.toContain("Lagos");
  });

  test("in one place takes no calls for the others", async () => {
    const sight = await see(HERE);
    expect(sight.snapshots.every(({ regionId }) => regionId === 148)).toBe(true);
    expect(sight.snapshots.length).toBeGreaterThan(10);
    expect(listings()).toBe(1);
  });

  test("is read page by page where there are more than a page holds", async () => {
    local.fill(2_300, { region: 160 });
    const sight = await see({ regionId: 160 });
    expect(sight.snapshots).toHaveLength(2_300);
    expect(new Set(sight.snapshots.map(({ snapshotId }) => snapshotId)).size).toBe(2_300);
  });

  test("is read a bounded number of calls at a time", async () => {
    let [now, most] = [0, 0];
    local.watch(async (when) => {
      now += when === "before" ? 1 : -1;
      most = Math.max(most, now);
    });
    local.faults.next({ path: /snapshots/ }, { kind: "delay", ms: 20 }, 60);
    await see();
    expect(most).toBeGreaterThan(2);
    expect(most).toBeLessThanOrEqual(8);
  });
});

describe("What is known already", () => {
  test("is told at once for half a minute, and no call is made for it", async () => {
    await see();
    const before = local.journal.calls().length;
    clock.advance(15_000);
    expect((await see()).snapshots.length).toBeGreaterThan(10);
    expect(local.journal.calls()).toHaveLength(before);
  });

  test("is told with its age while it is read anew, when it has become old", async () => {
    const first = await see(HERE);
    clock.advance(31_000);
    local.add({ name: "younger", project_id: 1186668, region_id: 148 });
    local.faults.slow(400, { method: "GET", path: /snapshots/ });
    const old = await see(HERE, 20);
    expect(old).toMatchObject({ readAt: first.readAt, unread: 0 });
    expect(old.snapshots).toHaveLength(first.snapshots.length);
    const young = await see(HERE);
    expect(young.readAt).toBeGreaterThan((first.readAt ?? 0) + 30_000);
    expect(young.snapshots.map(({ name }) => name)).toContain("younger");
  });

  test("does not wait longer than the one who asks, and says how much is missing", async () => {
    local.faults.slow(600, { method: "GET", path: /\/snapshots\/1186668\/148/ });
    const sight = await see(HERE, 150);
    expect(sight).toMatchObject({ snapshots: [], readAt: null, unread: 1 });
    expect((await see(HERE)).unread).toBe(0);
  });

  test("comes before what was asked for with less haste", async () => {
    await catalogue.lists(ada(), LONG);
    local.faults.next({ path: /snapshots/ }, { kind: "delay", ms: 100 }, 100);
    const all = see();
    await see({ projectId: 1186668, regionId: 8 });
    expect(listings()).toBeLessThan(40);
    await all;
  });

  test("is asked for once, whoever else waits for it", async () => {
    await Promise.all([see(HERE), see(HERE), see(HERE)]);
    expect(listings()).toBe(1);
  });

  test("follows what Gcore has told of one snapshot since", async () => {
    const { snapshots } = await see(HERE);
    const [first] = snapshots;
    if (first === undefined) throw new Error("nothing is there");
    catalogue.learn(ada(), { ...first, name: "renamed" });
    const names = (await see(HERE)).snapshots.map(({ name }) => name);
    expect(names).toContain("renamed");
    expect(names).not.toContain(first.name);
    expect(names).toHaveLength(snapshots.length);
  });

  test("is taken for how a snapshot is for a minute, and then no longer", async () => {
    await see(HERE);
    const ref = { ...HERE, snapshotId: local.ids.plain };
    expect(catalogue.remembered(ada(), ref)?.name).toBe("nightly-db-2026-11-20");
    clock.advance(60_000);
    expect(catalogue.remembered(ada(), ref)).toBeUndefined();
  });

  test("follows what is read or changed through the same API, without a list being read again", async () => {
    const taught = teaching(catalogue, createGcore(local.url, clock));
    await see(HERE);
    const ref = { ...HERE, snapshotId: local.ids.plain };
    await taught.updateSnapshot(ada(), ref, { name: "through-the-bot" });
    expect((await see(HERE)).snapshots.map(({ name }) => name)).toContain("through-the-bot");
    local.update(local.ids.plain, { name: "through-the-portal" });
    await taught.getSnapshot(ada(), ref);
    expect((await see(HERE)).snapshots.map(({ name }) => name)).toContain("through-the-portal");
    expect(listings()).toBe(1);
  });
});

describe("Nobody sees what another one's key sees", () => {
  test("each person has a catalogue of their own, though the keys see the same", async () => {
    await see(HERE);
    local.faults.slow(300, { method: "GET", path: /snapshots/ });
    expect((await see(HERE, 50, ben())).snapshots).toEqual([]);
    expect((await see(HERE, LONG, ben())).snapshots.length).toBeGreaterThan(10);
  });

  test("another key of the same person begins anew", async () => {
    await see();
    const other = ada(local.keys.readOnly);
    expect(catalogue.known(other).projects).toEqual([]);
    expect(catalogue.remembered(other, { ...HERE, snapshotId: local.ids.plain })).toBeUndefined();
    const sight = await see({}, 0, other);
    expect(sight.snapshots).toEqual([]);
  });

  test("nothing is left after forgetting", async () => {
    await see();
    catalogue.forget(ADA.person);
    expect((await see({}, 0)).snapshots).toEqual([]);
  });

  test("nor after a quarter of an hour in which nobody asked", async () => {
    await see(HERE);
    clock.advance(15 * 60_000);
    await see(HERE, LONG, ben());
    expect((await see(HERE, 0)).snapshots).toEqual([]);
  });
});

describe("When Gcore does not tell", () => {
  test("the reason is told, what is known stays, and it is tried again after a while", async () => {
    const known = await see(HERE);
    clock.advance(31_000);
    local.faults.status(503, { path: /snapshots/ });
    const sight = await see(HERE);
    expect(sight.problem).toMatchObject({ kind: "gcore-unavailable" });
    expect(sight.snapshots).toHaveLength(known.snapshots.length);
    const before = listings();
    await see(HERE);
    expect(listings()).toBe(before);
    clock.advance(5_001);
    expect((await see(HERE)).problem).toBeUndefined();
  });

  test("a key that is refused is told as that", async () => {
    local.revoke(local.keys.full);
    const sight = await see();
    expect(sight.problem).toEqual({ kind: "key-refused" });
    expect(sight).toMatchObject({ snapshots: [], unread: null });
  });

  test("a project without a role in it is empty, not a fault", async () => {
    const sight = await see({ projectId: 1210004, regionId: 148 });
    expect(sight).toMatchObject({ snapshots: [], problem: undefined, unread: 0 });
  });
});

describe("A bare id", () => {
  test("is found across projects and regions", async () => {
    const { staging, twinElsewhere } = local.ids;
    expect(await catalogue.find(ada(), { snapshotId: staging })).toEqual({
      ok: true,
      value: { projectId: 1202779, regionId: 180, snapshotId: staging },
    });
    expect(await catalogue.find(ada(), { snapshotId: twinElsewhere })).toMatchObject({
      value: { regionId: 196 },
    });
  });

  test("that is known already takes no call", async () => {
    await see();
    const before = local.journal.calls().length;
    expect(await catalogue.find(ada(), { snapshotId: local.ids.staging })).toMatchObject({
      ok: true,
    });
    expect(local.journal.calls()).toHaveLength(before);
  });

  test("is looked for first where the person was last, and then nowhere else", async () => {
    const place = { projectId: 1202779, regionId: 180 };
    const snapshotId = local.ids.staging;
    expect(await catalogue.find(ada(), { snapshotId }, place)).toMatchObject({ ok: true });
    expect(local.journal.calls()).toHaveLength(1);
    expect(await catalogue.find(ada(), { snapshotId: local.ids.plain }, place)).toMatchObject({
      value: HERE,
    });
  });

  test("is looked for only where it may be, when a project or a region is said", async () => {
    const snapshotId = local.ids.staging;
    expect(await catalogue.find(ada(), { snapshotId, regionId: 180 })).toMatchObject({ ok: true });
    catalogue.forget(ADA.person);
    expect(await catalogue.find(ada(), { snapshotId, regionId: 148 })).toMatchObject({
      problem: { kind: "snapshot-not-found" },
    });
  });

  test("that is nowhere, or where the key sees nothing, is not found", async () => {
    for (const id of [local.ids.otherProject, "00000000-0000-4000-8000-000000000000"]) {
      const found = await catalogue.find(ada(), { snapshotId: id });
      expect(found).toEqual({ ok: false, problem: { kind: "snapshot-not-found" } });
    }
  });

  test("is not called missing when some places could not be looked at", async () => {
    await see({ projectId: 1, regionId: 1 });
    local.faults.status(500, { path: /snapshots\/1202779\/180/ });
    expect(await catalogue.find(ada(), { snapshotId: local.ids.staging })).toMatchObject({
      problem: { kind: "gcore-unavailable" },
    });
  });
});
