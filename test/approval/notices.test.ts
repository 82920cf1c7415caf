import { describe, expect, test } from "@jest/globals";
import { checkpointSigner } from "../../src/approval/checkpoint.ts";
import { approve } from "../../src/approval/decide.ts";
import { type FirstHand, type Notice, noticeId } from "../../src/approval/notice.ts";
import {
  noticesFor,
  refusalNotices,
  reminderFor,
  whenUndelivered,
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
    const invitations = approvers.slice(0, 10).map((id) => `invitation ${id}`);
    expect(told(noticesFor(direct, AUDIT))).toEqual(["card D0000000001", ...invitations]);
    const open = { ...request(), approvers };
    const [card] = noticesFor(open, AUDIT);
    expect(told(noticesFor(open, AUDIT))).toEqual(["card C0000000001"]);
    expect(told(whenUndelivered(card as Notice, "is_archived", open, AUDIT))).toEqual([
      `undelivered ${MARIA.userId}`,
      "undelivered CAUDIT00001",
      ...invitations,
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

describe("What Slack refuses is told", () => {
  const { applied } = IN_EACH_STATE;
  const of = { requestId: "request-1", state: "applied" } as const;
  const refused = {
    by: TOM,
    what: "approve",
    problem: PROBLEMS["own-request"],
    ref: { projectId: 1, regionId: 2, snapshotId: "s" },
    snapshotName: "nightly",
    rows: [],
  } as const;
  const checkpoint = SIGNER.checkpoint(1, "", 0);
  const requester = `undelivered ${MARIA.userId}`;
  const audit = "undelivered CAUDIT00001";

  test.each<[string, FirstHand, readonly string[]]>([
    ["a summary", { ...of, kind: "summary", target: "C1" }, [requester, audit]],
    ["an announcement", { ...of, kind: "announcement", target: "CAUDIT00002" }, [requester, audit]],
    [
      "the first audit channel's",
      { ...of, kind: "announcement", target: AUDIT[0] ?? "" },
      [requester],
    ],
    ["a reminder", { ...of, kind: "reminder", nth: 1, target: "C1" }, [requester, audit]],
    ["the requester's", { ...of, kind: "word", target: MARIA.userId }, [audit]],
    ["one in a conversation of two", { ...of, kind: "summary", target: "D1" }, [requester]],
    ["a refused attempt", { kind: "refusal", id: "refusal-1", target: "C1", refused }, [audit]],
    ["a checkpoint", { kind: "checkpoint", target: "CAUDIT00002", checkpoint }, [audit]],
    ["a checkpoint in the first", { kind: "checkpoint", target: AUDIT[0] ?? "", checkpoint }, []],
  ])(
    "%s: to the requester and the first audit channel, never where it was refused",
    (_, notice, expected) => {
      const request = "requestId" in notice ? applied : undefined;
      expect(told(whenUndelivered(notice, "is_archived", request, AUDIT))).toEqual(expected);
    },
  );

  test("an approver's while there is something to decide, to the requester and the first audit channel", () => {
    const notice = { ...of, kind: "invitation", target: TOM.userId } as const;
    const { pending } = IN_EACH_STATE;
    expect(told(whenUndelivered(notice, "user_not_found", pending, AUDIT))).toEqual([
      requester,
      audit,
    ]);
  });

  test("not of a card that cannot follow the end of its request: the end is told by other ways", () => {
    const card = { ...of, kind: "card", target: "C1" } as const;
    expect(whenUndelivered(card, "is_archived", applied, AUDIT)).toEqual([]);
  });

  test("once: that it was told nowhere is told nowhere", () => {
    const notice = { ...of, kind: "summary", target: "C1" } as const;
    for (const report of whenUndelivered(notice, "is_archived", applied, AUDIT)) {
      expect(whenUndelivered(report, "is_archived", applied, AUDIT)).toEqual([]);
    }
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
      { kind: "undelivered", target: "U1", of: { ...notice, target: "C1" }, error: "x" },
      { kind: "undelivered", target: "U2", of: { ...notice, target: "C1" }, error: "x" },
      { kind: "undelivered", target: "U1", of: { ...notice, target: "C2" }, error: "x" },
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
      kind: "undelivered",
      target: "U1",
      of: notice,
      error,
    });
    expect(noticeId(about("not_in_channel"))).toBe(noticeId(about("is_archived")));
  });
});
