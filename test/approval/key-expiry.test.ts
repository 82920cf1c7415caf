import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { expiryNotice, warningDue } from "../../src/approval/key-expiry.ts";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { noticeId } from "../../src/approval/notice.ts";
import { HOUR, MARIA, NOW } from "./samples.ts";

const DAY = 24 * HOUR;
const scope = (expiry: KeyScope["expiry"], learntAt = NOW - 90 * DAY): KeyScope => ({
  tokenId: "42",
  tokenName: null,
  accountId: 1,
  accountName: null,
  tokenRole: null,
  expiry,
  cloudRoles: null,
  projects: null,
  learntAt,
});
const at = (left: number, learntAt?: number) =>
  warningDue(scope({ at: NOW + left }, learntAt), NOW);

describe("the warning that a key expires", () => {
  test.each([
    [7 * DAY + 1, undefined],
    [7 * DAY, "week"],
    [DAY + 1, "week"],
    [DAY, "day"],
    [HOUR + 1, "day"],
    [HOUR, "hour"],
    [1, "hour"],
    [0, undefined],
    [-DAY, undefined],
  ])("with %d ms left is the one of the %s", (left, which) => {
    expect(at(left)).toBe(which);
  });

  test("is left out when the key was connected after its time", () => {
    expect(at(3 * DAY, NOW - HOUR)).toBeUndefined();
    expect(at(DAY, NOW - HOUR)).toBe("day");
    expect(at(10, NOW)).toBeUndefined();
  });

  test("is never said of a key that has no end, or none that is known", () => {
    expect(warningDue(scope("never"), NOW)).toBeUndefined();
    expect(warningDue(scope("unknown"), NOW)).toBeUndefined();
  });

  test("is at most three different ones, whenever one looks", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 * DAY })), (times) => {
        const key = scope({ at: NOW + 20 * DAY }, NOW);
        const notices = times.flatMap((time) => expiryNotice(MARIA, key, NOW + time) ?? []);
        expect(new Set(notices.map(noticeId)).size).toBeLessThanOrEqual(3);
        expect(new Set(notices.map(({ left }) => left)).size).toBe(
          new Set(notices.map(noticeId)).size,
        );
      }),
    );
  });
});
