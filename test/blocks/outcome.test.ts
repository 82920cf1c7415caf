import { describe, expect, test } from "@jest/globals";
import type { Counts } from "../../src/approval/bulk.ts";
import { finish } from "../../src/approval/bulk-run.ts";
import { doubt } from "../../src/approval/claim.ts";
import { outcomeLine } from "../../src/blocks/outcome.ts";
import { plainOf } from "../../src/blocks/phrase.ts";
import type { Problem } from "../../src/problem.ts";
import { BULK, COUNTS, claimed, MARIA, NOW, PROBLEMS, runningOf } from "../approval/samples.ts";

describe("How a change of many came out is told", () => {
  test.each<readonly [number, Partial<Counts>, string]>([
    [3, { applied: 3, failed: 0, stopped: 0 }, "Done. All 3 snapshots are changed."],
    [1, { applied: 1, failed: 0, stopped: 0 }, "Done. The 1 snapshot is changed."],
    [3, { applied: 2, stopped: 0 }, "Done in part. 2 of 3 snapshots are changed."],
    [3, { applied: 1, failed: 2, stopped: 0 }, "Done in part. 1 of 3 snapshots is changed."],
    [1, { applied: 0, failed: 1, stopped: 0 }, "Not done. 0 of 1 snapshot is changed."],
    [3, { applied: 0, failed: 3, stopped: 0 }, "Not done. 0 of 3 snapshots are changed."],
  ])("of %d: %j", (size, counts, words) => {
    const over = finish(runningOf({ ...BULK, size }), { ...COUNTS, ...counts }, NOW);
    expect(plainOf(outcomeLine(over))).toBe(words);
  });
});

describe("While the outcome is not known", () => {
  const inDoubt = (trouble?: Problem): string =>
    plainOf(outcomeLine(doubt(claimed(), NOW, NOW, trouble), true));

  test.each<Problem>([
    PROBLEMS["gcore-busy"],
    PROBLEMS["gcore-unavailable"],
    PROBLEMS["gcore-unclear"],
    PROBLEMS["not-all-taken"],
  ])("the bot looks on as long as that passes by itself: $kind", (trouble) => {
    expect(inDoubt(trouble)).toBe(inDoubt());
    expect(inDoubt(trouble)).toMatch(/I am looking it up and say what I find\.$/);
  });

  test("the requester reads what is wrong with their key, and others that it is the key", () => {
    const request = doubt(claimed(), NOW, NOW, PROBLEMS["key-refused"]);
    expect(plainOf(outcomeLine(request, true))).toContain(
      "I cannot look it up now: Gcore does not accept your API key.",
    );
    expect(plainOf(outcomeLine(request))).toContain(
      `I cannot look it up now: the API key of ${MARIA.userId} cannot be used for this.`,
    );
  });
});
