import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { breachesOf, judge } from "../../src/approval/breaches.ts";
import { demandsIn, type TagRule } from "../../src/approval/tag-rules.ts";
import type { Breach } from "../../src/problem.ts";
import type { Change } from "../../src/snapshot/change.ts";
import { applyPatch } from "../../src/snapshot/merge-patch.ts";
import { fits } from "../../src/snapshot/pattern.ts";
import { type Plan, planChange } from "../../src/snapshot/plan.ts";
import { isProtected, type Snapshot } from "../../src/snapshot/snapshot.ts";
import { anyChange, anySnapshot, goodKey, goodValue } from "../snapshot/arbitraries.ts";
import { changeOf, SYSTEM, snapshotWith, tag } from "../snapshot/samples.ts";

const ruleWith = (more: Partial<TagRule>): TagRule => ({
  when: {},
  required: [],
  values: [],
  protected: [],
  mostTags: null,
  names: null,
  ...more,
});

const planOf = (snapshot: Snapshot, change: Change): Plan | undefined => {
  const plan = planChange(snapshot, change);
  return plan.ok ? plan.value : undefined;
};
const judged = (rule: Partial<TagRule>, snapshot: Snapshot, change: Partial<Change>) =>
  judge([ruleWith(rule)], snapshot, planOf(snapshot, changeOf(change))?.rows ?? []);
const made = (snapshot: Snapshot, { patch }: Plan): Snapshot => ({
  ...snapshot,
  ...applyPatch(snapshot, patch),
});

const withTags = (...tags: [string, string][]): Snapshot =>
  snapshotWith({ tags: [...SYSTEM, ...tags.map(([key, value]) => tag(key, value))] });
const teams = { values: [{ key: "team", values: ["payments", "search*"] }] };
const badTeam = { kind: "tag-value", key: "team", value: "pay", values: ["payments", "search*"] };

describe("A change is refused for what it breaks itself:", () => {
  test("a value that is not allowed, also in place of another one", () => {
    expect(judged(teams, withTags(), { set: [{ key: "team", value: "pay" }] })).toEqual({
      broken: [badTeam],
      standing: [],
    });
    const { broken } = judged(teams, withTags(["team", "old"]), {
      set: [{ key: "team", value: "pay" }],
    });
    expect(broken).toEqual([badTeam]);
  });

  test("a required tag that it removes, by name or with all others", () => {
    const rule = { required: ["team"], ...teams };
    const missing = { kind: "tag-missing", key: "team", values: ["payments", "search*"] };
    const snapshot = withTags(["team", "payments"], ["x", "y"]);
    expect(judged(rule, snapshot, { remove: ["team"] }).broken).toEqual([missing]);
    expect(judged(rule, snapshot, { others: "remove" }).broken).toEqual([missing]);
  });

  test("a protected tag that it sets, changes or removes", () => {
    const rule = { protected: ["billing:*"] };
    const guarded = { kind: "tag-protected", key: "billing:id" };
    const snapshot = withTags(["billing:id", "7"]);
    for (const change of [
      { set: [{ key: "billing:id", value: "8" }] },
      { remove: ["billing:id"] },
      { others: "remove" as const },
    ]) {
      expect(judged(rule, snapshot, change).broken).toEqual([guarded]);
    }
    const added = judged(rule, withTags(), { set: [{ key: "billing:id", value: "8" }] });
    expect(added.broken).toEqual([guarded]);
    expect(judged(rule, snapshot, { set: [{ key: "billing:id", value: "7" }] }).broken).toEqual([]);
  });

  test("more tags than there may be, Gcore's own not counted", () => {
    const rule = { mostTags: 2 };
    const two = withTags(["a", "1"], ["b", "1"]);
    const grown = judged(rule, two, { set: [{ key: "c", value: "1" }] });
    expect(grown.broken).toEqual([{ kind: "too-many-tags", count: 3, most: 2 }]);
    const swapped = judged(rule, two, { set: [{ key: "c", value: "1" }], remove: ["a"] });
    expect(swapped.broken).toEqual([]);
    const three = withTags(["a", "1"], ["b", "1"], ["d", "1"]);
    const more = judged(rule, three, { set: [{ key: "c", value: "1" }] });
    expect(more.broken).toEqual([{ kind: "too-many-tags", count: 4, most: 2 }]);
    expect(judged(rule, three, { set: [{ key: "a", value: "2" }] }).broken).toEqual([]);
  });

  test("a new name that is not of the pattern", () => {
    const rule = { names: ["nightly-*", "weekly"] };
    const snapshot = withTags();
    expect(judged(rule, snapshot, { name: "monday" }).broken).toEqual([
      { kind: "name-unlike", name: "monday", patterns: ["nightly-*", "weekly"] },
    ]);
    expect(judged(rule, snapshot, { name: "weekly" })).toEqual({ broken: [], standing: [] });
  });

  test("by its new name, what the rules for that name ask for", () => {
    const rule = { when: { names: ["prod-*"] }, required: ["owner"] };
    expect(judged(rule, withTags(), { name: "prod-1" }).broken).toEqual([
      { kind: "tag-missing", key: "owner", values: null },
    ]);
    const both = { name: "prod-1", set: [{ key: "owner", value: "ada" }] };
    expect(judged(rule, withTags(), both).broken).toEqual([]);
  });

  test("by its new name, nothing that the rules for the old one protect", () => {
    const rule = { when: { names: ["nightly"] }, protected: ["hold"] };
    const change = { name: "free-now", remove: ["hold"] };
    expect(judged(rule, withTags(["hold", "yes"]), change).broken).toEqual([
      { kind: "tag-protected", key: "hold" },
    ]);
  });
});

