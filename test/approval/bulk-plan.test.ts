import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { LeftOut } from "../../src/approval/bulk.ts";
import {
  type ItemRules,
  type Planned,
  planItem,
  startTally,
  wantedAgain,
  wantedChange,
  wantedUndo,
} from "../../src/approval/bulk-plan.ts";
import { DEFAULT_POLICY, type Rule } from "../../src/approval/policy.ts";
import type { BulkChange } from "../../src/snapshot/bulk-change.ts";
import { readTemplate } from "../../src/snapshot/name-template.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { approversNeeded, PROBLEMS, withTeam } from "./samples.ts";

const FREE: ItemRules = {
  policy: DEFAULT_POLICY,
  keyProblem: () => undefined,
  showProblem: () => undefined,
};

function planBulk(snapshots: readonly Snapshot[], change: BulkChange, rules: ItemRules) {
  const all = snapshots.map((before, index) =>
    planItem(index + 1, before, wantedChange(change, before, index + 1), rules),
  );
  return {
    items: all.filter((one): one is Planned => !("why" in one)),
    left: all.filter((one): one is LeftOut => "why" in one),
  };
}

function tallyOf(all: readonly (Planned | LeftOut)[]) {
  const tally = startTally();
  for (const one of all) tally.take(one);
  return tally;
}
const planHash = (items: readonly Planned[]): string =>
  tallyOf(items).bulk({ kind: "change", change: TO_SEARCH }).hash;
const KEEP = { set: [], remove: [], others: "keep" } as const;
const TO_SEARCH: BulkChange = { ...KEEP, set: [{ key: "team", value: "search" }] };
const named = (text: string): BulkChange => {
  const name = readTemplate(text);
  if (!name.ok) throw new Error(name.problem.kind);
  return { ...KEEP, name: name.value };
};
const id = (nth: number) => `5ed275b8-7eed-4722-8c98-${String(nth).padStart(12, "0")}`;
const many = (...teams: (string | undefined)[]): readonly Snapshot[] =>
  teams.map((team, nth) => withTeam(team, { snapshotId: id(nth), name: `nightly-${nth}` }));
const only = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

describe("A plan for many snapshots", () => {
  test("has for each of them exactly what a change of its own would be", () => {
    const snapshots = many("payments", undefined, "core");
    const { items, left } = planBulk(snapshots, TO_SEARCH, FREE);
    expect(left).toEqual([]);
    expect(items.map(({ n, before }) => [n, before])).toEqual(
      snapshots.map((snapshot, index) => [index + 1, snapshot]),
    );
    for (const { before, plan } of items) {
      expect({ ok: true, value: plan }).toEqual(planChange(before, TO_SEARCH as never));
    }
  });

  test("names each by the template, with its number among all that were chosen", () => {
    const { items } = planBulk(many("a", "b"), named("{name}-of-{n}"), FREE);
    expect(items.map(({ plan }) => plan.patch.name)).toEqual(["nightly-0-of-1", "nightly-1-of-2"]);
  });

  test("leaves out what is so already, and numbers the others as if it were not", () => {
    const { items, left } = planBulk(many("search", "core"), TO_SEARCH, FREE);
    expect(only(left)).toMatchObject({ n: 1, why: { kind: "already" } });
    expect(only(items).n).toBe(2);
  });

  test("leaves out what would get a name that Gcore refuses, or that cannot be made", () => {
    const { left } = planBulk(
      many("a"),
      named("{name}{name}{name}{name}{name}{name}{name}{name}"),
      FREE,
    );
    expect(only(left).why).toMatchObject({ kind: "name-unfit", fault: { kind: "name-length" } });
    expect(only(planBulk(many("a"), named("x-{volume}"), FREE).left).why).toEqual({
      kind: "name-part-missing",
      part: "volume",
    });
  });

  test("takes a name that Gcore would refuse where it stands there already", () => {
    const [snapshot] = many("a");
    const odd = { ...(snapshot as Snapshot), name: "?" };
    const change = { ...TO_SEARCH, ...named("{name}"), set: TO_SEARCH.set };
    expect(only(planBulk([odd], change, FREE).items).plan.patch).toEqual({
      tags: [{ key: "team", value: "search" }],
    });
  });

  test("leaves out what the key may not change, and tells why", () => {
    const rules = { ...FREE, keyProblem: () => PROBLEMS["key-other-project"] };
    expect(only(planBulk(many("a"), TO_SEARCH, rules).left).why).toEqual(
      PROBLEMS["key-other-project"],
    );
  });

  test("leaves out what is read-only, what breaks a tag rule, and what the policy denies or does not know", () => {
    const readOnly = { ...withTeam("a"), tags: [{ key: "team", value: "a", readOnly: true }] };
    expect(only(planBulk([readOnly], TO_SEARCH, FREE).left).why.kind).toBe("tag-read-only");
    const with_ = (rules: readonly Rule[]): ItemRules => ({
      ...FREE,
      policy: { ...DEFAULT_POLICY, rules },
    });
    const deny: Rule = {
      ...approversNeeded(1),
      name: "never",
      verdict: { kind: "deny", because: "legal" },
    };
    expect(only(planBulk(many("a"), TO_SEARCH, with_([deny])).left).why).toEqual({
      kind: "policy-denies",
      rule: "never",
      because: "legal",
    });
    expect(only(planBulk(many("a"), TO_SEARCH, with_([])).left).why.kind).toBe("policy-silent");
    const guarded = {
      when: {},
      required: [],
      values: [],
      protected: ["team"],
      mostTags: null,
      names: null,
    };
    const policy = { ...DEFAULT_POLICY, tagRules: [guarded] };
    expect(only(planBulk(many("a"), TO_SEARCH, { ...FREE, policy }).left).why.kind).toBe(
      "tag-rules-broken",
    );
  });

  test("puts each of them in one of the two lists, once", () => {
    const teams = fc.array(fc.constantFrom("search", "core", undefined), { maxLength: 30 });
    fc.assert(
      fc.property(teams, (list) => {
        const { items, left } = planBulk(many(...list), TO_SEARCH, FREE);
        const numbers = [...items, ...left].map(({ n }) => n).sort((a, b) => a - b);
        expect(numbers).toEqual(list.map((_, index) => index + 1));
      }),
    );
  });
});

