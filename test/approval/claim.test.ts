import { describe, expect, test } from "@jest/globals";
import { type Applying, hasEnded } from "../../src/approval/change-request.ts";
import {
  claim,
  doubt,
  end,
  holdsUntil,
  LEASE,
  type Outcome,
  postpone,
  SEND_WITHIN,
} from "../../src/approval/claim.ts";
import { AFTER, claimed, IN_EACH_STATE, NOW, PROBLEMS } from "./samples.ts";

describe("An approved request only grows", () => {
  test("by a claim, for one owner and one lease", () => {
    expect(claimed("me")).toMatchObject({
      state: "applying",
      owner: "me",
      claimedAt: NOW,
      dueAt: NOW + LEASE,
      attempts: 1,
      sentAt: null,
    });
  });

  test.each<Outcome>([
    { kind: "applied", snapshot: AFTER, lookedUp: true },
    { kind: "failed", problem: PROBLEMS["no-key"] },
    { kind: "conflict", found: [] },
    { kind: "unknown", problem: PROBLEMS["gcore-unclear"] },
  ])("to its end as $kind, with all that was known and without its owner", (outcome) => {
    const { owner: _owner, claimedAt: _claimedAt, trouble: _trouble, ...facts } = claimed();
    const { kind, ...more } = outcome;
    expect(end(claimed(), outcome, NOW + 3)).toEqual({
      ...facts,
      ...more,
      state: kind,
      endedAt: NOW + 3,
    });
  });

  test("and has ended in exactly eight of its states", () => {
    const ended = Object.values(IN_EACH_STATE).filter(hasEnded);
    expect(ended.map(({ state }) => state).sort()).toEqual([
      "applied",
      "conflict",
      "expired",
      "failed",
      "finished",
      "rejected",
      "unknown",
      "withdrawn",
    ]);
  });
});

describe("A claim that ran out", () => {
  test("may have sent a PATCH: that is remembered, also through a second one", () => {
    const again = claim(claimed("first"), "second", NOW + LEASE);
    expect(again).toMatchObject({ owner: "second", attempts: 2, sentAt: NOW + SEND_WITHIN });
    const third = claim(again, "third", NOW + 2 * LEASE);
    expect(third.sentAt).not.toBeNull();
  });

  test("is told from an attempt that surely sent nothing", () => {
    const postponed = postpone(claimed(), NOW + 5);
    expect(claim(postponed, "second", NOW + 9).sentAt).toBeNull();
  });

  test("keeps the moment of a PATCH that is in doubt", () => {
    const request: Applying = doubt(claimed(), NOW + 7, NOW + 20);
    expect(claim(request, "second", NOW + 30).sentAt).toBe(NOW + 7);
  });
});

describe("Nobody else should change the same snapshot", () => {
  test("while a claim lasts", () => {
    expect(holdsUntil(claimed())).toBe(NOW + SEND_WITHIN + LEASE);
  });

  test("while an unanswered PATCH may still be at work", () => {
    expect(holdsUntil(doubt(claimed(), NOW + 7, NOW + 20))).toBe(NOW + 7 + LEASE);
  });

  test("while a change is tried again after its first claim ran out", () => {
    const again = claim(claimed("first"), "second", NOW + LEASE);
    expect(holdsUntil(again)).toBeGreaterThanOrEqual(again.claimedAt + LEASE);
  });

  test("while a PATCH in doubt is tried again", () => {
    const again = claim(doubt(claimed(), NOW + 7, NOW + 20), "second", NOW + 2 * LEASE);
    expect(holdsUntil(again)).toBeGreaterThanOrEqual(again.claimedAt + LEASE);
  });

  test("but not before and not after", () => {
    for (const request of Object.values(IN_EACH_STATE)) {
      if (request.state !== "applying") expect(holdsUntil(request)).toBe(0);
    }
    expect(holdsUntil(postpone(claimed(), NOW))).toBe(0);
  });
});

describe("Pauses", () => {
  test("grow with the attempts, to five minutes and no further", () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100].map(
      (attempts) => postpone({ ...claimed(), attempts }, NOW).dueAt - NOW,
    );
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBe(2_000);
    expect(pauses.at(-1)).toBe(300_000);
    expect(doubt({ ...claimed(), attempts: 3 }, NOW, NOW).dueAt - NOW).toBe(pauses[2]);
  });

  test("are as long as Gcore asks", () => {
    expect(postpone(claimed(), NOW, 61_000).dueAt).toBe(NOW + 61_000);
  });
});
