import { describe, expect, test } from "@jest/globals";
import { endedOf, leftKind, overLimit } from "../../src/approval/bulk.ts";
import { PROBLEMS } from "./samples.ts";

describe("A plan of many", () => {
  const limits = { most: 1_000, mostPerPerson: 1_500 };

  test("may have as many as the policy says, and not one more", () => {
    expect(overLimit(limits, 0, 1_000)).toBeUndefined();
    expect(overLimit(limits, 0, 1_001)).toEqual({
      ...{ kind: "bulk-too-many", chosen: 1_001, most: 1_000 },
    });
  });

  test("may bring a person's open ones to as many as the policy says, and not one more", () => {
    expect(overLimit(limits, 600, 900)).toBeUndefined();
    expect(overLimit(limits, 600, 901)).toEqual({
      ...{ kind: "bulk-too-many-yours", open: 600, more: 901, most: 1_500 },
    });
  });

  test.each([
    ["already", "already"],
    ["policy-denies", "rule"],
    ["policy-silent", "rule"],
    ["tag-rules-broken", "rule"],
    ["key-read-only", "key"],
    ["key-other-project", "key"],
    ["not-permitted", "key"],
    ["snapshot-not-found", "missing"],
    ["tag-read-only", "unfit"],
    ["change-refused", "unfit"],
  ] as const)("counts what it leaves because of %s as %s", (kind, expected) => {
    expect(leftKind(kind === "already" ? { kind } : PROBLEMS[kind])).toBe(expected);
  });

  test("counts as ended what was applied, failed, in conflict, unknown or stopped", () => {
    const counts = { applied: 1, failed: 20, conflict: 300, unknown: 4_000, stopped: 50_000 };
    expect(endedOf({ ...counts, held: 7, underWay: 8, waiting: 9 })).toBe(54_321);
  });
});
