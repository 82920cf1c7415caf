import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { searchSnapshots } from "../../src/snapshot/search.ts";
import { anySnapshot, anyText } from "./arbitraries.ts";
import { snapshotWith, tag } from "./samples.ts";

const ids = ["a", "b", "c", "d"].map((one) => `${one.repeat(8)}-0000-4000-8000-000000000000`);
const DAY = 86_400_000;
const all = [
  snapshotWith({ snapshotId: ids[0] ?? "", name: "weekly", createdAt: 1 * DAY, tags: [] }),
  snapshotWith({
    snapshotId: ids[1] ?? "",
    name: "nightly-db",
    createdAt: 3 * DAY,
    tags: [tag("volume_name", "db-primary"), tag("Environment", "Prod")],
  }),
  snapshotWith({
    snapshotId: ids[2] ?? "",
    name: "DB-copy",
    createdAt: 2 * DAY,
    volumeId: "11111111-0000-4000-8000-000000000000",
    tags: [tag("environment", "staging"), tag("owner", "Ada Lovelace")],
  }),
];
const found = (typed: string) => searchSnapshots(all, typed).map(({ name }) => name);

describe("What somebody types finds snapshots", () => {
  test.each([
    ["nothing: the youngest first", "", ["nightly-db", "DB-copy", "weekly"]],
    ["the beginning of a name before the middle of one", "db", ["DB-copy", "nightly-db"]],
    ["a whole id", ids[0] ?? "", ["weekly"]],
    ["the beginning of an id", "cccc", ["DB-copy"]],
    ["the volume's name", "primary", ["nightly-db"]],
    ["the volume's id", "11111111", ["DB-copy"]],
    ["a tag", "environment=prod", ["nightly-db"]],
    ["the beginning of a tag's value", "ENVIRONMENT=s", ["DB-copy"]],
    ["any value of the tag", "environment=", ["nightly-db", "DB-copy"]],
    ["a tag's value alone", "lovelace", ["DB-copy"]],
    ["several words, all of which must fit", "db environment=prod", ["nightly-db"]],
    ["what is nowhere", "nowhere", []],
  ])("by %s", (_what, typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });

  test("each at most once, and none that was not there, whatever is typed", () => {
    fc.assert(
      fc.property(fc.array(anySnapshot, { maxLength: 5 }), anyText, (snapshots, typed) => {
        const result = searchSnapshots(snapshots, typed);
        expect(new Set(result).size).toBe(result.length);
        for (const snapshot of result) expect(snapshots).toContain(snapshot);
        if (typed.trim() === "") expect(result).toHaveLength(snapshots.length);
      }),
    );
  });

  test("by its whole name and by its id, whatever they are", () => {
    fc.assert(
      fc.property(anySnapshot, (snapshot) => {
        expect(searchSnapshots([snapshot], snapshot.name)).toEqual([snapshot]);
        expect(searchSnapshots([snapshot], snapshot.snapshotId)).toEqual([snapshot]);
      }),
    );
  });
});
