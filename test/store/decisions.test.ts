import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Pending } from "../../src/approval/change-request.ts";
import { approve, reject, withdraw } from "../../src/approval/decide.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { decisionProblem } from "../../src/approval/rights.ts";
import { err, ok } from "../../src/problem.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { type Decided, type Requests, requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import {
  ANN,
  approversNeeded,
  BEFORE,
  draftOf,
  MARIA,
  NOW,
  previewOf,
  TOM,
} from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { type Call, isLinearizable, type Spec } from "./linearizable.ts";
import { handlesOn } from "./temporary.ts";

type Click = {
  readonly what: "approve" | "reject" | "withdraw";
  readonly who: "MARIA" | "TOM" | "ANN" | "EVE";
};
/** What the person is told: what became of the click, how the request stands, who has approved. */
type Told = readonly [kind: string, state: string, approvals: readonly string[]];
interface State {
  readonly state: string;
  readonly approvals: readonly string[];
}

const EVE = { ...MARIA, userId: "U0000000008" };
const PEOPLE = { MARIA, TOM, ANN, EVE };
const APPROVERS = [TOM, ANN, EVE].map(({ userId }) => userId);
const NEEDED = 2;

/** How it is when one click comes after the other. */
const oneByOne: Spec<State, Click, Told> = (before, { what, who }) => {
  const { state, approvals } = before;
  const told = (kind: string, after: State) => ({
    state: after,
    answer: [kind, after.state, after.approvals] as const,
  });
  const id = PEOPLE[who].userId;
  if (state !== "pending") return told("late", before);
  if (what === "withdraw") {
    return who === "MARIA"
      ? told("done", { state: "withdrawn", approvals })
      : told("refused", before);
  }
  if (who === "MARIA" || approvals.includes(id)) return told("refused", before);
  if (what === "reject") return told("done", { state: "rejected", approvals });
  const now = [...approvals, id];
  return told("done", { state: now.length < NEEDED ? "pending" : "approved", approvals: now });
};

const clickOn = async (requests: Requests, id: string, { what, who }: Click): Promise<Told> => {
  const by = PEOPLE[who];
  const vote = { by, at: NOW, comment: null };
  const decided: Decided = await requests.decide(id, NOW, (request: Pending) => {
    if (what === "withdraw") {
      return who === "MARIA" ? ok(withdraw(request, NOW)) : err({ kind: "not-the-requester" });
    }
    const problem = decisionProblem(request, by, "member", APPROVERS);
    if (problem !== undefined) return err(problem);
    return ok(what === "approve" ? approve(request, vote) : reject(request, vote));
  });
  if (decided.kind === "gone") throw new Error("the request is gone");
  const { state, approvals } = decided.request;
  return [decided.kind, state, approvals.map((one) => one.by.userId)];
};

const clicks: fc.Arbitrary<readonly Click[]> = fc.array(
  fc.record<Click>({
    what: fc.constantFrom("approve", "approve", "approve", "reject", "withdraw"),
    who: fc.constantFrom("MARIA", "TOM", "ANN", "EVE"),
  }),
  { minLength: 2, maxLength: 9 },
);

describe("The check of a history", () => {
  const seen = (
    what: Click["what"],
    who: Click["who"],
    times: [number, number | null],
    answer: Told | null,
  ): Call<Click, Told> => ({
    act: { what, who },
    called: times[0],
    returned: times[1],
    answer,
  });
  const waits: State = { state: "pending", approvals: [TOM.userId] };
  const byAnn: Told = ["done", "approved", [TOM.userId, ANN.userId]];
  const byEve: Told = ["done", "approved", [TOM.userId, EVE.userId]];
  const holds = (...calls: Call<Click, Told>[]): boolean => isLinearizable(calls, waits, oneByOne);

  test("accepts one winner, and the other told of it", () => {
    const late: Told = ["late", "approved", [TOM.userId, ANN.userId]];
    expect(holds(seen("approve", "ANN", [0, 9], byAnn), seen("approve", "EVE", [1, 8], late))).toBe(
      true,
    );
  });

  test("refuses two winners, a decision that was lost, and a late one that came before the decision", () => {
    expect(
      holds(seen("approve", "ANN", [0, 9], byAnn), seen("approve", "EVE", [1, 8], byEve)),
    ).toBe(false);
    expect(
      holds(seen("approve", "ANN", [0, 1], byAnn), seen("approve", "EVE", [2, 3], byEve)),
    ).toBe(false);
    const late: Told = ["late", "approved", [TOM.userId, ANN.userId]];
    expect(holds(seen("approve", "EVE", [0, 1], late), seen("approve", "ANN", [2, 3], byAnn))).toBe(
      false,
    );
  });

  test("accepts that a click without an answer was carried out, or was not", () => {
    const late: Told = ["late", "approved", [TOM.userId, ANN.userId]];
    expect(
      holds(seen("approve", "ANN", [0, null], null), seen("approve", "EVE", [1, 8], late)),
    ).toBe(true);
    expect(
      holds(seen("approve", "ANN", [0, null], null), seen("approve", "EVE", [1, 8], byEve)),
    ).toBe(true);
  });
});

describe.each(ENGINES)("On %s, with three handles", (engine) => {
  let handles: readonly Database[];
  let each: readonly Requests[];
  beforeEach(async () => {
    handles = await handlesOn(engine, 3);
    each = handles.map((handle) => requestsIn(handle, []));
  });
  const ask = async (id: string): Promise<void> => {
    const preview = previewOf(BEFORE, {}, approversNeeded(NEEDED, { users: APPROVERS }));
    await each[0]?.ask(draftOf(id, preview), `V${id}`, null, NOW);
  };

  test("[sso-elevator#47] clicks at the same moment are told what they would be told one after the other", async () => {
    let run = 0;
    const outcomes = new Set<string>();
    await fc.assert(
      fc.asyncProperty(clicks, async (list) => {
        const id = `request-${run++}`;
        await ask(id);
        let time = 0;
        const calls = await Promise.all(
          list.map(async (act, index): Promise<Call<Click, Told>> => {
            const called = time++;
            const requests = each[index % each.length] as Requests;
            const answer = await clickOn(requests, id, act);
            return { act, called, returned: time++, answer };
          }),
        );
        for (const { answer } of calls) outcomes.add(`${answer?.[0]} ${answer?.[1]}`);
        const waits: State = { state: "pending", approvals: [] };
        expect(isLinearizable(calls, waits, oneByOne)).toBe(true);
      }),
      { numRuns: 40 },
    );
    expect(outcomes.size).toBeGreaterThan(5);
    const [first] = handles;
    if (first === undefined) throw new Error("there is no handle");
    const decisions = await first.all(
      `SELECT request_id FROM ledger WHERE kind IN ('approved', 'rejected', 'withdrawn', 'expired')
       GROUP BY request_id HAVING count(*) > 1`,
    );
    expect(decisions).toEqual([]);
    expect(firstBroken(await readLedger(first))).toBeUndefined();
  });
});
