import { describe, expect, test } from "@jest/globals";
import { afterLook, afterPatch, afterProblem } from "../../src/approval/attempt.ts";
import { type Applying, hasEnded } from "../../src/approval/change-request.ts";
import { doubt, LEASE, LOOK_FOR, TRY_FOR } from "../../src/approval/claim.ts";
import { err, ok, type Problem } from "../../src/problem.ts";
import { snapshotWith, tag } from "../snapshot/samples.ts";
import { AFTER, BEFORE, claimed, NOW, PROBLEMS, previewOf, withTeam } from "./samples.ts";

const PASSING = ["gcore-busy", "gcore-unavailable", "gcore-unclear"];
const each = Object.values(PROBLEMS).map((problem): readonly [string, Problem] => [
  problem.kind,
  problem,
]);

const fresh = claimed();
/** A request whose PATCH at NOW had no answer. */
const inDoubt: Applying = doubt(fresh, NOW, NOW);

describe("After a look, when nothing was sent yet", () => {
  test("the change is sent where all is as it was shown", () => {
    expect(afterLook(fresh, ok(BEFORE), NOW)).toEqual({ kind: "patch" });
  });

  test("what somebody else changed elsewhere does not matter", () => {
    const elsewhere = { ...BEFORE, status: "error", description: "new", name: "renamed" };
    const more = { ...elsewhere, tags: [...BEFORE.tags, tag("other", "1")] };
    expect(afterLook(fresh, ok(more), NOW)).toEqual({ kind: "patch" });
  });

  test("what somebody else changed here ends it, with what was found", () => {
    const step = afterLook(fresh, ok(withTeam("core")), NOW + 5);
    expect(step).toMatchObject({
      kind: "next",
      request: {
        state: "conflict",
        endedAt: NOW + 5,
        found: [{ row: { key: "team", before: "payments", after: "search" }, now: "core" }],
      },
    });
    expect(afterLook(fresh, ok(withTeam(undefined)), NOW)).toMatchObject({
      request: { state: "conflict", found: [{ now: null }] },
    });
  });

  test("that somebody else made the same change is no success of ours", () => {
    expect(afterLook(fresh, ok(AFTER), NOW)).toMatchObject({ request: { state: "conflict" } });
  });

  test("a tag that came since and would go with all the others ends it", () => {
    const old = tag("cost center", "1");
    const before = snapshotWith({ tags: [old] });
    const all = claimed("owner", previewOf(before, { set: [], others: "remove" }));
    expect(afterLook(all, ok(before), NOW)).toEqual({ kind: "patch" });
    const now = snapshotWith({ tags: [old, tag("new", "2"), tag("ro", "3", true)] });
    expect(afterLook(all, ok(now), NOW)).toMatchObject({
      request: { state: "conflict", found: [{ row: { key: "new" }, now: "2" }] },
    });
  });

  test("a lock is told with its task, unless there is a conflict anyway", () => {
    const taskId = "90dc1f93-c2cf-438f-b196-f2569c396b6d";
    expect(afterLook(fresh, ok({ ...BEFORE, taskId }), NOW)).toEqual({ kind: "locked", taskId });
    expect(afterLook(fresh, ok(withTeam("core", { taskId })), NOW)).toMatchObject({
      request: { state: "conflict" },
    });
  });
});

describe("After a look, when a PATCH may have been sent", () => {
  test("the change that is there was applied", () => {
    for (const now of [NOW, NOW + LEASE - 1, NOW + LEASE, NOW + 2 * LOOK_FOR]) {
      expect(afterLook(inDoubt, ok(AFTER), now)).toMatchObject({
        kind: "next",
        request: { state: "applied", lookedUp: true, snapshot: AFTER, endedAt: now },
      });
    }
  });

  test("it is not sent again before Gcore can no longer be at work on it", () => {
    for (const now of [NOW, NOW + 1, NOW + LEASE - 1]) {
      const step = afterLook(inDoubt, ok(BEFORE), now);
      expect(step).toMatchObject({ kind: "next", request: { state: "applying", sentAt: NOW } });
    }
    expect(afterLook(inDoubt, ok(BEFORE), NOW + LEASE)).toEqual({ kind: "patch" });
  });

  test("neither the one value nor the other is a conflict", () => {
    expect(afterLook(inDoubt, ok(withTeam("core")), NOW)).toMatchObject({
      request: { state: "conflict", found: [{ now: "core" }] },
    });
  });
});

