import { describe, expect, test } from "@jest/globals";
import type { Refused } from "../../src/approval/notice.ts";
import { refusalMessage, summaryMessage } from "../../src/blocks/request-messages.ts";
import {
  BEFORE,
  IN_EACH_STATE,
  manyPendingOf,
  PROBLEMS,
  previewOf,
  TOM,
} from "../approval/samples.ts";
import { ID } from "../snapshot/samples.ts";
import { textOf } from "./text-of.ts";

const { ref, plan } = previewOf();
const ONE: Refused = {
  ...{ by: TOM, what: "ask", problem: PROBLEMS["policy-silent"] },
  ...{ ref, snapshotName: BEFORE.name, rows: plan.rows },
};
const refusal = (more: Partial<Refused> = {}): string =>
  textOf(refusalMessage({ ...ONE, ...more } as Refused, 9).blocks);

describe("An audit channel hears of an attempt that was refused", () => {
  test("what was wanted, where, and what the person was told", () => {
    expect(refusal()).toBe(
      "Refused:  wanted to change snapshot nightly · ledger no. 9They were told: " +
        "No rule of your team's policy is about a change like this, so nobody may make it. " +
        "Ask whoever runs this bot to add a rule for it." +
        `Tag team: payments → searchProject 1186668, region 148, ${ID}`,
    );
  });

  test("and not what is wrong with their key: that is for its owner to read", () => {
    expect(refusal({ problem: PROBLEMS["key-read-only"] })).toContain(
      "ledger no. 9Their API key cannot be used for this.Tag team",
    );
  });

  test.each([
    [{ projectId: 1186668, snapshotId: ID }, `Project 1186668, ${ID}`],
    [{ regionId: 148, snapshotId: ID }, `Region 148, ${ID}`],
    [{ snapshotId: ID }, ID],
  ])("where, as far as that was said: %j", (sought, words) => {
    expect(refusal({ ref: sought, rows: [] })).toMatch(new RegExp(`rule for it\\.${words}$`));
  });

  test("about many: how many, what was to change in each, and which plan it was", () => {
    const { bulk } = manyPendingOf();
    const { by } = ONE;
    const problem = PROBLEMS["not-an-approver"];
    expect(textOf(refusalMessage({ by, problem, what: "approve", bulk }, 9).blocks)).toBe(
      "Refused:  wanted to approve a change of 3 snapshots · ledger no. 9They were told: " +
        "You may not decide on this: the rule two names other people. " +
        "Ask one of them. The card says who they are." +
        "Tag team is set to searchIn 1 project and 1 region. Plan abababababab.",
    );
  });
});

test("A summary says why the change was wanted, where that was said", () => {
  const { applied } = IN_EACH_STATE;
  if (applied.state !== "applied") throw new Error(applied.state);
  const summary = (reason: string | null): string =>
    textOf(summaryMessage({ ...applied, reason }, 9, undefined).blocks);
  expect(summary("because")).toContain("payments → searchReason: becauseThe snapshot now");
  expect(summary(null)).toContain("payments → searchThe snapshot now");
});