describe("The hash of a plan", () => {
  const { items } = planBulk(many("a", "b", "c"), TO_SEARCH, FREE);

  test("is the same for the same plan, and another one for any other", () => {
    const hash = planHash(items);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(planHash(structuredClone(items))).toBe(hash);
    const [first, second, third] = items;
    if (first === undefined || second === undefined || third === undefined)
      throw new Error("three");
    const elsewhere = { ...first, before: { ...first.before, regionId: 76 } };
    const otherwise = planBulk(many("x"), TO_SEARCH, FREE).items;
    const others = [
      [first, second],
      [second, first, third],
      [elsewhere, second, third],
      [...otherwise, second, third],
      planBulk(
        many("a", "b", "c"),
        { ...TO_SEARCH, remove: ["x"], set: [{ key: "team", value: "Search" }] },
        FREE,
      ).items,
    ];
    for (const other of others) expect(planHash(other)).not.toBe(hash);
    expect(new Set(others.map(planHash)).size).toBe(others.length);
  });
});

describe("A plan that takes another one back", () => {
  const made = planBulk(many("payments", undefined), TO_SEARCH, FREE).items;
  const undone = (now: Snapshot, nth: number) =>
    planItem(1, now, wantedUndo(made[nth]?.plan.rows ?? [], now), FREE);
  const isNow = (nth: number, team: string | undefined) =>
    withTeam(team, { snapshotId: id(nth), name: `nightly-${nth}` });

  test("gives each what it had before, from what stands there now", () => {
    expect(undone(isNow(0, "search"), 0)).toMatchObject({
      plan: { patch: { tags: [{ key: "team", value: "payments" }] } },
    });
    expect(undone(isNow(1, "search"), 1)).toMatchObject({
      plan: { patch: { tags: [{ key: "team", value: null }] } },
    });
  });

  test("leaves what somebody has changed since, and what is back already", () => {
    expect(undone(isNow(0, "core"), 0)).toMatchObject({
      why: { kind: "no-way-back", left: [{ kind: "changed-since", now: "core" }] },
    });
    expect(undone(isNow(0, "payments"), 0)).toMatchObject({ why: { kind: "already" } });
  });
});

describe("A plan that tries another one again", () => {
  test("makes what it was to make of whatever is there now", () => {
    const [row] = planBulk(many("payments"), TO_SEARCH, FREE).items;
    const now = withTeam("core", { snapshotId: id(0) });
    const again = wantedAgain(row?.plan.rows ?? []);
    expect(planItem(1, now, again, FREE)).toMatchObject({
      plan: { rows: [{ field: "tag", key: "team", before: "core", after: "search" }] },
    });
    const done = withTeam("search", { snapshotId: id(0) });
    expect(planItem(1, done, again, FREE)).toEqual({
      n: 1,
      ref: { projectId: done.projectId, regionId: done.regionId, snapshotId: id(0) },
      name: done.name,
      why: { kind: "already" },
    });
  });
});

describe("What is said of a plan as a whole", () => {
  test("counts what changes, what is locked, and what is left, by why", () => {
    const locked = withTeam("a", { snapshotId: id(7), taskId: "task" });
    const { items, left } = planBulk([...many("a", "search", "b"), locked], TO_SEARCH, {
      ...FREE,
      keyProblem: (id) => (id === -1 ? PROBLEMS["key-read-only"] : undefined),
    });
    const aim = { kind: "change", change: TO_SEARCH } as const;
    const gone: LeftOut = {
      n: 9,
      ref: { snapshotId: id(9) },
      name: null,
      why: PROBLEMS["snapshot-not-found"],
    };
    expect(tallyOf([...items, ...left, gone]).bulk(aim)).toMatchObject({
      aim,
      size: 3,
      locked: 1,
      left: { already: 1, missing: 1 },
      projectIds: [locked.projectId],
      regions: [locked.region],
    });
  });

  test("names the places of all of them once, in order", () => {
    const places = [
      [20, "Luxembourg-3"],
      [3, "Manassas"],
      [100, "Amsterdam"],
      [3, "Manassas"],
    ] as const;
    const snapshots = places.map(([projectId, region], nth) =>
      withTeam("a", { projectId, region, snapshotId: id(nth) }),
    );
    const { items } = planBulk(snapshots, TO_SEARCH, FREE);
    expect(tallyOf(items).bulk({ kind: "retry", of: "plan-1" })).toMatchObject({
      projectIds: [3, 20, 100],
      regions: ["Amsterdam", "Luxembourg-3", "Manassas"],
    });
  });

  test("names each rule that is met once", () => {
    const { items } = planBulk(many("a", "b"), TO_SEARCH, FREE);
    expect(tallyOf(items).rules()).toEqual(DEFAULT_POLICY.rules);
  });
});
