import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Counts, endedOf } from "../../src/approval/bulk.ts";
import {
  afterPause,
  beginItem,
  finish,
  itemId,
  pause,
  pauseBecause,
  ranFor,
  resume,
  stop,
} from "../../src/approval/bulk-run.ts";
import { isUnderWay } from "../../src/approval/change-request.ts";
import { end } from "../../src/approval/claim.ts";
import { approve } from "../../src/approval/decide.ts";
import { entryFor } from "../../src/approval/entries.ts";
import { noticesFor, whenUndelivered } from "../../src/approval/notices.ts";
import type { Rule } from "../../src/approval/policy.ts";
import type { Problem } from "../../src/problem.ts";
import {
  approversNeeded,
  BEFORE,
  COUNTS,
  claimed,
  IN_EACH_STATE,
  MARIA,
  manyPendingOf,
  NOW,
  PROBLEMS,
  previewOf,
  runningOf,
  TOM,
  voteOf,
} from "./samples.ts";

const ITEM = { n: 7, before: BEFORE, plan: previewOf().plan };
const AUDIT = ["C0AUDIT"];

describe("A plan for many", () => {
  test("runs when enough people have agreed, and not before", () => {
    const once = approve(manyPendingOf(approversNeeded(2)), voteOf(TOM, NOW + 1));
    expect(once.state).toBe("pending");
    if (once.state !== "pending") return;
    const run = approve(once, voteOf(MARIA, NOW + 2));
    expect(run).toMatchObject({ state: "running", decidedAt: NOW + 2, since: NOW + 2, ranFor: 0 });
  });

  test("does not count the time in which it was paused", () => {
    const run = runningOf();
    const paused = pause(run, TOM, NOW + 5_000);
    expect(ranFor(paused, NOW + 90_000)).toBe(5_000);
    const again = resume(paused, MARIA, NOW + 100_000);
    expect(ranFor(again, NOW + 101_000)).toBe(6_000);
    expect(ranFor(finish(again, COUNTS, NOW + 102_000), NOW + 999_000)).toBe(7_000);
  });

  test("is paused when the key is of no use for the others either, and not for the trouble of one", () => {
    const failed = (problem: Problem) => end(claimed(), { kind: "failed", problem }, NOW);
    const run = runningOf();
    const paused = pauseBecause(run, claimed(), failed(PROBLEMS["key-expired"]), NOW + 1);
    expect(paused).toMatchObject({ state: "paused", because: { kind: "key-expired" } });
    expect(noticesFor(paused, AUDIT)).toMatchObject([{ kind: "word", target: MARIA.userId }]);
    expect(pauseBecause(run, claimed(), failed(PROBLEMS["not-permitted"]), NOW + 1)).toBe(run);
    const unknown = end(claimed(), { kind: "unknown", problem: PROBLEMS["key-expired"] }, NOW);
    expect(pauseBecause(run, claimed(), unknown, NOW + 1)).toBe(run);
    const goesOn = resume(pause(run, TOM, NOW + 1), MARIA, NOW + 2);
    expect(pauseBecause(goesOn, claimed(), failed(PROBLEMS["key-expired"]), NOW + 3)).toBe(goesOn);
    if (paused.state !== "paused") return;
    expect(resume(paused, MARIA, NOW + 2)).not.toHaveProperty("because");
    expect(finish(stop(paused, MARIA, NOW + 2), COUNTS, NOW + 3)).not.toHaveProperty("because");
  });

  test.each([
    ...["no-key", "key-unreadable", "key-refused", "key-expired", "key-read-only", "no-cloud"],
  ] as const)("is paused by %s: no other one would fare better", (kind) => {
    const failed = end(claimed(), { kind: "failed", problem: PROBLEMS[kind] }, NOW);
    const next = pauseBecause(runningOf(), claimed(), failed, NOW + 1);
    expect(next).toMatchObject({ state: "paused", because: PROBLEMS[kind] });
  });

  test("is under way while it runs, is paused or is being stopped, and not before or after", () => {
    const states = Object.values(IN_EACH_STATE).filter(isUnderWay);
    expect(states.map(({ state }) => state)).toEqual(["running", "paused", "stopping"]);
  });

  test("tells at its end who stopped it, if somebody did, and not who had paused it", () => {
    expect(finish(stop(runningOf(), TOM, NOW + 1), COUNTS, NOW + 2).stoodBy).toEqual(TOM);
    const paused = pause(runningOf(), TOM, NOW + 1);
    expect(finish(resume(paused, MARIA, NOW + 2), COUNTS, NOW + 3).stoodBy).toBeUndefined();
    expect(finish(stop(paused, MARIA, NOW + 2), COUNTS, NOW + 3).stoodBy).toEqual(MARIA);
  });

  test("is in the ledger with its hash when it is asked for and agreed to, and with its counts at the end", () => {
    const { bulk } = manyPendingOf();
    expect(entryFor(manyPendingOf(), NOW).facts).toMatchObject({ bulk: { hash: bulk.hash } });
    const run = runningOf();
    expect(entryFor(run, NOW)).toMatchObject({ kind: "approved", facts: { hash: bulk.hash } });
    const paused = pause(run, TOM, NOW);
    expect(entryFor(paused, NOW)).toMatchObject({ kind: "paused", by: TOM });
    expect(entryFor(resume(paused, MARIA, NOW), NOW)).toMatchObject({ kind: "resumed", by: MARIA });
    expect(entryFor(stop(run, TOM, NOW), NOW)).toMatchObject({ kind: "stopping", by: TOM });
    expect(entryFor(finish(run, COUNTS, NOW), NOW)).toMatchObject({
      kind: "finished",
      facts: { counts: COUNTS },
    });
  });
});

