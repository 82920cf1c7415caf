import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { tracebackMark } from "../../../playground/gcore/errors.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, get, patch, pathOf, results, tagsOf } from "./ask.ts";

const clock = new MovableClock();
let gcore: LocalGcore;

beforeEach(async () => {
  gcore = await startGcore({ clock });
});
afterEach(() => gcore.stop());

// The knobs readOnlyPatch and tagsNullRemovesSystem are turned among the merge patches,
// foreignProject and badToken among the keys, tokenRecord and assignments among the people.
describe("By a knob", () => {
  test("a start may turn knobs at once", async () => {
    const other = await startGcore({ knobs: { dates: "Z" } });
    await other.stop();
    expect(other.knobs).toEqual({ ...gcore.knobs, dates: "Z" });
  });

  test("spaces around keys and values are cut off, or refused", async () => {
    const tags = { "  padded ": "\t a b\u00a0 " };
    const stripped = await patch(gcore, gcore.ids.plain, { tags });
    expect(tagsOf(stripped).get("padded")).toBe("a b");
    expect((await patch(gcore, gcore.ids.plain, { tags: { " padded": null } })).status).toBe(200);
    expect(gcore.tags(gcore.ids.plain).has("padded")).toBe(false);
    gcore.knobs.trim = 400;
    expect((await patch(gcore, gcore.ids.plain, { tags: { padded: " a" } })).status).toBe(400);
    expect((await patch(gcore, gcore.ids.plain, { tags: { padded: "a " } })).status).toBe(400);
    expect((await patch(gcore, gcore.ids.plain, { tags: { " padded": "a" } })).status).toBe(400);
    expect(gcore.tags(gcore.ids.plain).has("padded")).toBe(false);
  });

  test("a snapshot that a task holds refuses a PATCH, or takes it", async () => {
    const { locked } = gcore.ids;
    const task = gcore.snapshot(locked).task_id;
    const refused = await patch(gcore, locked, { name: "changed" });
    expect(refused.status).toBe(409);
    expect(refused.json).toEqual({
      exception_class: "ConflictError",
      message: `Snapshot ${locked} is locked by the task ${task}`,
      request_id: expect.any(String),
    });
    gcore.knobs.lock = 200;
    expect((await patch(gcore, locked, { name: "changed" })).json.name).toBe("changed");
  });

  test("a snapshot in the status error takes a PATCH, or refuses it", async () => {
    expect((await patch(gcore, gcore.ids.errored, { name: "changed" })).status).toBe(200);
    gcore.knobs.errored = 409;
    expect((await patch(gcore, gcore.ids.errored, { name: "again" })).status).toBe(409);
  });

  test("a name of null is refused, or left out of account", async () => {
    expect((await patch(gcore, gcore.ids.plain, { name: null })).status).toBe(400);
    gcore.knobs.nameNull = "ignore";
    const answered = await patch(gcore, gcore.ids.plain, { name: null });
    expect(answered.json.name).toBe("nightly-db-2026-11-20");
  });

  test("unknown members are left out of account, or refused, and noted in any case", async () => {
    const body = { name: "changed", description: "no" };
    expect((await patch(gcore, gcore.ids.plain, body)).status).toBe(200);
    gcore.knobs.unknownMembers = 400;
    const refused = await patch(gcore, gcore.ids.plain, body);
    expect(refused.status).toBe(400);
    expect(refused.json.invalid_fields).toEqual({
      description: ["Extra inputs are not permitted"],
    });
    expect(gcore.forgive(/unknown member description/)).toBe(2);
  });

  test("a stored key of earlier days can be taken away after all", async () => {
    gcore.knobs.legacyKeyDelete = 200;
    const tags = { "cost center": null, "a=b": null };
    const answered = await patch(gcore, gcore.ids.legacyKey, { tags });
    expect([...tagsOf(answered).keys()]).toEqual(["bootable", "volume_name", "team"]);
    expect((await patch(gcore, gcore.ids.legacyKey, { tags: { "not stored": null } })).status).toBe(
      400,
    );
  });

  test("the number of tags is limited, where it grows", async () => {
    gcore.knobs.maxTags = 6;
    expect((await patch(gcore, gcore.ids.plain, { tags: { seventh: "x" } })).status).toBe(400);
    expect((await patch(gcore, gcore.ids.plain, { tags: { team: null, x: "1" } })).status).toBe(
      200,
    );
    expect((await patch(gcore, gcore.ids.manyTags, { tags: { "key-000": null } })).status).toBe(
      200,
    );
  });

  test("a PATCH that changes nothing moves updated_at all the same", async () => {
    gcore.knobs.noopTouches = true;
    clock.advance(3_600_000);
    await patch(gcore, gcore.ids.plain, {});
    expect(gcore.snapshot(gcore.ids.plain).updated_at).toBeGreaterThan(clock.now() - 60_000);
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(0);
  });

  test.each(["abc", "5ed275b8-7eed-1722-8c98-777191d4e003", "5ed275b87eed47228c98777191d4e003"])(
    "the id %s is badly written, or simply not there",
    async (id) => {
      const path = `/cloud/v1/snapshots/1186668/148/${id}`;
      const bad = await ask(gcore, "GET", path);
      expect(bad.status).toBe(400);
      expect(bad.json.invalid_fields).toEqual({ snapshot_id: ["Input should be a valid UUID"] });
      gcore.knobs.badUuid = 404;
      expect((await ask(gcore, "GET", path)).status).toBe(404);
      expect((await ask(gcore, "PATCH", path, { body: {} })).status).toBe(404);
    },
  );

  test("dates end in +0000, or in a Z", async () => {
    gcore.knobs.dates = "Z";
    const { json } = await get(gcore, gcore.ids.plain);
    expect(json.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(json.updated_at).toMatch(/Z$/);
    const volume = await ask(gcore, "GET", `/cloud/v1/volumes/1186668/148/${json.volume_id}`);
    expect(volume.json.created_at).toMatch(/Z$/);
  });

  test("members are missing", async () => {
    gcore.knobs.dropFields = ["tags", "task_id", "updated_at"];
    const { json } = await get(gcore, gcore.ids.plain);
    expect(Object.keys(json)).not.toEqual(expect.arrayContaining(["tags"]));
    expect(json).not.toHaveProperty("task_id");
    expect(json).not.toHaveProperty("updated_at");
    expect(json).toHaveProperty("name");
  });

  test("a status is one that nobody has heard of", async () => {
    gcore.knobs.unknownStatus = "awaiting-transfer";
    expect((await get(gcore, gcore.ids.plain)).json.status).toBe("awaiting-transfer");
    expect(gcore.snapshot(gcore.ids.plain).status).toBe("available");
  });

  test("regions are without their recent members", async () => {
    expect((await ask(gcore, "GET", "/cloud/v1/regions/148")).json.slug).toBe("luxembourg-3");
    gcore.knobs.recentRegionFields = false;
    const { json } = await ask(gcore, "GET", "/cloud/v1/regions/148");
    expect(json).not.toHaveProperty("slug");
    expect(json).not.toHaveProperty("created_at");
  });

  test("request ids have dashes, or there are none", async () => {
    gcore.knobs.requestId = "dashed";
    const { json } = await patch(gcore, gcore.ids.plain, { name: "!" });
    expect(json.request_id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    gcore.knobs.requestId = "none";
    expect((await patch(gcore, gcore.ids.plain, { name: "!" })).json).not.toHaveProperty(
      "request_id",
    );
  });

  test("a wrong tag is reported one level down, by a dotted name, or in one list", async () => {
    const body = { tags: { "a b": "x", c: "" } };
    gcore.knobs.tagErrors = "dotted";
    expect((await patch(gcore, gcore.ids.plain, body)).json.invalid_fields).toEqual({
      "tags.a b": [expect.stringContaining("pattern")],
      "tags.c": ["String should have at least 1 character"],
    });
    gcore.knobs.tagErrors = "flat";
    expect((await patch(gcore, gcore.ids.plain, body)).json.invalid_fields).toEqual({
      tags: [
        expect.stringMatching(/^a b: .*pattern/),
        "c: String should have at least 1 character",
      ],
    });
  });

  test("a count is wrong and pages are shorter than asked for", async () => {
    const path = "/cloud/v1/snapshots/1186668/148";
    const honest = await ask(gcore, "GET", path);
    gcore.knobs.countOffBy = 5;
    gcore.knobs.pageCap = 3;
    const { json } = await ask(gcore, "GET", `${path}?limit=10`);
    expect(json.count).toBe(Number(honest.json.count) + 5);
    expect(json.results).toHaveLength(3);
    gcore.knobs.countOffBy = -1000;
    expect((await ask(gcore, "GET", path)).json.count).toBe(0);
  });

  test("the audit log calls a PATCH otherwise, or has no line for it", async () => {
    const actions = async () =>
      results(await ask(gcore, "GET", "/cloud/v1/user_actions")).map((one) => one.action_type);
    await patch(gcore, gcore.ids.plain, { name: "first" });
    gcore.knobs.audit = "update_metadata";
    await patch(gcore, gcore.ids.plain, { name: "second" });
    gcore.knobs.audit = "none";
    await patch(gcore, gcore.ids.plain, { name: "third" });
    expect(await actions()).toEqual(["update_metadata", "update"]);
  });

  test("errors come in the shape of IAM", async () => {
    gcore.knobs.errorShape = "iam";
    const { json } = await patch(gcore, gcore.ids.plain, { name: "!" });
    expect(json).toEqual({ errors: { name: [expect.stringContaining("pattern")] } });
    expect((await patch(gcore, gcore.ids.locked, {})).json).toEqual({
      message: expect.any(String),
    });
  });

  test("errors come with a code", async () => {
    gcore.knobs.errorShape = "code";
    const { json } = await patch(gcore, gcore.ids.locked, {});
    expect(json).toEqual({ code: 409, message: expect.stringContaining("locked") });
  });

  test("errors come as a gateway's page, or as nothing at all", async () => {
    gcore.knobs.errorShape = "html";
    const page = await patch(gcore, gcore.ids.locked, {});
    expect(page.status).toBe(409);
    expect(page.headers.get("content-type")).toBe("text/html");
    expect(page.text).toContain("<h1>409 Conflict</h1>");
    gcore.knobs.errorShape = "empty";
    const nothing = await patch(gcore, gcore.ids.locked, {});
    expect([nothing.status, nothing.text]).toEqual([409, ""]);
    expect(nothing.headers.get("content-type")).toBeNull();
  });

  test("errors come with a traceback that nobody should be shown", async () => {
    gcore.knobs.errorShape = "withTraceback";
    const { json } = await ask(gcore, "PATCH", pathOf(gcore, gcore.ids.locked), { body: {} });
    expect(json.traceback).toContain(tracebackMark);
    expect(json.exception_class).toBe("ConflictError");
  });
});
