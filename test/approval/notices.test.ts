import { describe, expect, test } from "@jest/globals";
import { checkpointSigner } from "../../src/approval/checkpoint.ts";
import { type Notice, noticeId, noticesFor } from "../../src/approval/notices.ts";
import { IN_EACH_STATE, MARIA } from "./samples.ts";

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
