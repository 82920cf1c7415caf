import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Pending } from "../../src/approval/change-request.ts";
import { approve } from "../../src/approval/decide.ts";
import type { Person } from "../../src/approval/person.ts";
import {
  approversFor,
  askProblem,
  decisionProblem,
  type Standing,
} from "../../src/approval/rights.ts";
import { ANN, approversNeeded, MARIA, pendingOf, TOM, voteOf, waitingOf } from "./samples.ts";

const STANDINGS: readonly Standing[] = ["member", "guest", "deactivated", "outsider", "bot"];
const STRANGER: Person = { ...MARIA, userId: "U0000000009" };

describe("Whether somebody may decide", () => {
  const everybody = {
    "the requester": MARIA,
    "an approver": TOM,
    "somebody else": STRANGER,
  } as const;

  test.each(
    STANDINGS.flatMap((standing) =>
      (Object.keys(everybody) as (keyof typeof everybody)[]).flatMap((who) =>
        [true, false].flatMap((selfApproval) =>
          [true, false].map((voted) => [who, standing, selfApproval, voted] as const),
        ),
      ),
    ),
  )("%s, a %s, self-approval %s, has approved before %s", (who, standing, selfApproval, voted) => {
    const person = everybody[who];
    const waiting = waitingOf(3, { selfApproval });
    const request = (voted ? approve(waiting, voteOf(person)) : waiting) as Pending;
    const approvers = [TOM.userId, ANN.userId, MARIA.userId];
    const kind = decisionProblem(request, person, standing, approvers)?.kind;
    const expected =
      standing !== "member"
        ? "not-a-member"
        : who === "somebody else"
          ? "not-an-approver"
          : who === "the requester" && !selfApproval
            ? "own-request"
            : voted
              ? "approved-already"
              : undefined;
    expect(kind).toBe(expected);
  });

  test("what counts is who is an approver now, not who was when it was asked for", () => {
    const request = waitingOf();
    expect(request.approvers).toContain(TOM.userId);
    expect(decisionProblem(request, TOM, "member", [ANN.userId])?.kind).toBe("not-an-approver");
    expect(decisionProblem(request, STRANGER, "member", [STRANGER.userId])).toBeUndefined();
  });

  test("[hermes-agent#100112] another team of the same enterprise makes nobody another person", () => {
    const inOne = { ...MARIA, enterpriseId: "E1" };
    const inTwo = { ...inOne, teamId: "T2" };
    const own: Pending = { ...waitingOf(2), requester: inOne };
    const all = [MARIA.userId, TOM.userId];
    expect(decisionProblem(own, inTwo, "member", all)?.kind).toBe("own-request");
    const tom = { ...TOM, enterpriseId: "E1" };
    const once = approve(own, voteOf(tom)) as Pending;
    expect(decisionProblem(once, { ...tom, teamId: "T2" }, "member", all)?.kind).toBe(
      "approved-already",
    );
  });

  test("what the requester confirms alone nobody else may decide", () => {
    expect(decisionProblem(pendingOf(), MARIA, "member", [])).toBeUndefined();
    expect(decisionProblem(pendingOf(), TOM, "member", [TOM.userId])?.kind).toBe("not-an-approver");
  });
});

describe("Whether it may be asked for at all", () => {
  test("as many people as the rule needs must be able to, each counted once", () => {
    const ids = fc.array(fc.constantFrom(MARIA.userId, TOM.userId, ANN.userId), { maxLength: 6 });
    fc.assert(
      fc.property(ids, fc.integer({ min: 1, max: 3 }), fc.boolean(), (list, needed, self) => {
        const rule = approversNeeded(needed, { selfApproval: self });
        const able = new Set(list.filter((id) => self || id !== MARIA.userId)).size;
        const problem = askProblem(rule, approversFor(rule, MARIA, list).length);
        if (able >= needed) expect(problem).toBeUndefined();
        else expect(problem).toMatchObject({ kind: "too-few-approvers", needed, able });
      }),
    );
  });

  test("nobody able to approve is never taken for everybody", () => {
    const rule = approversNeeded();
    for (const ids of [[], [MARIA.userId]]) {
      const able = approversFor(rule, MARIA, ids);
      expect(able).toEqual([]);
      expect(askProblem(rule, able.length)?.kind).toBe("too-few-approvers");
    }
  });
});