describe("An answer to the PATCH", () => {
  test("that shows the change ends it as applied", () => {
    expect(afterPatch(fresh, ok(AFTER), NOW, NOW + 9)).toMatchObject({
      state: "applied",
      lookedUp: false,
      snapshot: AFTER,
      endedAt: NOW + 9,
    });
  });

  test("that does not show all of it is no success, and says what is missing", () => {
    const preview = previewOf(BEFORE, { name: "weekly", remove: ["x"] });
    const request = claimed("owner", preview);
    const taken = { ...AFTER, name: BEFORE.name };
    expect(afterPatch(request, ok(taken), NOW, NOW)).toMatchObject({
      state: "failed",
      problem: { kind: "not-all-taken", fields: ["name"] },
    });
    expect(afterPatch(request, ok({ ...BEFORE, name: "weekly" }), NOW, NOW)).toMatchObject({
      problem: { kind: "not-all-taken", fields: ["team"] },
    });
  });

  test.each<readonly [string, Problem]>([
    ["unclear", PROBLEMS["gcore-unclear"]],
    ["lost", { kind: "gcore-unavailable", detail: "ECONNRESET", maybeDone: true }],
  ])("that is %s is looked up, from the moment of this PATCH on", (_what, problem) => {
    for (const request of [fresh, inDoubt]) {
      const next = afterPatch(request, err(problem), NOW + 7, NOW + 9);
      expect(next).toMatchObject({ state: "applying", sentAt: NOW + 7 });
      expect("dueAt" in next && next.dueAt).toBeGreaterThan(NOW + 9);
    }
  });

  test("that never was one waits for another attempt, with nothing in doubt", () => {
    const next = afterPatch(fresh, err(PROBLEMS["gcore-unavailable"]), NOW, NOW + 9);
    expect(next).toMatchObject({ state: "approved", sentAt: null });
    expect(next).not.toHaveProperty("owner");
    expect(next).not.toHaveProperty("claimedAt");
  });

  test("that asks to wait is waited for as long as it says", () => {
    const next = afterPatch(fresh, err(PROBLEMS["gcore-busy"]), NOW, NOW + 9);
    expect(next).toMatchObject({ state: "approved", dueAt: NOW + 9 + 7_000 });
    const silent = afterPatch(fresh, err({ kind: "gcore-busy", retryAfter: null }), NOW, NOW + 9);
    expect(silent).toMatchObject({ state: "approved", dueAt: NOW + 9 + 2_000 });
  });

  test("that a lock keeps out waits for its end, with nothing in doubt", () => {
    for (const request of [fresh, inDoubt]) {
      expect(afterPatch(request, err(PROBLEMS.locked), NOW, NOW + 9)).toMatchObject({
        state: "held",
        lock: PROBLEMS.locked,
        sentAt: null,
      });
    }
  });

  test.each(each.filter(([kind]) => !PASSING.includes(kind) && kind !== "locked"))(
    "of %s ends it as failed",
    (_kind, problem) => {
      expect(afterPatch(fresh, err(problem), NOW, NOW + 9)).toMatchObject({
        state: "failed",
        problem,
        endedAt: NOW + 9,
      });
    },
  );
});

describe("A problem on the way", () => {
  test.each(each)("%s: waited out or not, by its kind", (kind, problem) => {
    const early = afterProblem(fresh, problem, NOW + TRY_FOR / 2);
    const waits = kind === "locked" ? "held" : "failed";
    expect(early.state).toBe(PASSING.includes(kind) ? "approved" : waits);
    const late = afterProblem(fresh, problem, NOW + TRY_FOR);
    expect(late).toMatchObject(
      kind === "locked" ? { state: "held" } : { state: "failed", problem, endedAt: NOW + TRY_FOR },
    );
  });

  test("that passes is waited out as long after the end of a lock as after the decision", () => {
    const released = { ...fresh, releasedAt: NOW + LOOK_FOR };
    for (const [from, request] of [
      [NOW, fresh],
      [NOW + LOOK_FOR, released],
    ] as const) {
      const at = (ms: number) =>
        afterProblem(request, PROBLEMS["gcore-unavailable"], from + ms).state;
      expect([at(TRY_FOR - 10_000), at(TRY_FOR)]).toEqual(["approved", "failed"]);
    }
  });

  test.each(each)("%s: with a PATCH in doubt it never ends as failed", (kind, problem) => {
    const early = afterProblem(inDoubt, problem, NOW + LOOK_FOR - 1);
    // Another key may tell tomorrow; a snapshot that is gone never will.
    expect(early.state).toBe(kind === "snapshot-not-found" ? "unknown" : "applying");
    if (early.state === "applying") expect(early).toMatchObject({ sentAt: NOW, trouble: problem });
    const late = afterProblem(inDoubt, problem, NOW + LOOK_FOR);
    expect(late).toMatchObject({ state: "unknown", problem, endedAt: NOW + LOOK_FOR });
  });

  test.each(each)("%s: a look that meets it says the same", (_kind, problem) => {
    for (const request of [fresh, inDoubt]) {
      expect(afterLook(request, err(problem), NOW + 1)).toEqual({
        kind: "next",
        request: afterProblem(request, problem, NOW + 1),
      });
    }
  });

  test("whatever becomes of a request, the facts of before are still there", () => {
    const { owner: _o, claimedAt: _c, trouble: _t, state: _s, dueAt: _d, ...facts } = fresh;
    for (const [, problem] of each) {
      for (const now of [NOW, NOW + LOOK_FOR]) {
        const next = afterProblem(fresh, problem, now);
        expect(next).toMatchObject(facts);
        if (hasEnded(next)) expect(next).not.toHaveProperty("owner");
      }
    }
  });
});
