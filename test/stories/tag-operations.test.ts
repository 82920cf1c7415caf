import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { apply, change, commandFor, fill, open, review } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

/** Tags that no operation may lose. */
const OWN = {
  bootable: "False",
  volume_name: "db-primary",
  image_id: "2c2fdc2e-6c8f-42bf-a3cc-7c8f0e34dcbc",
};

describe("each operation of the tag merge patch", () => {
  test.each([
    ["adds a tag", "owner=ada", { owner: "ada" }],
    ["updates a tag", "environment=staging", { environment: "staging" }],
    ["deletes a tag", "-team", { team: null }],
    [
      "changes only what is named",
      "environment=staging -team",
      { environment: "staging", team: null },
    ],
    [
      "adds, updates and deletes at once",
      "owner=ada environment=staging -team",
      { owner: "ada", environment: "staging", team: null },
    ],
    ["removes all tags", "--clear-tags", { environment: null, team: null, cost_center: null }],
    [
      "replaces all tags",
      "--replace-tags owner=ada team=payments",
      { environment: null, cost_center: null, owner: "ada" },
    ],
    ["renames", '--name "db 2"', undefined],
  ])("%s", async (_what, rest, tags) => {
    const { ada, gcore } = bed;
    const id = gcore.ids.plain;
    const before = Object.fromEntries(gcore.tags(id));
    await change(bed, ada, commandFor(id, rest));
    const [patch] = gcore.journal.patches();
    expect(patch?.body).toEqual(tags === undefined ? { name: "db 2" } : { tags });
    const expected = Object.entries({ ...before, ...tags }).filter(([, value]) => value !== null);
    expect(Object.fromEntries(gcore.tags(id))).toEqual(Object.fromEntries(expected));
    expect(Object.fromEntries(gcore.tags(id))).toMatchObject(OWN);
  });

  test("takes each of them from the form too", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain));
    fill(ada, { "Set tags": "a = 1\n\n  b=x = y  \n" });
    await ada.choose("Other tags", "Remove all tags that are not set above");
    await review(bed, ada);
    await apply(bed, ada);
    expect(Object.fromEntries(gcore.tags(gcore.ids.plain))).toEqual({ ...OWN, a: "1", b: "x = y" });
  });
});

describe("any legal key works", () => {
  test.each([
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "a.b/c:d",
    "é😀",
    "-dash",
    "—dash",
  ])("%s can be set and removed", async (key) => {
    const { ada, gcore } = bed;
    const id = gcore.ids.untagged;
    await change(bed, ada, commandFor(id, `"${key}"=yes other=1`));
    expect(gcore.tags(id).get(key)).toBe("yes");
    await ada.close();
    await change(bed, ada, commandFor(id, `-"${key}"`));
    expect(gcore.tags(id).has(key)).toBe(false);
    expect(gcore.tags(id).get("other")).toBe("1");
  });

  test("tags named like JavaScript's own members are removed with all others", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.protoKeys;
    await change(bed, ada, commandFor(id, "--clear-tags"));
    expect([...gcore.tags(id).keys()].sort()).toEqual(["bootable", "volume_name"]);
  });
});

describe("old tags that today's rules refuse", () => {
  test("stay when all are removed while Gcore's own tags would go with them, and it is said", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.legacyKey;
    const old = [...gcore.tags(id).keys()].filter((key) => /[\s=]/.test(key));
    await open(bed, ada, commandFor(id, "--clear-tags"));
    const preview = await review(bed, ada);
    for (const key of old) expect(preview).toContain(`The tag ${key} stays`);
    await apply(bed, ada);
    expect([...gcore.tags(id).keys()].sort()).toEqual(["bootable", "volume_name", ...old].sort());
  });

  test("go with Gcore's own “remove all” when there is nothing to protect", async () => {
    const { ada, gcore } = bed;
    const id = gcore.ids.legacyKey;
    gcore.update(id, (draft) => {
      draft.tags = draft.tags.filter(({ key }) => key !== "bootable" && key !== "volume_name");
    });
    await change(bed, ada, commandFor(id, "--clear-tags"));
    expect(gcore.journal.patches()[0]?.body).toEqual({ tags: null });
    expect(gcore.tags(id).size).toBe(0);
  });
});

describe("what cannot be taken back is said before", () => {
  test("an automatic name that is too long for today's rules", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.policyMade, "--name short"));
    const preview = await review(bed, ada);
    expect(preview).toContain("No way back: today's rules refuse the old name");
    expect(preview).toContain("A name has 3 to 63 characters");
  });

  test("an old value that is too long for today's rules", async () => {
    const { ada, gcore } = bed;
    const [key] =
      [...gcore.tags(gcore.ids.longValue)].find(([, value]) => value.length > 255) ?? [];
    await open(bed, ada, commandFor(gcore.ids.longValue, `${key}=short`));
    const preview = await review(bed, ada);
    expect(preview).toContain(`No way back: today's rules refuse the old tag ${key}`);
    await apply(bed, ada);
    expect(gcore.tags(gcore.ids.longValue).get(key ?? "")).toBe("short");
  });
});
