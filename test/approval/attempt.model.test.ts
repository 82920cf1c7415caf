import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { afterLook, afterPatch } from "../../src/approval/attempt.ts";
import {
  type Applying,
  type ChangeRequest,
  hasEnded,
  isUnderWay,
} from "../../src/approval/change-request.ts";
import { claim, LEASE, SEND_WITHIN } from "../../src/approval/claim.ts";
import { hold, isStillHeld, release } from "../../src/approval/lock.ts";
import { TIME_LIMITS } from "../../src/gcore/http.ts";
import { err, ok, type Problem } from "../../src/problem.ts";
import { IN_EACH_STATE, NOW, PROBLEMS, withTeam } from "./samples.ts";

/** What one attempt meets. */
interface Attempt {
  /** Milliseconds before it begins. */
  readonly wait: number;
  /** What the look meets; null: the snapshot as it is. */
  readonly look: Problem | null;
  readonly locked: boolean;
  /** Milliseconds from the claim to the PATCH. */
  readonly slow: number;
  /** What becomes of the PATCH; `crash` and `lost` leave it on its way or nowhere. */
  readonly patch: "answered" | "lost" | "crash" | Problem;
  /** Milliseconds after which a PATCH without an answer takes effect; null: it never does. */
  readonly lands: number | null;
  /** The process dies before it sends anything. */
  readonly dies: boolean;
  /** Somebody else changes the same tag before. */
  readonly meddled: boolean;
}

interface Sent {
  readonly at: number;
  readonly landsAt: number | null;
  landed: boolean;
}

const never = fc.constant(null);
const problem = fc.constantFrom<Problem>(
  PROBLEMS["gcore-busy"],
  PROBLEMS["gcore-unavailable"],
  PROBLEMS["gcore-unclear"],
  { kind: "gcore-unavailable", detail: "ETIMEDOUT", maybeDone: true },
  PROBLEMS["key-refused"],
  PROBLEMS.locked,
);
const moment = fc.oneof(
  fc.constantFrom(0, 1, 2_000, LEASE - 1, LEASE, LEASE + 1, 24 * 3_600_000),
  fc.nat({ max: 2 * LEASE }),
);

const attempts = (slow: fc.Arbitrary<number>): fc.Arbitrary<readonly Attempt[]> =>
  fc.array(
    fc.record<Attempt>({
      wait: moment,
      look: fc.oneof({ weight: 4, arbitrary: never }, problem),
      locked: fc.constantFrom(false, false, false, true),
      slow,
      patch: fc.oneof(
        { weight: 1, arbitrary: fc.constant("answered" as const) },
        { weight: 3, arbitrary: fc.constantFrom("lost" as const, "crash" as const) },
        problem,
      ),
      lands: fc.oneof(never, fc.nat({ max: LEASE - 1 })),
      dies: fc.constantFrom(false, false, false, true),
      meddled: fc.constantFrom(false, false, false, false, true),
    }),
    { minLength: 1, maxLength: 10 },
  );

/** Lives through the attempts as the jobs do, with a Gcore that may take its time with a PATCH. */
function live(script: readonly Attempt[]): ChangeRequest {
  let team = "payments";
  let now = NOW;
  let effective = 0;
  const sent: Sent[] = [];
  let stored = IN_EACH_STATE.approved as ChangeRequest;

  const pass = (until: number): void => {
    now = Math.max(now, until);
    const due = sent.filter((one) => !one.landed && one.landsAt !== null && one.landsAt <= now);
    for (const one of due.sort((a, b) => (a.landsAt ?? 0) - (b.landsAt ?? 0))) {
      one.landed = true;
      if (team !== "search") effective += 1;
      team = "search";
    }
  };
  const save = (request: ChangeRequest): void => {
    stored = JSON.parse(JSON.stringify(request)) as ChangeRequest;
  };
  const snapshot = (locked: boolean) => withTeam(team, { taskId: locked ? "task" : null });

  for (const [index, one] of script.entries()) {
    if (hasEnded(stored) || isUnderWay(stored) || stored.state === "pending") break;
    pass(Math.max(now + one.wait, stored.dueAt));
    if (one.meddled && team !== "search") team = "core";
    if (stored.state === "held") {
      const look = one.look === null ? ok(snapshot(one.locked)) : err(one.look);
      if (isStillHeld(stored, look, now)) continue;
      // The promise: while it was held, nothing of it was on its way.
      for (const { at } of sent) expect(now).toBeGreaterThanOrEqual(at + LEASE);
    }
    const due = stored.state === "held" ? release(stored, now) : stored;
    const request: Applying = claim(due, `owner-${index}`, now);
    save(request);
    if (one.dies) continue;
    const step = afterLook(
      request,
      one.look === null ? ok(snapshot(one.locked)) : err(one.look),
      now,
    );
    if (step.kind === "next") {
      save(step.request);
      continue;
    }
    if (step.kind === "locked") {
      save(hold(request, PROBLEMS.locked, now));
      continue;
    }
    pass(now + one.slow);
    // The promise: never while an earlier one may still be at work, never when the change is there.
    for (const { at } of sent) expect(now).toBeGreaterThanOrEqual(at + LEASE);
    if (one.slow === 0) expect(team).toBe("payments");
    const sentAt = now;
    if (one.patch === "answered") {
      if (team !== "search") effective += 1;
      team = "search";
      save(afterPatch(request, ok(snapshot(false)), sentAt, now));
    } else if (one.patch === "lost" || one.patch === "crash") {
      sent.push({
        at: sentAt,
        landsAt: one.lands === null ? null : sentAt + one.lands,
        landed: false,
      });
      if (one.patch === "crash") continue;
      pass(now + TIME_LIMITS.write);
      const lost = { kind: "gcore-unavailable", detail: "ETIMEDOUT", maybeDone: true } as const;
      save(afterPatch(request, err(lost), sentAt, now));
    } else {
      save(afterPatch(request, err(one.patch), sentAt, now));
    }
  }
  expect(effective).toBeLessThanOrEqual(1);
  return stored;
}

describe("However often it is tried, cut off and taken up again", () => {
  test("a change is sent once at a time, and not again when it is there", () => {
    fc.assert(
      fc.property(attempts(fc.constant(0)), (script) => {
        live(script);
      }),
      { numRuns: 1500 },
    );
  });

  test("that holds as well when the time from the claim to the PATCH was long", () => {
    fc.assert(
      fc.property(attempts(fc.nat({ max: SEND_WITHIN })), (script) => {
        live(script);
      }),
      { numRuns: 1500 },
    );
  });

  test("it is said to be applied only when it is, and to have failed only when it is not", () => {
    let applied = 0;
    let others = 0;
    fc.assert(
      fc.property(attempts(fc.constant(0)), (script) => {
        const last = live(script);
        if (last.state === "applied") {
          applied += 1;
          expect(last.snapshot.tags).toContainEqual({
            key: "team",
            value: "search",
            readOnly: false,
          });
        } else if (hasEnded(last)) others += 1;
      }),
      { numRuns: 1000 },
    );
    expect(applied).toBeGreaterThan(50);
    expect(others).toBeGreaterThan(50);
  });
});