describe("What a change breaks is not excused by", () => {
  test("another tag that is missing already", () => {
    const rule = { required: ["owner", "team"] };
    const { broken, standing } = judged(rule, withTags(["team", "a"]), { remove: ["team"] });
    expect(broken).toEqual([{ kind: "tag-missing", key: "team", values: null }]);
    expect(standing).toEqual([{ kind: "tag-missing", key: "owner", values: null }]);
  });

  test("another value of the same tag that was not allowed, nor the same value of another tag", () => {
    const rule = { values: ["team", "side"].map((key) => ({ key, values: ["payments"] })) };
    const bad = withTags(["team", "old"], ["side", "payments"]);
    const value = { kind: "tag-value", values: ["payments"] };
    expect(judged(rule, bad, { set: [{ key: "side", value: "old" }] })).toEqual({
      broken: [{ ...value, key: "side", value: "old" }],
      standing: [{ ...value, key: "team", value: "old" }],
    });
  });

  test("a breach of another sort", () => {
    const rule = { required: ["owner"], mostTags: 1, names: ["weekly"] };
    const { broken, standing } = judged(rule, withTags(["a", "1"]), {
      set: [{ key: "b", value: "1" }],
    });
    expect(broken.map(({ kind }) => kind)).toEqual(["too-many-tags"]);
    expect(standing.map(({ kind }) => kind)).toEqual(["name-unlike", "tag-missing"]);
  });
});

describe("What a snapshot breaks already", () => {
  const rule = { required: ["owner"], mostTags: 2, names: ["weekly"], ...teams };
  const snapshot = withTags(["team", "pay"], ["a", "1"], ["b", "2"]);

  test("is named as a note, and lets a change elsewhere through", () => {
    const { broken, standing } = judged(rule, snapshot, { set: [{ key: "a", value: "2" }] });
    expect(broken).toEqual([]);
    expect(standing.map(({ kind }) => kind)).toEqual([
      "name-unlike",
      "tag-missing",
      "tag-value",
      "too-many-tags",
    ]);
  });

  test("may be mended in part", () => {
    const { broken, standing } = judged(rule, snapshot, {
      set: [{ key: "team", value: "search-2" }],
    });
    expect(broken).toEqual([]);
    expect(standing.map(({ kind }) => kind)).not.toContain("tag-value");
  });

  test("holds for another project alone where the rule says so", () => {
    expect(breachesOf([ruleWith({ ...rule, when: { projects: [7] } })], snapshot)).toEqual([]);
  });
});

const pattern = fc.oneof(
  goodValue,
  fc.constantFrom("*", "a*", "*b", "x", "y", "null", "nightly", "weekly", "re*"),
);
const keyPattern = fc.oneof(goodKey, fc.constantFrom("a*", "*", "*:*", "t*"));
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 1 });
const anyRule: fc.Arbitrary<TagRule> = fc.record({
  when: fc.constantFrom({}, {}, { projects: [7] }, { names: ["nightly", "re*"] }),
  required: fc.array(goodKey, { maxLength: 2 }),
  values: fc.array(
    fc.record({ key: goodKey, values: fc.array(pattern, { minLength: 1, maxLength: 3 }) }),
    { maxLength: 3 },
  ),
  protected: fc.array(keyPattern, { maxLength: 1 }),
  mostTags: rarely(fc.integer({ min: 1, max: 6 })),
  names: rarely(fc.array(pattern, { minLength: 1, maxLength: 2 })),
});
const anyRules = fc.array(anyRule, { maxLength: 3 });

const subject = (breach: Breach): string =>
  [breach.kind, "key" in breach ? breach.key : ""].join(" ");

describe("For any rules, any snapshot and any change,", () => {
  const each = (check: (rules: readonly TagRule[], snapshot: Snapshot, plan: Plan) => void): void =>
    fc.assert(
      fc.property(anyRules, anySnapshot, anyChange, (rules, snapshot, change) => {
        const plan = planOf(snapshot, change);
        if (plan !== undefined) check(rules, snapshot, plan);
      }),
      { numRuns: 1_500 },
    );

  test("a change that is let through adds no breach", () =>
    each((rules, snapshot, plan) => {
      if (judge(rules, snapshot, plan.rows).broken.length > 0) return;
      const before = new Set(breachesOf(rules, snapshot).map(subject));
      const then = breachesOf(rules, made(snapshot, plan));
      expect(then.filter((breach) => !before.has(subject(breach)))).toEqual([]);
    }));

  test("a change that touches nothing wrong is let through", () =>
    each((rules, snapshot, { rows, ...plan }) => {
      const tags = rows.flatMap((row) => (row.field === "tag" ? [row] : []));
      if (tags.length < rows.length) return;
      const demands = demandsIn(rules, snapshot);
      const most = demands.mostTags ?? Number.POSITIVE_INFINITY;
      const own = (one: Snapshot): number => one.tags.filter((tag) => !isProtected(tag)).length;
      const count = own(made(snapshot, { rows, ...plan }));
      const isRight =
        (count <= most || count <= own(snapshot)) &&
        tags.every(
          ({ key, after: value }) =>
            !demands.protected.some((guarded) => fits(guarded, key)) &&
            (value === null
              ? !demands.required.includes(key)
              : (demands.values.get(key) ?? []).every((list) =>
                  list.some((one) => fits(one, value)),
                )),
        );
      if (isRight) expect(judge(rules, snapshot, rows).broken).toEqual([]);
    }));

  test("a change of nothing is let through, and what is broken is named as such", () =>
    each((rules, snapshot) => {
      expect(judge(rules, snapshot, [])).toEqual({
        broken: [],
        standing: breachesOf(rules, snapshot),
      });
    }));
});
