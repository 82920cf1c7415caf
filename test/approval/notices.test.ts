import { describe, expect, test } from "@jest/globals";
import { checkpointSigner } from "../../src/approval/checkpoint.ts";
import { approve } from "../../src/approval/decide.ts";
import {
  insteadOfCard,
  type Notice,
  noticeId,
  noticesFor,
  refusalNotices,
  reminderFor,
} from "../../src/approval/notices.ts";
import { OUTCOMES } from "../../src/approval/policy.ts";
import {
  ANN,
  approversNeeded,
  BEFORE,
  IN_EACH_STATE,
  MARIA,
  NOW,
  PROBLEMS,
  pendingOf,
  previewOf,
  TOM,
  voteOf,
} from "./samples.ts";

const SIGNER = checkpointSigner({ id: "k1", bytes: Buffer.alloc(32, "a key") });
const AUDIT = ["CAUDIT00001", "CAUDIT00002"];
const told = (notices: readonly Notice[]) => notices.map(({ kind, target }) => `${kind} ${target}`);
const announcements = AUDIT.map((channel) => `announcement ${channel}`);
const word = `word ${MARIA.userId}`;

describe("What becomes of a request is told", () => {
  test.each([
    ["pending", []],
    ["approved", []],
    ["applying", []],
    ["applied", ["summary C0000000001", ...announcements]],
    ["failed", [word, ...announcements]],
    ["conflict", [word, ...announcements]],
    ["unknown", [word, ...announcements]],
    ["rejected", [word]],
    ["withdrawn", []],
    ["expired", [word]],
  ] as const)("%s: to %j", (state, expected) => {
    const notices = noticesFor(IN_EACH_STATE[state], AUDIT);
    expect(told(notices)).toEqual(expected);
    for (const notice of notices) {
      expect(notice).toMatchObject({ requestId: "request-1", state });
    }
  });

  test("to the requester alone while an outcome is in doubt", () => {
    expect(told(noticesFor(IN_EACH_STATE.applying, AUDIT, true))).toEqual([word]);
  });

  test("to nobody beyond them without audit channels", () => {
    expect(told(noticesFor(IN_EACH_STATE.applied, []))).toEqual(["summary C0000000001"]);
    expect(told(noticesFor(IN_EACH_STATE.failed, []))).toEqual([word]);
  });

  test("to the audit channel that is also the channel of the command, both times", () => {
    const ids = noticesFor(IN_EACH_STATE.applied, ["C0000000001"]).map(noticeId);
    expect(new Set(ids).size).toBe(2);
  });
});

describe("A request that somebody else must approve is told", () => {
  const request = (rule = approversNeeded(), channelId = "C0000000001") => ({
    ...pendingOf(undefined, previewOf(BEFORE, {}, rule)),
    origin: { channelId, responseUrl: null, at: NOW },
  });

  test("with one card where it was asked for", () => {
    expect(told(noticesFor(request(), AUDIT))).toEqual(["card C0000000001"]);
  });

  test("to each approver as well, where the rule says so", () => {
    const rule = approversNeeded(1, { directMessage: true });
    expect(told(noticesFor(request(rule), AUDIT))).toEqual([
      "card C0000000001",
      `invitation ${TOM.userId}`,
      `invitation ${ANN.userId}`,
    ]);
  });

  test("to the first ten approvers where nobody else reads the card, or Slack does not take it", () => {
    const approvers = Array.from({ length: 40 }, (_, index) => `U${index}`);
    const direct = { ...request(undefined, "D0000000001"), approvers };
    expect(told(noticesFor(direct, AUDIT))).toHaveLength(11);
    expect(told(insteadOfCard(direct, "not_in_channel"))).toEqual([
      `channel-refuses ${MARIA.userId}`,
      ...approvers.slice(0, 10).map((id) => `invitation ${id}`),
    ]);
  });

  test("and not once more with each approval", () => {
    const once = approve(request(approversNeeded(2)), voteOf(TOM));
    expect(noticesFor(once, AUDIT)).toEqual([]);
  });

  test("again as gently as it can be: one reminder for each number", () => {
    const ids = [1, 2].map((reminded) => noticeId(reminderFor({ ...request(), reminded })));
    expect(new Set(ids).size).toBe(2);
  });
});

describe("What the audit channels hear", () => {
  test.each(OUTCOMES.filter((one) => one !== "refused"))(
    "%s: where the rule names it, in the channels of the rule, and else not",
    (outcome) => {
      const announce = { channels: ["C9"], outcomes: [outcome] };
      const ended = { ...IN_EACH_STATE[outcome], rule: { ...approversNeeded(), announce } };
      const heard = (request: typeof ended) =>
        told(noticesFor(request, AUDIT)).filter((one) => one.startsWith("announcement"));
      expect(heard(ended)).toEqual(["announcement C9"]);
      const silent = { ...ended.rule, announce: { ...announce, outcomes: [] } };
      expect(heard({ ...ended, rule: silent })).toEqual([]);
    },
  );

  test("of attempts without the right only where the rule that they met wants it", () => {
    const refused = {
      by: TOM,
      what: "approve",
      problem: PROBLEMS["not-an-approver"],
      ref: { projectId: 1, regionId: 2, snapshotId: "s" },
      snapshotName: "nightly",
      rows: [],
    } as const;
    const rule = approversNeeded();
    const wanted = { ...rule, announce: { channels: null, outcomes: ["refused" as const] } };
    expect(refusalNotices(refused, 7, AUDIT, rule)).toEqual([]);
    expect(refusalNotices(refused, 7, AUDIT, undefined)).toEqual([]);
    const both = refusalNotices(refused, 7, AUDIT, wanted);
    expect(both.map(({ target }) => target)).toEqual(AUDIT);
    expect(new Set(both.map(noticeId)).size).toBe(2);
  });
});

describe("The id of a notice", () => {
  const notice = { kind: "word", requestId: "r", state: "failed", target: "U1" } as const;
  test("is the same for the same notice, and another one for every other", () => {
    const others: readonly Notice[] = [
      notice,
      { ...notice, kind: "summary" },
      { ...notice, requestId: "s" },
      { ...notice, state: "unknown" },
      { ...notice, target: "U2" },
      { ...notice, kind: "channel-refuses", about: { channelId: "C1", error: "x" } },
      { ...notice, kind: "channel-refuses", about: { channelId: "C2", error: "x" } },
      { ...notice, trouble: "no-key" },
      { ...notice, kind: "reminder", nth: 1 },
      { ...notice, kind: "reminder", nth: 2 },
      { ...notice, kind: "card" },
      { kind: "checkpoint", target: "C1", checkpoint: SIGNER.checkpoint(1, "", 0) },
      { kind: "checkpoint", target: "C1", checkpoint: SIGNER.checkpoint(2, "", 0) },
      { kind: "checkpoint", target: "C2", checkpoint: SIGNER.checkpoint(2, "", 0) },
    ];
    expect(new Set(others.map(noticeId)).size).toBe(others.length);
    expect(noticeId({ ...notice })).toBe(noticeId(notice));
  });

  test("does not depend on what Slack answered: the same trouble is told once", () => {
    const about = (error: string): Notice => ({
      ...notice,
      kind: "channel-refuses",
      about: { channelId: "C1", error },
    });
    expect(noticeId(about("not_in_channel"))).toBe(noticeId(about("is_archived")));
  });
});
