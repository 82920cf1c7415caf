import { describe, expect, test } from "@jest/globals";
import { doubt, postpone } from "../../src/approval/claim.ts";
import { follows, isOfRequest, type Notice, noticeId } from "../../src/approval/notice.ts";
import { noticesFor, whenUndelivered } from "../../src/approval/notices.ts";
import { claimed, IN_EACH_STATE, MARIA, NOW, PROBLEMS } from "./samples.ts";

const AUDIT = ["CAUDIT00001"];
const OF = { requestId: "request-1", state: "applied", target: "C1" } as const;
const KEY = { target: MARIA.userId, person: MARIA, tokenId: "7", tokenName: null } as const;
const expiry = { ...KEY, kind: "key-expiry", expiresAt: NOW, left: "day" } as unknown as Notice;
const forgotten = { ...KEY, kind: "key-forgotten", why: "unused", since: NOW } as unknown as Notice;

describe("A notice is said once: its id names", () => {
  test.each([
    [
      "what is said, of what, for which state and where",
      { ...OF, kind: "summary" },
      "request-1/summary/applied/C1",
    ],
    [
      "for a card, which is changed and not said again, no state",
      { ...OF, kind: "card" },
      "request-1/card/C1",
    ],
    ["for an invitation as well", { ...OF, kind: "invitation" }, "request-1/invitation/C1"],
    [
      "which reminder it is",
      { ...OF, kind: "reminder", nth: 2 },
      "request-1/reminder/applied/C1/2",
    ],
    [
      "a word's trouble, if any",
      { ...OF, kind: "word", trouble: "gcore-busy" },
      "request-1/word/applied/C1/gcore-busy",
    ],
    ["a word without trouble", { ...OF, kind: "word" }, "request-1/word/applied/C1"],
    ["a refusal", { id: "refusal-7", kind: "refusal", target: "C1" }, "refusal-7/refusal/C1"],
    [
      "a checkpoint",
      { kind: "checkpoint", target: "C1", checkpoint: { seq: 9 } },
      "checkpoint-9/C1",
    ],
  ])("%s", (_what, notice, id) => {
    expect(noticeId(notice as Notice)).toBe(id);
    const undelivered = { kind: "undelivered", target: "C2", of: notice, error: "x" } as Notice;
    expect(noticeId(undelivered)).toBe(`${id}/undelivered/C2`);
  });

  test("whose key ends or was forgotten, which one, and when", () => {
    const [person] = noticeId(expiry)
      .split("/7/")
      .map((part) => part.replace("key-expiry/", ""));
    expect(person).toContain(MARIA.userId);
    expect(noticeId(expiry)).toBe(`key-expiry/${person}/7/${NOW}/day`);
    expect(noticeId(forgotten)).toBe(`key-forgotten/${person}/7/unused/${NOW}`);
  });

  test("and only cards, invitations and views follow what becomes of their request", () => {
    const kinds = ["card", "invitation", "view", "review", "word", "summary", "reminder"] as const;
    const following = kinds.filter((kind) => follows({ kind } as Notice));
    expect(following).toEqual(["card", "invitation", "view", "review"]);
    expect([isOfRequest({ ...OF, kind: "summary" } as Notice), isOfRequest(expiry)]).toEqual([
      true,
      false,
    ]);
  });
});

describe("Word of a request on its way", () => {
  const said = (...given: Parameters<typeof noticesFor>) =>
    noticesFor(...given).map((notice) => [notice.kind, notice.target]);
  const word = ["word", MARIA.userId];

  test("goes to who asked when it is put off or held, and not while it is being stopped", () => {
    expect(said(postpone(claimed(), NOW), AUDIT)).toEqual([word]);
    expect(said(IN_EACH_STATE.held, AUDIT)).toEqual([word]);
    expect(said(IN_EACH_STATE.stopping, AUDIT)).toEqual([]);
  });

  test("says what is in the way while its outcome is in doubt, where that is known", () => {
    const problem = PROBLEMS["gcore-unavailable"];
    const looking = doubt(claimed(), NOW, NOW, problem);
    expect(noticesFor(looking, AUDIT, true)).toMatchObject([{ trouble: problem.kind }]);
    const [plain] = noticesFor(doubt(claimed(), NOW, NOW), AUDIT, true);
    expect(plain).not.toHaveProperty("trouble");
  });
});

test("What somebody's own key comes to is told to nobody else when Slack does not take it", () => {
  for (const notice of [expiry, forgotten]) {
    expect(whenUndelivered(notice, "user_not_found", undefined, AUDIT)).toEqual([]);
  }
});

test("A checkpoint that Slack does not take is told to the first audit channel, if it is another", () => {
  const notice = { kind: "checkpoint", target: "C2", checkpoint: { seq: 9 } } as Notice;
  expect(whenUndelivered(notice, "is_archived", undefined, AUDIT)).toEqual([
    { kind: "undelivered", target: AUDIT[0], of: notice, error: "is_archived" },
  ]);
  expect(whenUndelivered(notice, "is_archived", undefined, [])).toEqual([]);
  expect(whenUndelivered(notice, "is_archived", undefined, ["C2"])).toEqual([]);
});
