import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { apply } from "json-merge-patch";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { tag } from "../../../playground/gcore/model.ts";
import { get, patch, tagsOf } from "./ask.ts";

const clock = new MovableClock();
let gcore: LocalGcore;
let id: string;

beforeAll(async () => {
  gcore = await startGcore({ clock });
});
beforeEach(() => {
  id = gcore.add({
    name: "vector",
    tags: [
      tag("environment", "prod"),
      tag("team", "a"),
      tag("bootable", "False"),
      tag("volume_name", "v"),
      tag("image_id", "i", true),
    ],
  }).id;
});
afterAll(() => gcore.stop());

const BEFORE = {
  environment: "prod",
  team: "a",
  bootable: "False",
  volume_name: "v",
  image_id: "i",
};

const tagsAfter = async (tags: unknown): Promise<object> =>
  Object.fromEntries(tagsOf(await patch(gcore, id, { tags })));

describe("A patch of tags", () => {
  test("sets a tag and leaves the ones it does not name", async () => {
    expect(await tagsAfter({ environment: "staging" })).toEqual({
      ...BEFORE,
      environment: "staging",
    });
  });

  test("that takes away a tag which is not there changes nothing", async () => {
    expect(await tagsAfter({ old_tag: null })).toEqual(BEFORE);
    expect(gcore.effectiveChanges(id)).toBe(0);
  });

  test("of null takes away all but the read-only ones, and so the two system tags", async () => {
    expect(await tagsAfter(null)).toEqual({ image_id: "i" });
  });

  test("of null may also keep the system tags", async () => {
    gcore.knobs.tagsNullRemovesSystem = false;
    const kept = await tagsAfter(null);
    gcore.knobs.tagsNullRemovesSystem = true;
    expect(kept).toEqual({ bootable: "False", volume_name: "v", image_id: "i" });
  });

  test("sets, adds and takes away in one go", async () => {
    const tags = { environment: "production", cost_center: "engineering", team: null };
    expect(await tagsAfter(tags)).toEqual({
      environment: "production",
      cost_center: "engineering",
      bootable: "False",
      volume_name: "v",
      image_id: "i",
    });
  });

  test("leaves a read-only tag as it is, whether it is to be set or taken away", async () => {
    expect(await tagsAfter({ image_id: "x", team: "b" })).toEqual({ ...BEFORE, team: "b" });
    expect(await tagsAfter({ image_id: null })).toEqual({ ...BEFORE, team: "b" });
  });

  test.each([400, 403] as const)(
    "that names a read-only tag may be refused with %s",
    async (status) => {
      gcore.knobs.readOnlyPatch = status;
      const refused = await patch(gcore, id, { tags: { image_id: "x", team: "b" } });
      gcore.knobs.readOnlyPatch = "ignore";
      expect(refused.status).toBe(status);
      expect(refused.json.message).toBe(
        status === 400 ? "Invalid parameter in request" : "Attempting to access reserved field",
      );
      expect(Object.fromEntries(gcore.tags(id))).toEqual(BEFORE);
    },
  );

  test("that is empty changes nothing", async () => {
    expect(await tagsAfter({})).toEqual(BEFORE);
    expect((await patch(gcore, id, {})).status).toBe(200);
    expect(gcore.effectiveChanges(id)).toBe(0);
  });

  test("can take away the system tags one by one", async () => {
    expect(await tagsAfter({ bootable: null, volume_name: null })).toEqual({
      environment: "prod",
      team: "a",
      image_id: "i",
    });
  });

  test("answers the whole snapshot with its tags as a list", async () => {
    const { json } = await patch(gcore, id, { name: "renamed", tags: { team: null, z: "1" } });
    expect(json).toMatchObject({
      id,
      name: "renamed",
      tags: [
        { key: "environment", value: "prod", read_only: false },
        { key: "bootable", value: "False", read_only: false },
        { key: "volume_name", value: "v", read_only: false },
        { key: "image_id", value: "i", read_only: true },
        { key: "z", value: "1", read_only: false },
      ],
    });
    expect((await get(gcore, id)).json).toEqual(json);
  });

  test("moves updated_at when it changes something, and only then", async () => {
    const { updated_at } = gcore.snapshot(id);
    clock.advance(60_000);
    await patch(gcore, id, { name: "vector", tags: { team: "a", none: null } });
    expect(gcore.snapshot(id).updated_at).toBe(updated_at);
    await patch(gcore, id, { tags: { team: "b" } });
    expect(gcore.snapshot(id).updated_at).toBeGreaterThanOrEqual((updated_at ?? 0) + 60_000);
  });

  test("counts as a change once, however often it is sent", async () => {
    for (let i = 0; i < 3; i += 1) await patch(gcore, id, { tags: { team: "b" } });
    expect(gcore.effectiveChanges(id)).toBe(1);
    expect(gcore.journal.patches(id).map((entry) => entry.effective)).toEqual([true, false, false]);
  });

  test("cannot take away, one by one, a key that today's rules refuse; null can", async () => {
    const { legacyKey } = gcore.ids;
    expect((await patch(gcore, legacyKey, { tags: { "cost center": null } })).status).toBe(400);
    expect((await patch(gcore, legacyKey, { tags: { "a=b": null } })).status).toBe(400);
    expect(tagsOf(await patch(gcore, legacyKey, { tags: null })).size).toBe(0);
  });
});

describe("Compared with json-merge-patch", () => {
  // The package stops at these keys, and keys like toString it finds on every object.
  const avoided = ["__proto__", "constructor", "prototype", ...Object.keys(BEFORE)];
  const key = fc
    .oneof(fc.constantFrom("a", "b", "c", "d"), fc.stringMatching(/^[a-z.:/é😀]{1,8}$/u))
    .filter((text) => !avoided.includes(text) && !(text in Object.prototype));
  const value = fc.stringMatching(/^[a-z0-9=]([a-z 0-9=]{0,6}[a-z0-9=])?$/);
  const tags = fc.dictionary(key, value, { noNullPrototype: true, maxKeys: 6 });
  const patches = fc.dictionary(key, fc.option(value), { noNullPrototype: true, maxKeys: 6 });

  test("our PATCH gives the same tags", async () => {
    await fc.assert(
      fc.asyncProperty(tags, patches, async (before, change) => {
        const { id: made } = gcore.add({ tags: before });
        const answered = await patch(gcore, made, { tags: change });
        const expected = apply({ ...before }, structuredClone(change)) as object;
        expect(Object.fromEntries(tagsOf(answered))).toEqual(expected);
        gcore.remove(made);
      }),
      { numRuns: 200 },
    );
  });

  test("a PATCH and its inverse give back what was there", async () => {
    await fc.assert(
      fc.asyncProperty(tags, patches, async (before, change) => {
        const { id: made } = gcore.add({ tags: before });
        const inverse = Object.fromEntries(
          Object.keys(change).map((name) => [name, before[name] ?? null]),
        );
        await patch(gcore, made, { tags: change });
        const answered = await patch(gcore, made, { tags: inverse });
        expect(Object.fromEntries(tagsOf(answered))).toEqual(before);
        gcore.remove(made);
      }),
      { numRuns: 100 },
    );
  });
});
