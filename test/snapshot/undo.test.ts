import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Change } from "../../src/snapshot/change.ts";
import { applyPatch } from "../../src/snapshot/merge-patch.ts";
import { type Plan, planChange, type Row, valueNow } from "../../src/snapshot/plan.ts";
import { keyFault, nameFault, valueFault } from "../../src/snapshot/rules.ts";
import { isProtected, type Snapshot } from "../../src/snapshot/snapshot.ts";
import { undoOf } from "../../src/snapshot/undo.ts";
import { anyChange, anySnapshot } from "./arbitraries.ts";
import { changeOf, snapshotWith, tag, tagMap } from "./samples.ts";

const planned = (snapshot: Snapshot, change: Change): Plan | undefined => {
  const plan = planChange(snapshot, change);
  return plan.ok ? plan.value : undefined;
};
const apply = (snapshot: Snapshot, plan: Plan): Snapshot => ({
  ...snapshot,
  ...applyPatch(snapshot, plan.patch),
});
const changed = (snapshot: Snapshot, change: Change): Snapshot => {
  const plan = planned(snapshot, change);
  if (plan === undefined) throw new Error("it cannot be planned");
  return apply(snapshot, plan);
};
const canAllReturn = (plan: Plan): boolean =>
  plan.rows.every((row) =>
    row.field === "name"
      ? nameFault(row.before) === undefined
      : keyFault(row.key) === undefined &&
        (row.before === null || valueFault(row.key, row.before) === undefined),
  );

describe("Undo", () => {
  test("of a change that nobody has touched since puts back everything, exactly", () => {
    let undone = 0;
    fc.assert(
      fc.property(anySnapshot, anyChange, (before, change) => {
        const plan = planned(before, change);
        fc.pre(plan !== undefined && plan.rows.length > 0 && canAllReturn(plan));
        const after = apply(before, plan);
        const { change: back, left } = undoOf(plan.rows, after);
        expect(left).toEqual([]);
        const again = changed(after, back);
        expect(again.name).toBe(before.name);
        expect(tagMap(again.tags)).toEqual(tagMap(before.tags));
        undone += 1;
      }),
      { numRuns: 500 },
    );
    expect(undone).toBeGreaterThan(100);
  });

  test("touches nothing that somebody changed since, and nothing that the change did not touch", () => {
    let kept = 0;
    fc.assert(
      fc.property(anySnapshot, anyChange, anyChange, (before, change, later) => {
        const plan = planned(before, change);
        fc.pre(plan !== undefined && plan.rows.length > 0);
        const meddling = planned(apply(before, plan), later);
        fc.pre(meddling !== undefined);
        const now = apply(apply(before, plan), meddling);
        const { change: back, left } = undoOf(plan.rows, now);
        const end = changed(now, back);
        const ours = plan.rows.filter((row) => valueNow(now, row) === row.after);
        for (const row of meddling.rows) {
          const isOurs = ours.some(
            (one) =>
              one.field === row.field &&
              (one.field === "name" || row.field === "name" || one.key === row.key),
          );
          if (isOurs) continue;
          kept += 1;
          expect(valueNow(end, row)).toBe(valueNow(now, row));
        }
        const named = new Set(plan.rows.flatMap((row) => (row.field === "tag" ? [row.key] : [])));
        for (const one of now.tags.filter(({ key }) => !named.has(key))) {
          expect(end.tags).toContainEqual(one);
        }
        for (const one of left) {
          if (one.kind === "changed-since") expect(valueNow(end, one.row)).toBe(one.now);
        }
      }),
      { numRuns: 500 },
    );
    expect(kept).toBeGreaterThan(100);
  });

  test("asks for nothing that today's rules refuse, and never for a protected tag", () => {
    fc.assert(
      fc.property(anySnapshot, anyChange, (before, change) => {
        const plan = planned(before, change);
        fc.pre(plan !== undefined);
        const { change: back, left } = undoOf(plan.rows, apply(before, plan));
        if (back.name !== undefined) expect(nameFault(back.name)).toBeUndefined();
        for (const { key, value } of back.set) {
          expect(keyFault(key) ?? valueFault(key, value)).toBeUndefined();
        }
        const touched = [...back.set.map(({ key }) => key), ...back.remove];
        const protectedKeys = before.tags.filter(isProtected).map(({ key }) => key);
        expect(touched.filter((key) => protectedKeys.includes(key))).toEqual([]);
        // Every row is either put back or named.
        const returned = touched.length + (back.name === undefined ? 0 : 1);
        expect(returned + left.length).toBe(plan.rows.length);
      }),
      { numRuns: 500 },
    );
  });

  test("of what is back already asks for nothing, and says nothing", () => {
    const before = snapshotWith({ tags: [tag("team", "payments")] });
    const { rows } = planned(before, changeOf({ set: [{ key: "team", value: "search" }] })) ?? {
      rows: [],
    };
    expect(undoOf(rows, before)).toEqual({
      change: { set: [], remove: [], others: "keep" },
      left: [],
    });
  });

  test("names what stands there now, and a tag that is gone as gone", () => {
    const before = snapshotWith({ tags: [tag("team", "payments")] });
    const { rows } = planned(before, changeOf({ set: [{ key: "team", value: "search" }] })) ?? {
      rows: [],
    };
    expect(undoOf(rows, snapshotWith({ tags: [] })).left).toMatchObject([
      { kind: "changed-since", now: null },
    ]);
  });
});

test("Undo names what today's rules do not let it put back, and puts back the rest", () => {
  const legacy: Row = { field: "tag", key: "a=b", before: "old", after: null };
  const team: Row = { field: "tag", key: "team", before: null, after: "core" };
  const name: Row = { field: "name", before: "x", after: "nightly" };
  const now = snapshotWith({ name: "nightly", tags: [tag("team", "core")] });
  expect(undoOf([name, legacy, team], now)).toEqual({
    change: { set: [], remove: ["team"], others: "keep" },
    left: [
      { kind: "cannot-be-put-back", row: name },
      { kind: "cannot-be-put-back", row: legacy },
    ],
  });
  expect(undoOf([{ ...name, before: "weekly" }], now)).toEqual({
    change: { name: "weekly", set: [], remove: [], others: "keep" },
    left: [],
  });
});
