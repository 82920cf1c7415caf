import { expect, test } from "@jest/globals";
import { changedMeanwhile } from "../../src/approval/stale.ts";
import { snapshotWith, tag } from "../snapshot/samples.ts";
import { AFTER, BEFORE, previewOf, withTeam } from "./samples.ts";

const { plan } = previewOf();

test("What a change touches is told with what it is now, when somebody else changed it", () => {
  expect(changedMeanwhile(plan, BEFORE)).toEqual([]);
  const row = { field: "tag", key: "team", before: "payments", after: "search" };
  expect(changedMeanwhile(plan, withTeam("core"))).toEqual([{ row, now: "core" }]);
  expect(changedMeanwhile(plan, withTeam(undefined))).toEqual([{ row, now: null }]);
  expect(changedMeanwhile(plan, AFTER)).toEqual([{ row, now: "search" }]);
});

test("A change elsewhere is not in the way of it", () => {
  const tags = [...BEFORE.tags, tag("owner", "ada")];
  expect(changedMeanwhile(plan, { ...BEFORE, name: "renamed", tags })).toEqual([]);
});

test("A tag that came meanwhile is in the way of a change that removes all, whatever they are", () => {
  // Today's rules have no name for such a key, so only Gcore's own "remove all" takes it.
  const legacy = [tag("a=b", "old"), tag("billing", "x", true)];
  const before = snapshotWith({ tags: legacy });
  const clearing = previewOf(before, { set: [], others: "remove" }).plan;
  expect(changedMeanwhile(clearing, before)).toEqual([]);
  expect(changedMeanwhile(clearing, { ...before, tags: [...legacy, tag("owner", "ada")] })).toEqual(
    [{ row: { field: "tag", key: "owner", before: null, after: null }, now: "ada" }],
  );
});
