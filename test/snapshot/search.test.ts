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
    ["a tag of another key", "owner=prod", []],
    ["a value that begins with =", "=prod", []],
    ["the middle of a tag's value, where the key is named", "owner=lovelace", []],
    ["words with any white space around them", " \t db   primary ", ["nightly-db"]],
    ["what is nowhere", "nowhere", []],
  ])("by %s", (_what, typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });

  test("the very name and the very id before what only begins with it", () => {
    const named = ["db-1", "DB", "db-2"].map((name, nth) =>
      snapshotWith({ snapshotId: ids[nth] ?? "", name, createdAt: nth }),
    );
    const order = (typed: string) => searchSnapshots(named, typed).map(({ name }) => name);
    expect(order("db")).toEqual(["DB", "db-2", "db-1"]);
    const other = snapshotWith({ snapshotId: ids[3] ?? "", name: `${ids[0]}-old`, createdAt: 9 });
    expect(searchSnapshots([other, ...named], ids[0] ?? "").map(({ name }) => name)).toEqual([
      "db-1",
      other.name,
    ]);
  });

  test("of the same moment in the order of their ids", () => {
    const same = [2, 0, 1].map((nth) => snapshotWith({ snapshotId: ids[nth] ?? "" }));
    const found = searchSnapshots(same, "").map(({ snapshotId }) => snapshotId);
    expect(found).toEqual(ids.slice(0, 3));
    expect(searchSnapshots(same.toReversed(), "").map(({ snapshotId }) => snapshotId)).toEqual(
      found,
    );
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
