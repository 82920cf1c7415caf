import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  ANNOUNCE_AGREED,
  OUTCOMES,
  REQUESTER_CONFIRMS,
  type Rule,
} from "../../src/approval/policy.ts";
import { strictest } from "../../src/approval/strictest.ts";
import { approversOf } from "../../src/rights/approvers.ts";
import { approversNeeded, HOUR } from "./samples.ts";

const AUDIT = ["CAUDIT00001"];
const GROUPS: Readonly<Record<string, readonly string[]>> = {
  S1: ["U1", "U2", "U3"],
  S2: ["U3", "U4"],
};
const slack = {
  groupMembers: async (group: string) => ({ ok: true, value: GROUPS[group] ?? [] }) as const,
};

/** Who may approve by a rule. */
async function able(rule: Rule): Promise<readonly string[]> {
  const people = await approversOf({ slack } as never, rule);
  if (!people.ok) throw new Error(people.problem.kind);
  return people.value;
}

const announce = fc.record({
  channels: fc.option(fc.subarray(["C1", "C2", "C3"], { minLength: 1 })),
  outcomes: fc.subarray([...OUTCOMES], { minLength: 1 }),
});
const approving = fc
  .record({
    users: fc.subarray(["U1", "U2", "U3", "U4", "U5"]),
    groups: fc.subarray(["S1", "S2"]),
    approvals: fc.integer({ min: 1, max: 4 }),
    selfApproval: fc.boolean(),
    directMessage: fc.boolean(),
    expiresAfter: fc.constantFrom(HOUR, 2 * HOUR, 24 * HOUR),
  })
  .map((verdict) => ({ kind: "approve", ...verdict }) as const);
const rules = fc
  .array(
    fc
      .record({
        verdict: fc.oneof(fc.constant({ kind: "confirm" } as const), approving),
        announce,
      })
      .map((rule) => ({ name: "", when: {}, ...rule })),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) => list.map((rule, index): Rule => ({ ...rule, name: `rule ${index}` })));

describe("The strictest of several rules", () => {
  test("lets nobody approve whom any of them would not let, and asks for as many approvals as any", async () => {
    await fc.assert(
      fc.asyncProperty(rules, async (list) => {
        const one = strictest(list, AUDIT);
        const people = await able(one);
        for (const rule of list) {
          if (rule.verdict.kind !== "approve") continue;
          if (one.verdict.kind !== "approve") throw new Error("nobody is asked");
          const theirs = await able(rule);
          expect(people.filter((id) => !theirs.includes(id))).toEqual([]);
          expect(one.verdict.approvals).toBeGreaterThanOrEqual(rule.verdict.approvals);
          expect(one.verdict.expiresAfter).toBeLessThanOrEqual(rule.verdict.expiresAfter);
          if (!rule.verdict.selfApproval) expect(one.verdict.selfApproval).toBe(false);
        }
        if (one.verdict.kind === "confirm") {
          expect(list.every(({ verdict }) => verdict.kind === "confirm")).toBe(true);
        }
      }),
    );
  });

  test("keeps out nobody whom all of them let", async () => {
    await fc.assert(
      fc.asyncProperty(rules, async (list) => {
        const people = await able(strictest(list, AUDIT));
        const each = await Promise.all(
          list.filter(({ verdict }) => verdict.kind === "approve").map(able),
        );
        const [first = [], ...others] = each;
        for (const id of first) {
          if (others.every((some) => some.includes(id))) expect(people).toContain(id);
        }
      }),
    );
  });

  test("has everything heard wherever any of them has it heard", () => {
    fc.assert(
      fc.property(rules, (list) => {
        const one = strictest(list, AUDIT);
        for (const rule of list) {
          const heard = one.announce.channels ?? AUDIT;
          for (const channel of rule.announce.channels ?? AUDIT) expect(heard).toContain(channel);
          for (const outcome of rule.announce.outcomes) {
            expect(one.announce.outcomes).toContain(outcome);
          }
        }
      }),
    );
  });

  test("is the same in any order and with any of them twice, and of one it is that one", () => {
    fc.assert(
      fc.property(rules, (list) => {
        const one = strictest(list, AUDIT);
        expect(strictest([...list].reverse(), AUDIT)).toEqual(one);
        expect(strictest([...list, ...list], AUDIT)).toEqual(one);
        expect(strictest(list.slice(0, 1), AUDIT)).toEqual(list[0]);
      }),
    );
  });

  test("names all of them, and denies when one does", () => {
    const two = strictest([REQUESTER_CONFIRMS, approversNeeded(2)], AUDIT);
    expect(two.name).toBe("requester confirms + two pairs of eyes");
    const deny: Rule = {
      name: "never",
      when: {},
      verdict: { kind: "deny", because: "no" },
      announce: ANNOUNCE_AGREED,
    };
    expect(strictest([approversNeeded(2), deny], AUDIT).verdict).toEqual(deny.verdict);
    expect(() => strictest([], AUDIT)).toThrow("there is no rule");
  });
});

test("The strictest rule lets people approve their own where all of them do, and asks by direct message where one does", () => {
  const rule = (name: string, more: Parameters<typeof approversNeeded>[1]): Rule => ({
    ...approversNeeded(1, more),
    name,
  });
  const of = (...rules: readonly Rule[]) => strictest(rules, AUDIT).verdict;
  const open = rule("a", { selfApproval: true, directMessage: true });
  expect(of(open, rule("b", { selfApproval: true }))).toMatchObject({
    ...{ kind: "approve", selfApproval: true, directMessage: true },
  });
  expect(of(open, rule("b", {}))).toMatchObject({ selfApproval: false });
  expect(of(rule("a", {}), rule("b", {}))).toMatchObject({ directMessage: false });
  expect(of(REQUESTER_CONFIRMS)).toEqual({ kind: "confirm" });
});
