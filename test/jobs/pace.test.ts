import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  afterBusy,
  afterSuccess,
  aheadOf,
  FIRST_PACE,
  type Pace,
  roomFor,
  WIDEST,
} from "../../src/jobs/pace.ts";

const following = (pace: Pace, successes: number): Pace =>
  Array.from({ length: successes }).reduce<Pace>(afterSuccess, pace);

describe("The pace of a plan", () => {
  test("begins with a few and grows by one with each round that goes well, to its widest", () => {
    expect(FIRST_PACE.width).toBe(4);
    expect(following(FIRST_PACE, 3).width).toBe(4);
    expect(following(FIRST_PACE, 4).width).toBe(5);
    expect(following(FIRST_PACE, 4 + 5 + 6 + 7 + 8 + 9).width).toBe(WIDEST);
    expect(following(FIRST_PACE, 10_000).width).toBe(WIDEST);
  });

  test("is halved when Gcore is busy, and rests as long as Gcore asks", () => {
    const slower = afterBusy(following(FIRST_PACE, 100), 1_000, 7_000);
    expect(slower).toEqual({ width: 5, wentWell: 0, restsUntil: 8_000 });
    expect(roomFor(slower, 0, 7_999)).toBe(0);
    expect(roomFor(slower, 2, 8_000)).toBe(3 + aheadOf(5));
    expect(afterBusy(FIRST_PACE, 0, null).restsUntil).toBe(2_000);
    expect(afterBusy(FIRST_PACE, 0, 3_600_000).restsUntil).toBe(60_000);
  });

  test("counts what comes back busy during the rest as the same thing", () => {
    const once = afterBusy(following(FIRST_PACE, 100), 1_000, 5_000);
    const again = afterBusy(once, 1_010, 6_000);
    expect(again).toEqual({ ...once, restsUntil: 7_010 });
    expect(afterBusy(again, 7_010, null).width).toBe(2);
  });

  test("does not rest for longer than the longest rest when the clock is put back", () => {
    const pace = afterBusy(FIRST_PACE, 10_000_000, null);
    expect(roomFor(pace, 0, 10_000_000)).toBe(0);
    expect(roomFor(pace, 0, 10_000_000 - 3_600_000)).toBe(2 + aheadOf(2));
  });

  test("takes half as many ahead as it has under way, and one at least", () => {
    expect([1, 2, 5, WIDEST].map(aheadOf)).toEqual([1, 1, 3, 5]);
  });

  test("whatever comes, never stops for good, and never takes more than its widest and what is ahead of it", () => {
    const step = fc.oneof(
      fc.constant("well" as const),
      fc.record({ at: fc.nat(100_000), retryAfter: fc.option(fc.nat(200_000)) }),
    );
    fc.assert(
      fc.property(fc.array(step), fc.nat(20), (steps, underWay) => {
        const pace = steps.reduce<Pace>(
          (now, one) =>
            one === "well" ? afterSuccess(now) : afterBusy(now, one.at, one.retryAfter),
          FIRST_PACE,
        );
        expect(pace.width).toBeGreaterThanOrEqual(1);
        expect(roomFor(pace, underWay, 0) + underWay).toBeLessThanOrEqual(
          Math.max(WIDEST + aheadOf(WIDEST), underWay),
        );
        expect(roomFor(pace, 0, 200_000)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});
