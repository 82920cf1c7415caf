import { describe, expect, test } from "@jest/globals";
import type { Bulk } from "../../src/approval/bulk.ts";
import type { BulkPreview, Many, Pending } from "../../src/approval/change-request.ts";
import { approve } from "../../src/approval/decide.ts";
import { bulkPreviewView, bulkReviewView } from "../../src/blocks/bulk-views.ts";
import { readTemplate } from "../../src/snapshot/name-template.ts";
import {
  approversNeeded,
  BULK,
  MARIA,
  manyPendingOf,
  previewOf,
  TOM,
  voteOf,
} from "../approval/samples.ts";
import { textOf } from "./text-of.ts";

const sampled = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const { before, plan } = previewOf();
    return { chosen: { n: index + 1, before, plan }, request: undefined };
  });
const previewed = (bulk: Partial<Bulk> = {}, samples = 0, more: Partial<BulkPreview> = {}) =>
  textOf(
    bulkPreviewView(
      "plan-1",
      { ...manyPendingOf(approversNeeded(), { ...BULK, ...bulk }), ...more },
      sampled(samples),
    ).blocks,
  );

describe("A plan for many", () => {
  test.each<readonly [Partial<Bulk>, string]>([
    [{}, "3 to change2 already soIn 1 project and 1 region."],
    [{ left: {} }, "3 to changeIn 1 project"],
    [{ locked: 1 }, "3 to change1 of them waits for a task to end2 already so"],
    [{ locked: 2 }, "3 to change2 of them wait for a task to end2 already so"],
    [{ left: { already: 0, missing: 1_234 } }, "3 to change1,234 not foundIn 1 project"],
  ])("says how many it is about: %j", (bulk, words) => {
    expect(previewed(bulk)).toContain(`How many${words}`);
  });

  test.each([
    ["weekly", "Name: weekly, the same for all of them"],
    ["{volume}-weekly", "Name: {volume}-weekly"],
  ])("says of the name %s whether all get the same one", (text, words) => {
    const name = readTemplate(text);
    if (!name.ok) throw new Error(text);
    const change = { name: name.value, set: [], remove: [], others: "keep" } as const;
    expect(previewed({ aim: { kind: "change", change } })).toContain(
      `What changes in each${words}How many`,
    );
  });

  test("says that all other tags go only where they do", () => {
    const change = { set: [], remove: ["team"], others: "remove" } as const;
    expect(previewed({ aim: { kind: "change", change } })).toContain(
      "Tag team is removedAll other tags are removedHow many",
    );
    const keeping = { ...change, others: "keep" } as const;
    expect(previewed({ aim: { kind: "change", change: keeping } })).toContain(
      "Tag team is removedHow many",
    );
  });

  test("shows the first of them, or all, and no title where there is none to show", () => {
    expect(previewed({}, 2)).toContain("The first 21. nightly");
    expect(previewed({}, 3)).toContain("All of them1. nightly");
    expect(previewed({}, 0)).not.toMatch(/The first|All of them/);
  });

  test("names who approves only where there is something to change", () => {
    expect(previewed()).toContain("Needs one approval");
    expect(previewed({ size: 0 })).not.toContain("Needs one approval");
  });

  test("has no line for a reason that was not given", () => {
    expect(previewed()).toContain("Reason: because");
    expect(previewed({}, 0, { reason: null })).not.toContain("Reason");
  });
});

test("Who reviews a plan for many sees who has approved it before, and what they said", () => {
  const once = approve(manyPendingOf(approversNeeded(2)), voteOf(TOM, 0, "Fine by me."));
  const view = bulkReviewView(once as Pending & Many, MARIA, []);
  expect(textOf(view.blocks)).toContain("Approved by , : Fine by me.Open until: ");
  expect(textOf(bulkReviewView({ ...manyPendingOf(), reason: null }, MARIA, []).blocks)).toContain(
    "Plan abababababab.Each snapshot is looked at once more before it is changed. " +
      "One that somebody has changed meanwhile is left as it is.Needs one approval",
  );
});
