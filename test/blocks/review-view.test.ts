import { describe, expect, test } from "@jest/globals";
import { reviewView } from "../../src/blocks/review-view.ts";
import type { Warning } from "../../src/snapshot/plan.ts";
import { MARIA, PROBLEMS, TOM, waitingOf } from "../approval/samples.ts";
import { textOf } from "./text-of.ts";

const WAITING = waitingOf();
const withWarnings = (...warnings: readonly Warning[]) => ({
  ...WAITING,
  plan: { ...WAITING.plan, warnings },
});

describe("Who reviews a request", () => {
  test("reads what to know before, the reason, and neither where there is none", () => {
    const view = reviewView(withWarnings({ kind: "tag-not-there", key: "owner" }), TOM, null);
    expect(textOf(view.blocks)).toContain(
      "Please noteThere is no tag owner to remove.Reason: becauseNeeds one approval",
    );
    const bare = textOf(reviewView({ ...withWarnings(), reason: null }, TOM, null).blocks);
    expect(bare).toContain("payments → searchNeeds one approval");
  });

  test("is told that the requester's key is of no use, and not what is wrong with it", () => {
    const view = reviewView(WAITING, TOM, null, PROBLEMS["key-read-only"]);
    expect(textOf(view.blocks)).toContain(
      "I could not look at the snapshot now. I look with the key of , and it cannot be used for " +
        "this now. They can connect another one with /snapshot connect; then press Look again.",
    );
    expect(JSON.stringify(view)).toContain(
      `"user_id":"${MARIA.userId}"},{"type":"text","text":", and`,
    );
    expect(JSON.stringify(view)).not.toContain("Observer");
    expect(view.submit).toBeUndefined();
  });
});