describe("An item of a plan", () => {
  test("is a request of its own from its first attempt on, with what was decided for all", () => {
    const run = runningOf();
    const begun = beginItem(run, ITEM, "owner", NOW + 9);
    expect(begun).toMatchObject({
      id: itemId(run.id, 7),
      state: "applying",
      owner: "owner",
      attempts: 1,
      item: { id: run.id, n: 7, begunAt: NOW + 9 },
      requester: run.requester,
      rule: run.rule,
      approvals: run.approvals,
      decidedAt: run.decidedAt,
      plan: ITEM.plan,
    });
    expect(entryFor(begun, NOW + 9).facts).toMatchObject({
      attempt: 1,
      plan: run.id,
      n: 7,
      ref: begun.ref,
      rows: ITEM.plan.rows,
    });
  });

  test("is of the place that its snapshot is in, asks nobody again, and never expires", () => {
    const { projectId, regionId, snapshotId } = BEFORE;
    expect(beginItem(runningOf(), ITEM, "owner", NOW)).toMatchObject({
      ref: { projectId, regionId, snapshotId },
      approvers: [],
      expiresAt: null,
      undoes: null,
    });
    const undo = beginItem(runningOf(), { ...ITEM, undoes: "other" }, "owner", NOW);
    expect(undo.undoes).toBe("other");
  });

  test("that was put off has its whole time again after a pause, and only then", () => {
    const begun = beginItem(runningOf(), ITEM, "owner", NOW + 9);
    const goesOn = resume(pause(runningOf(), TOM, NOW + 10), MARIA, NOW + 50);
    expect(afterPause(begun, goesOn)).toEqual({
      ...begun,
      item: { id: "plan-1", n: 7, begunAt: NOW + 50 },
    });
    expect(afterPause(begun, { ...goesOn, since: NOW + 9 })).toBe(begun);
    const alone = claimed();
    expect(afterPause(alone, goesOn)).toBe(alone);
  });

  test("says nothing of itself: its plan tells of it", () => {
    const begun = beginItem(runningOf(), ITEM, "owner", NOW);
    expect(noticesFor(begun, AUDIT, true)).toEqual([]);
  });

  test("has an id in the order of the plan, whichever two", () => {
    const n = fc.integer({ min: 1, max: 999_999 });
    fc.assert(
      fc.property(n, n, (one, other) => {
        expect(itemId("p", one) < itemId("p", other)).toBe(one < other);
      }),
    );
  });
});

describe("What is said of many", () => {
  const outcomes = ["failed"] as const;
  const ruled = (rule: Rule) => ({ ...runningOf(), rule });

  test("is a card while they run, and at the end a word and one announcement for each audit channel", () => {
    const run = runningOf();
    expect(noticesFor(run, AUDIT)).toMatchObject([{ kind: "card", target: run.origin.channelId }]);
    expect(noticesFor(pause(run, TOM, NOW), AUDIT)).toEqual([]);
    expect(noticesFor(finish(run, COUNTS, NOW), AUDIT)).toMatchObject([
      { kind: "word", target: MARIA.userId },
      { kind: "announcement", target: AUDIT[0] },
    ]);
  });

  test("is announced where the rule wants to hear of one of the ways in which they came out", () => {
    const rule = { ...runningOf().rule, announce: { channels: null, outcomes } };
    const ended = (counts: Partial<Counts>) =>
      noticesFor(finish(ruled(rule), { ...COUNTS, failed: 0, ...counts }, NOW), AUDIT);
    expect(ended({}).map(({ kind }) => kind)).toEqual(["word"]);
    expect(ended({ failed: 1 }).map(({ kind }) => kind)).toEqual(["word", "announcement"]);
  });

  test("that Slack does not take is told to who asked while they run", () => {
    const run = runningOf();
    const [card] = noticesFor(run, AUDIT);
    if (card === undefined) throw new Error("there is no card");
    const told = whenUndelivered(card, "not_in_channel", run, AUDIT);
    expect(told.map(({ target }) => target)).toEqual([MARIA.userId, ...AUDIT]);
  });
});

test("the counts that are ended are those that nothing more becomes of", () => {
  expect(endedOf({ ...COUNTS, held: 5, underWay: 4, waiting: 9 })).toBe(endedOf(COUNTS));
  expect(endedOf(COUNTS)).toBe(3);
});
