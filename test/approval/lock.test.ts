import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Approved } from "../../src/approval/change-request.ts";
import { claim } from "../../src/approval/claim.ts";
import { withdraw } from "../../src/approval/decide.ts";
import { entryFor, releaseEntry } from "../../src/approval/entries.ts";
import {
  giveUp,
  hold,
  isStillHeld,
  lookLater,
  release,
  WAIT_FOR,
} from "../../src/approval/lock.ts";
import { err, ok, type Problem } from "../../src/problem.ts";
import { BEFORE, claimed, HOUR, heldOf, MARIA, NOW, PROBLEMS, withTeam } from "./samples.ts";

const LOCK = { ...PROBLEMS.locked, task: "delete_snapshot", taskId: "task" };
const again = (request: Approved, now: number) => claim(request, "owner-2", now);

describe("A request that meets a lock", () => {
  test("waits, with nobody at work on it and nothing in doubt", () => {
    const held = hold(claimed(), LOCK, NOW + 1);
    expect(held).toMatchObject({ state: "held", lock: LOCK, lockedSince: NOW + 1, sentAt: null });
    for (const gone of ["owner", "claimedAt", "trouble"]) expect(held).not.toHaveProperty(gone);
  });

  test("waits for a day from the first lock on, however many there are, and has failed then", () => {
    const first = heldOf();
    const second = heldOf(again(release(first, NOW + HOUR), NOW + HOUR), NOW + HOUR);
    expect(second.lockedSince).toBe(NOW);
    const third = again(release(second, NOW + WAIT_FOR - 1), NOW + WAIT_FOR);
    expect(hold(third, LOCK, NOW + WAIT_FOR - 1).state).toBe("held");
    expect(hold(third, LOCK, NOW + WAIT_FOR)).toMatchObject({ state: "failed", problem: LOCK });
  });

  test("is looked at every few seconds at first, then each time a tenth of the wait has gone by, at most every five minutes", () => {
    fc.assert(
      fc.property(fc.nat({ max: WAIT_FOR }), (waited) => {
        const { dueAt } = lookLater(heldOf(), NOW + waited);
        const pause = dueAt - (NOW + waited);
        expect(pause).toBeGreaterThanOrEqual(5_000);
        expect(pause).toBeLessThanOrEqual(300_000);
        if (pause > 5_000) expect(pause).toBeLessThanOrEqual(waited / 10);
      }),
    );
  });

  test("goes on from the end of the lock, with all its time for trying, and keeps what was known", () => {
    const { lock: _lock, state: _state, dueAt: _due, attempts: _tries, ...facts } = heldOf();
    expect(release(heldOf(), NOW + HOUR)).toEqual({
      ...facts,
      state: "approved",
      dueAt: NOW + HOUR,
      attempts: 0,
      releasedAt: NOW + HOUR,
    });
  });

  test("can be given up, and says why", () => {
    const problem = PROBLEMS["requester-left"];
    const ended = giveUp(heldOf(), problem, NOW + HOUR);
    expect(ended).toMatchObject({ state: "failed", problem, endedAt: NOW + HOUR });
    expect(ended).not.toHaveProperty("lock");
  });

  test("can be taken back by whoever asked: withdrawn, with who agreed to it and when", () => {
    const ended = withdraw(heldOf(), NOW + HOUR);
    expect(ended).toMatchObject({ state: "withdrawn", decidedAt: NOW, endedAt: NOW + HOUR });
    expect(ended.approvals).toEqual(claimed().approvals);
    for (const gone of ["lock", "dueAt", "attempts", "lockedSince"]) {
      expect(ended).not.toHaveProperty(gone);
    }
  });
});

describe("A look at a locked snapshot", () => {
  const locked = (team = "payments") => ok(withTeam(team, { taskId: "task" }));
  const isHeld = (look: Parameters<typeof isStillHeld>[1], after = 0) =>
    isStillHeld(heldOf(), look, NOW + after);

  test("waits on while the task is at work", () => {
    expect(isHeld(locked())).toBe(true);
    expect(isHeld(locked(), WAIT_FOR - 1)).toBe(true);
  });

  test("does not when the task has ended, when the day is over, and when somebody changed what the change touches", () => {
    expect(isHeld(ok(BEFORE))).toBe(false);
    expect(isHeld(locked(), WAIT_FOR)).toBe(false);
    expect(isHeld(locked("core"))).toBe(false);
  });

  test.each(Object.entries<Problem>(PROBLEMS))(
    "that meets %s waits on only where a later one may tell more",
    (kind, problem) => {
      const passing = ["gcore-busy", "gcore-unavailable", "gcore-unclear"].includes(kind);
      expect(isHeld(err(problem))).toBe(passing);
    },
  );
});

describe("In the ledger", () => {
  test("a lock stands with its task, its end, and the stop of what had been agreed to", () => {
    const held = heldOf();
    expect(entryFor(held, NOW)).toEqual({
      kind: "held",
      at: NOW,
      by: MARIA,
      request: held.id,
      facts: { task: null, since: null, taskId: null },
    });
    expect(releaseEntry(release(held, NOW), NOW)).toMatchObject({ kind: "released" });
    expect(entryFor(withdraw(held, NOW), NOW)).toMatchObject({ kind: "stopped", by: MARIA });
  });
});
