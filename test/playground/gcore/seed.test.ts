import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, get, results, tagsOf } from "./ask.ts";

let gcore: LocalGcore;

beforeAll(async () => {
  gcore = await startGcore({ clock: new MovableClock() });
});
afterAll(() => gcore.stop());

describe("The seed", () => {
  test("has an ordinary snapshot with the team's tags, two system tags and a read-only one", async () => {
    const { status, json } = await get(gcore, gcore.ids.plain);
    expect(status).toBe(200);
    expect(json).toEqual({
      id: gcore.ids.plain,
      name: "nightly-db-2026-11-20",
      description: "Nightly, before the backup window",
      status: "available",
      size: 120,
      volume_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/),
      tags: [
        { key: "bootable", value: "False", read_only: false },
        { key: "volume_name", value: "db-primary", read_only: false },
        { key: "environment", value: "prod", read_only: false },
        { key: "team", value: "payments", read_only: false },
        { key: "cost_center", value: "cc-1001", read_only: false },
        { key: "image_id", value: expect.any(String), read_only: true },
      ],
      creator_task_id: expect.any(String),
      task_id: null,
      project_id: 1186668,
      region_id: 148,
      region: "Luxembourg-3",
    });
  });

  test("names every snapshot by a UUID of version 4 that is the same in every run", async () => {
    const again = await startGcore();
    await again.stop();
    expect(again.ids).toEqual(gcore.ids);
    for (const id of Object.values(gcore.ids)) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
    expect(new Set(Object.values(gcore.ids)).size).toBe(Object.keys(gcore.ids).length);
  });

  test("has stored values that today's rules refuse, and answers them", async () => {
    const tagsIn = async (id: string) => tagsOf(await get(gcore, id));
    expect((await tagsIn(gcore.ids.longValue)).get("notes")).toHaveLength(1024);
    expect([...(await tagsIn(gcore.ids.legacyKey)).keys()]).toEqual(
      expect.arrayContaining(["cost center", "a=b"]),
    );
    expect(String((await get(gcore, gcore.ids.policyMade)).json.name).length).toBeGreaterThan(74);
    expect((await get(gcore, gcore.ids.cronMade)).json.name).toHaveLength(63);
    expect((await tagsIn(gcore.ids.manyTags)).size).toBe(300);
    expect([...(await tagsIn(gcore.ids.protoKeys)).keys()]).toEqual(
      expect.arrayContaining(["__proto__", "constructor", "prototype"]),
    );
    expect((await get(gcore, gcore.ids.noTagsAtAll)).json).toMatchObject({
      tags: [],
      updated_at: null,
    });
    expect((await get(gcore, gcore.ids.hostile)).json.name).toContain("<!channel>");
  });

  test("has names that several snapshots share", async () => {
    const list = await ask(gcore, "GET", "/cloud/v1/snapshots/1186668/148");
    const named = results(list).filter((one) => one.name === "weekly");
    expect(named.map((one) => one.id).sort()).toEqual([gcore.ids.twinA, gcore.ids.twinB].sort());
    expect(gcore.snapshot(gcore.ids.twinElsewhere)).toMatchObject({
      name: "weekly",
      region_id: 196,
    });
  });

  test("can do without snapshots, and have thousands", async () => {
    const empty = await startGcore({ seed: "empty" });
    const ids = empty.fill(2500, { project: 1202779, region: 180 });
    const list = await ask(empty, "GET", "/cloud/v1/snapshots/1202779/180");
    const none = await ask(empty, "GET", "/cloud/v1/snapshots/1186668/148");
    await empty.stop();
    expect(none.json).toEqual({ count: 0, results: [] });
    expect(list.json.count).toBe(2500);
    expect(results(list)).toHaveLength(1000);
    expect(results(list)[0]?.id).toBe(ids[0]);
  });

  test("dates everything before the start, however the clock is set", async () => {
    const clock = { now: () => Date.UTC(2026, 10, 21, 12) };
    const other = await startGcore({ clock });
    await other.stop();
    for (const id of Object.values(other.ids)) {
      expect(other.snapshot(id).created_at).toBeLessThan(clock.now());
    }
    expect(other.snapshot(other.ids.plain).created_at).toBe(clock.now() - 86_400_000 - 7_243_000);
  });

  test("can be changed behind a client's back", async () => {
    const added = gcore.add({ name: "made-here", tags: { team: "core" } });
    gcore.update(added.id, { name: "renamed" });
    gcore.update(added.id, (snapshot) => {
      snapshot.tags.push({ key: "late", value: "yes", read_only: false });
    });
    expect((await get(gcore, added.id)).json).toMatchObject({
      name: "renamed",
      tags: [
        { key: "team", value: "core" },
        { key: "late", value: "yes" },
      ],
    });
    const path = `/cloud/v1/snapshots/1186668/148/${added.id}`;
    gcore.remove(added.id);
    expect((await ask(gcore, "GET", path)).status).toBe(404);
    expect(gcore.has(added.id)).toBe(false);
  });

  test("gives copies of its snapshots, so that a test cannot change one by accident", () => {
    gcore.snapshot(gcore.ids.plain).tags.length = 0;
    gcore.snapshot(gcore.ids.plain).name = "changed";
    expect(gcore.snapshot(gcore.ids.plain).name).toBe("nightly-db-2026-11-20");
    expect(gcore.tags(gcore.ids.plain).get("team")).toBe("payments");
  });
});
