import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Pending } from "../../src/approval/change-request.ts";
import {
  approvalsNeeded,
  approve,
  ask,
  concernedBy,
  expire,
  findStale,
  isOver,
  lapse,
  nextTimer,
  onTimer,
  reject,
  withdraw,
} from "../../src/approval/decide.ts";
import {
  ANN,
  approversNeeded,
  draftOf,
  HOUR,
  MARIA,
  NOW,
  pendingOf,
  TOM,
  voteOf,
  waitingOf,
} from "./samples.ts";

const END = NOW + 24 * HOUR;

describe("Approvals", () => {
  test("are counted until there are enough: the last one that is needed decides, none before it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 }), (needed) => {
        let request: Pending = waitingOf(needed);
        for (let nth = 1; nth < needed; nth += 1) {
          const next = approve(request, voteOf({ ...TOM, userId: `U${nth}` }, NOW + nth));
          if (next.state !== "pending") throw new Error(`decided by ${nth} of ${needed}`);
          request = next;
        }
        const last = approve(request, voteOf(ANN, NOW + needed, "fine"));
        expect(last).toMatchObject({
          state: "approved",
          decidedAt: NOW + needed,
          dueAt: NOW + needed,
          attempts: 0,
          sentAt: null,
        });
        expect(last.approvals).toHaveLength(needed);
        expect("reminded" in last).toBe(false);
      }),
    );
  });

  test("no longer count when whoever gave them could not give them any more, and are kept apart", () => {
    const others = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 8 });
    fc.assert(
      fc.property(others, fc.func(fc.boolean()), (people, mayStill) => {
        const votes = people.map((nth) => voteOf({ ...TOM, userId: `U${nth}` }, NOW + nth));
        const request: Pending = { ...waitingOf(9), approvals: votes };
        const left = lapse(request, ({ at }) => mayStill(at));
        expect(left.approvals).toEqual(votes.filter(({ at }) => mayStill(at)));
        expect(left.lapsed ?? []).toEqual(votes.filter(({ at }) => !mayStill(at)));
        expect(lapse(left, ({ at }) => mayStill(at))).toEqual(left);
      }),
    );
  });

  test("that lapsed make room for those that count: the rule is met by people who may approve now", () => {
    const once = approve(waitingOf(2), voteOf(TOM)) as Pending;
    const other = approve(
      lapse(once, () => false),
      voteOf(ANN),
    );
    expect(other).toMatchObject({
      state: "pending",
      approvals: [{ by: ANN }],
      lapsed: [{ by: TOM }],
    });
    expect(approve(other as Pending, voteOf(TOM)).state).toBe("approved");
  });

  test("are as many as the rule says, and one where the requester confirms", () => {
    expect(approvalsNeeded(approversNeeded(3))).toBe(3);
    expect(approve(pendingOf(), voteOf()).state).toBe("approved");
  });
});

describe("A request that waits", () => {
  test("has all that was shown, and its time, from the moment it was asked for", () => {
    const draft = draftOf("r", waitingOf());
    const asked = ask(draft, NOW + 5);
    expect(asked).toMatchObject({ id: "r", askedAt: NOW + 5, expiresAt: END + 5, approvals: [] });
    expect("plan" in asked && asked.plan).toBe(draft.preview.plan);
    expect(pendingOf().expiresAt).toBeNull();
  });

  test.each([
    ["rejected", () => reject(waitingOf(), voteOf(TOM, NOW + 9, "no")), NOW + 9],
    ["withdrawn", () => withdraw(waitingOf(), NOW + 9), NOW + 9],
    ["expired", () => expire(waitingOf(), END), END],
    ["conflict", () => findStale(waitingOf(), [], NOW + 9), NOW + 9],
  ] as const)("ends as %s with all that was known, and was never sent", (state, end, at) => {
    const { reminded: _reminded, state: _state, ...known } = waitingOf();
    expect(end()).toMatchObject({ ...known, state, endedAt: at });
    expect("decidedAt" in end()).toBe(false);
  });
});

describe("The clock", () => {
  test("ends a request at its time and not a millisecond before", () => {
    expect(isOver(waitingOf(), END - 1)).toBe(false);
    expect(isOver(waitingOf(), END)).toBe(true);
    expect(isOver(pendingOf(), Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(nextTimer(pendingOf())).toBeNull();
  });

  test("reminds at half and at nine tenths of its life", () => {
    const first = onTimer(waitingOf(), NOW + 12 * HOUR);
    expect(first).toMatchObject({ state: "pending", reminded: 1 });
    expect(nextTimer(first as Pending)).toBe(NOW + 21.6 * HOUR);
  });

  test("whenever it wakes up: at most two reminders, then the end, never the same twice", () => {
    const naps = fc.array(fc.integer({ min: 0, max: 20 * HOUR }), { maxLength: 12 });
    fc.assert(
      fc.property(naps, (sleeps) => {
        let request: Pending = waitingOf();
        let [now, reminders] = [NOW, 0];
        for (const sleep of [...sleeps, 48 * HOUR]) {
          now += sleep;
          const due = nextTimer(request);
          if (due === null || due > now) continue;
          const next = onTimer(request, now);
          if (next.state === "expired") {
            expect(now).toBeGreaterThanOrEqual(END);
            expect(reminders).toBeLessThanOrEqual(2);
            return;
          }
          expect(now).toBeLessThan(END);
          // What was slept through is one reminder, and the timer that is left lies ahead.
          expect(nextTimer(next)).toBeGreaterThan(now);
          reminders += 1;
          request = next;
        }
        throw new Error("it never ended");
      }),
    );
  });
});

test("A step concerns who asked, and while a decision is waited for all who may give it or gave it", () => {
  const once = approve(waitingOf(2), voteOf(TOM, NOW));
  const approvers = [TOM.userId, ANN.userId];
  expect(concernedBy(once, true)).toEqual([MARIA.userId, ...approvers, TOM.userId]);
  expect(concernedBy(once, false)).toEqual([MARIA.userId]);
});
