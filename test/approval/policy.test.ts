import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  ANNOUNCE_AGREED,
  type Case,
  type Condition,
  DEFAULT_POLICY,
  explain,
  markOf,
  REQUESTER_CONFIRMS,
  type Rule,
  type Touch,
} from "../../src/approval/policy.ts";
import type { Row } from "../../src/snapshot/plan.ts";
import { snapshotWith, tag } from "../snapshot/samples.ts";

const rule = (name: string, when: Condition): Rule => ({
  name,
  when,
  verdict: { kind: "deny", because: null },
  announce: ANNOUNCE_AGREED,
});
const NAME: Row = { field: "name", before: "old", after: "new" };
const tagRow = (key: string): Row => ({ field: "tag", key, before: "a", after: "b" });
const asked: Case = {
  snapshot: snapshotWith({ name: "nightly-db", tags: [tag("environment", "prod-eu")] }),
  rows: [NAME, tagRow("team")],
};
const unmet = (when: Condition, of: Case = asked): string | undefined =>
  explain({ rules: [rule("it", when)] }, of).passed[0]?.unmet;

const HELD = {
  projects: [1, 1186668],
  regions: [148],
  names: ["weekly*", "nightly*"],
  tags: [{ key: "environment", values: ["test", "prod*"] }],
  touches: [{ part: "tag", key: "te*" }],
  touchesOnly: [{ part: "name" }, { part: "tag", key: "*" }],
} as const satisfies Condition;
const BROKEN: { readonly [K in keyof typeof HELD]: Condition[K] } = {
  projects: [1],
  regions: [],
  names: ["weekly*"],
  tags: [{ key: "environment", values: ["test"] }],
  touches: [{ part: "tag", key: "cost*" }],
  touchesOnly: [{ part: "tag", key: "*" }],
};
const conditions = Object.keys(HELD) as (keyof typeof HELD)[];

describe("A rule", () => {
  test("without a condition is met by every change", () => {
    expect(unmet({})).toBeUndefined();
    expect(explain(DEFAULT_POLICY, asked).met).toBe(REQUESTER_CONFIRMS);
  });

  test("is met exactly when all of its conditions hold, and else names one that does not", () => {
    const some = fc.record(
      Object.fromEntries(conditions.map((one) => [one, fc.boolean()])) as Record<
        keyof typeof HELD,
        fc.Arbitrary<boolean>
      >,
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(some, (given) => {
        const named = conditions.filter((one) => given[one] !== undefined);
        const broken = named.filter((one) => given[one] === false);
        const when = Object.fromEntries(
          named.map((one) => [one, given[one] ? HELD[one] : BROKEN[one]]),
        );
        const first = unmet(when);
        if (broken.length === 0) expect(first).toBeUndefined();
        else expect(broken).toContain(first);
      }),
    );
  });

  test("that asks for a tag is not met by a snapshot without it", () => {
    expect(unmet({ tags: [{ key: "toString", values: ["*"] }] })).toBe("tags");
    expect(unmet({ tags: [...HELD.tags, { key: "team", values: ["*"] }] })).toBe("tags");
  });

  test("looks at the snapshot as it was: what the change makes of it does not count", () => {
    const row: Row = { field: "tag", key: "environment", before: "test", after: "prod" };
    const before = snapshotWith({ tags: [tag("environment", "test")] });
    const made: Case = { snapshot: before, rows: [row] };
    expect(unmet({ tags: [{ key: "environment", values: ["prod"] }] }, made)).toBe("tags");
    expect(unmet({ touches: [{ part: "tag", key: "environment" }] }, made)).toBeUndefined();
  });
});

describe("What a change touches", () => {
  const TOUCH = fc.constantFrom<Touch>(
    { part: "name" },
    { part: "tag", key: "a" },
    { part: "tag", key: "b*" },
    { part: "tag", key: "*" },
  );
  const ROW = fc.constantFrom<Row>(NAME, tagRow("a"), tagRow("b1"), tagRow("name"));

  test("“touches only” holds exactly when nothing is left untouched by it; “touches” when something is", () => {
    const isTouched = (row: Row, touch: Touch): boolean =>
      touch.part === "name"
        ? row.field === "name"
        : row.field === "tag" &&
          (touch.key === "*" || touch.key === row.key || (touch.key === "b*" && row.key === "b1"));
    const lists = fc.tuple(
      fc.array(TOUCH, { minLength: 1, maxLength: 3 }),
      fc.array(ROW, { minLength: 1, maxLength: 3 }),
    );
    fc.assert(
      fc.property(lists, ([touches, rows]) => {
        const of: Case = { ...asked, rows };
        const outside = rows.filter((row) => !touches.some((touch) => isTouched(row, touch)));
        expect(unmet({ touchesOnly: touches }, of) === undefined).toBe(outside.length === 0);
        expect(unmet({ touches }, of) === undefined).toBe(outside.length < rows.length);
      }),
    );
  });

  test("a tag that is called name is not the name", () => {
    const of: Case = { ...asked, rows: [tagRow("name")] };
    expect(unmet({ touches: [{ part: "name" }] }, of)).toBe("touches");
    expect(unmet({ touchesOnly: [{ part: "name" }] }, of)).toBe("touchesOnly");
  });
});

describe("The rules", () => {
  test("are gone through in their order: the first that is met decides, the ones after it do not count", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 8 }), (met) => {
        const rules = met.map((holds, index) => rule(`r${index}`, holds ? {} : { regions: [1] }));
        const first = met.indexOf(true);
        const found = explain({ rules }, asked);
        expect(found.met).toBe(first < 0 ? undefined : rules[first]);
        expect(found.passed.map((one) => one.rule)).toEqual(
          rules.slice(0, first < 0 ? rules.length : first),
        );
      }),
    );
  });

  test("that are not met by anything leave a change without a rule: it is not let through", () => {
    expect(explain({ rules: [] }, asked)).toEqual({ passed: [], met: undefined });
  });
});

test("A policy has a mark of its own: another rule, or another tag rule, makes it another one", () => {
  const tagRule = {
    ...{ when: {}, required: ["team"], values: [], protected: [], mostTags: null, names: null },
  };
  const marks = [
    DEFAULT_POLICY,
    { ...DEFAULT_POLICY, rules: [] },
    { ...DEFAULT_POLICY, tagRules: [tagRule] },
  ].map(markOf);
  expect(marks[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(new Set(marks).size).toBe(3);
  expect(markOf(structuredClone(DEFAULT_POLICY))).toBe(marks[0]);
});
