import { describe, expect, test } from "@jest/globals";
import { findingsIn, mendOf } from "../../src/approval/lint.ts";
import type { TagRule } from "../../src/approval/tag-rules.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { snapshotWith, tag } from "../snapshot/samples.ts";

const RULE: TagRule = {
  when: {},
  required: ["environment", "team", "owner", "seal"],
  values: [
    { key: "environment", values: ["prod"] },
    { key: "team", values: ["payments", "search"] },
    { key: "owner", values: ["a*"] },
    { key: "image", values: ["debian"] },
  ],
  protected: ["seal"],
  mostTags: null,
  names: ["nightly*"],
};
const mended = (more: Partial<Snapshot>) =>
  findingsIn([RULE], [snapshotWith(more)]).flatMap(mendOf);

describe("What would mend a snapshot", () => {
  test("is a line for each missing tag, with the value where the rules allow one only", () => {
    expect(mended({ tags: [] })).toEqual([
      { key: "environment", value: "prod" },
      { key: "team", value: "" },
      { key: "owner", value: "" },
    ]);
  });

  test("is a line for each wrong value, but not for a tag that Gcore keeps as it is", () => {
    const right = [tag("owner", "ada"), tag("seal", "x"), tag("team", "search")];
    const wrong = [tag("environment", "qa"), tag("image", "windows", true)];
    expect(mended({ tags: [...right, ...wrong] })).toEqual([{ key: "environment", value: "prod" }]);
  });

  test("is nothing where a name is wrong: people name things", () => {
    const right = [
      tag("environment", "prod"),
      tag("owner", "ada"),
      tag("seal", "x"),
      tag("team", "search"),
    ];
    expect(mended({ tags: right, name: "weekly" })).toEqual([]);
    expect(findingsIn([RULE], [snapshotWith({ tags: right })])).toEqual([]);
  });
});

describe("The findings", () => {
  test("stand in the order in which the snapshots were given", () => {
    const snapshots = ["2", "1", "3"].map((snapshotId) => snapshotWith({ snapshotId }));
    const ids = (some: readonly Snapshot[]) =>
      findingsIn([RULE], some).map(({ snapshot }) => snapshot.snapshotId);
    expect(ids(snapshots)).toEqual(["2", "1", "3"]);
    expect(ids(snapshots.toReversed())).toEqual(["3", "1", "2"]);
  });
});
