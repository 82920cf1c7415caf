import { describe, expect, test } from "@jest/globals";
import { pause, resume, stop } from "../../src/approval/bulk-run.ts";
import type { ChangeRequest } from "../../src/approval/change-request.ts";
import { doubt, postpone } from "../../src/approval/claim.ts";
import { approve, withdraw } from "../../src/approval/decide.ts";
import {
  doubtEntry,
  entryFor,
  refusal,
  releaseEntry,
  reminderEntry,
} from "../../src/approval/entries.ts";
import { release } from "../../src/approval/lock.ts";
import {
  AFTER,
  approvedOf,
  BEFORE,
  BULK,
  COUNTS,
  claimed,
  heldOf,
  IN_EACH_STATE,
  MARIA,
  manyPendingOf,
  NOW,
  PROBLEMS,
  previewOf,
  runningOf,
  TOM,
  voteOf,
  waitingOf,
} from "./samples.ts";

const { projectId, regionId, snapshotId } = BEFORE;
const { rows } = previewOf().plan;
const OF_MARIA = voteOf();
const RULE = "requester confirms";
const stopped = { counts: COUNTS, stoppedBy: TOM };

describe("The ledger's entry for a request that has come to be", () => {
  test.each<readonly [ChangeRequest["state"], object]>([
    [
      "pending",
      {
        kind: "requested",
        facts: {
          ...{ ref: { projectId, regionId, snapshotId }, rows },
          ...{ reason: "because", rule: RULE, undoes: null },
        },
      },
    ],
    ["approved", { kind: "approved", facts: { rule: RULE, approvals: [OF_MARIA] } }],
    ["applying", { kind: "attempted", facts: { attempt: 1 } }],
    ["held", { kind: "held", facts: { task: null, since: null, taskId: null } }],
    [
      "applied",
      { kind: "applied", facts: { lookedUp: false, name: AFTER.name, tags: AFTER.tags } },
    ],
    ["failed", { kind: "failed", facts: { problem: PROBLEMS["key-refused"] } }],
    ["conflict", { kind: "conflict", facts: { found: [] } }],
    ["unknown", { kind: "unknown", facts: { problem: PROBLEMS["gcore-unclear"] } }],
    ["rejected", { kind: "rejected", by: TOM, facts: { comment: "not today" } }],
    ["withdrawn", { kind: "withdrawn" }],
    ["expired", { kind: "expired" }],
    [
      "running",
      { kind: "approved", facts: { rule: RULE, approvals: [OF_MARIA], hash: BULK.hash } },
    ],
    ["paused", { kind: "paused" }],
    ["stopping", { kind: "stopping", by: TOM }],
    ["finished", { kind: "finished", facts: stopped }],
  ])("%s says who, of what, and all that is known", (state, entry) => {
    const request = IN_EACH_STATE[state];
    expect(entryFor(request, NOW + 5)).toEqual({
      ...{ at: NOW + 5, by: MARIA, request: request.id },
      ...entry,
    });
  });

  test("asked for, of many, holds what is said of them all, and of an undo, what it takes back", () => {
    expect(entryFor(manyPendingOf(), NOW).facts).toMatchObject({ bulk: BULK });
    const undo = { ...IN_EACH_STATE.pending, undoes: "request-0" };
    expect(entryFor(undo, NOW).facts).toMatchObject({ undoes: "request-0" });
  });

  test("approved once of two times is whose approval it is, and which others no longer count", () => {
    const lapsed = [voteOf(MARIA)];
    const once = { ...approve(waitingOf(2), voteOf(TOM, NOW, "fine")), lapsed };
    expect(entryFor(once, NOW)).toEqual({
      ...{ at: NOW, by: TOM, request: once.id, kind: "approval" },
      facts: { comment: "fine", lapsed },
    });
    const whole = { ...approve(waitingOf(), voteOf(TOM)), lapsed };
    expect(entryFor(whole, NOW)).toMatchObject({ kind: "approved", by: TOM, facts: { lapsed } });
    expect(entryFor({ ...approvedOf(), approvals: [] }, NOW).by).toEqual(MARIA);
    const run = { ...runningOf(), approvals: [voteOf(TOM)], lapsed };
    expect(entryFor(run, NOW)).toMatchObject({ kind: "approved", by: TOM, facts: { lapsed } });
    expect(entryFor({ ...runningOf(), approvals: [] }, NOW).by).toEqual(MARIA);
  });

  test("put off counts the attempts, and of an item only the first one says what is sent", () => {
    const later = postpone(claimed(), NOW);
    expect(entryFor(later, NOW)).toMatchObject({ kind: "postponed", facts: { attempts: 1 } });
    const item = { id: "plan-1", n: 7, begunAt: NOW };
    const [first, second] = [1, 2].map((attempts) => ({ ...claimed(), attempts, item }));
    expect([first, second].map((one) => one && entryFor(one, NOW).facts)).toEqual([
      { attempt: 1, plan: "plan-1", n: 7, ref: { projectId, regionId, snapshotId }, rows },
      { attempt: 2 },
    ]);
  });

  test("stopped is not withdrawn: it had been agreed to", () => {
    expect(entryFor(withdraw(heldOf(), NOW), NOW).kind).toBe("stopped");
  });

  test("paused says why when nobody did it, and going on says who wanted that", () => {
    const because = PROBLEMS["key-expired"];
    const paused = { ...pause(runningOf(), MARIA, NOW), because };
    expect(entryFor(paused, NOW).facts).toEqual({ problem: because });
    expect(entryFor(resume(paused, TOM, NOW), NOW)).toEqual({
      ...{ at: NOW, by: TOM, request: "plan-1", kind: "resumed" },
    });
    expect(entryFor(stop(paused, TOM, NOW), NOW)).not.toHaveProperty("facts");
  });
});

describe("The ledger has an entry, too, for", () => {
  const base = { at: NOW, by: MARIA, request: "request-1" };

  test("a look that did not tell the outcome, with why not", () => {
    const problem = PROBLEMS["gcore-unclear"];
    const looking = doubt(claimed(), NOW, NOW, problem);
    expect(doubtEntry(looking, NOW)).toEqual({
      ...{ ...base, kind: "in doubt" },
      facts: { attempt: 1, problem },
    });
  });

  test("a lock that is gone, and a reminder", () => {
    expect(releaseEntry(release(heldOf(), NOW), NOW)).toEqual({ ...base, kind: "released" });
    const waiting = waitingOf();
    expect(reminderEntry(waiting, NOW)).toEqual({
      ...{ ...base, kind: "reminded" },
      facts: { expiresAt: waiting.expiresAt },
    });
  });

  test("what was refused: the problem, what was asked for, and of which request", () => {
    const problem = PROBLEMS["policy-silent"];
    expect(refusal(TOM, problem, NOW)).toEqual({
      ...{ kind: "refused", at: NOW, by: TOM },
      facts: { problem },
    });
    expect(refusal(TOM, problem, NOW, { reason: "x" }, "request-1")).toEqual({
      ...{ kind: "refused", at: NOW, by: TOM, request: "request-1" },
      facts: { problem, reason: "x" },
    });
  });
});
