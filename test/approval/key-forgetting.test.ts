import { describe, expect, test } from "@jest/globals";
import { forgottenNotice, KEEP_EXPIRED, type KeptKey } from "../../src/approval/key-forgetting.ts";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { noticeId } from "../../src/approval/notice.ts";
import { MARIA, NOW } from "./samples.ts";

const DAY = 24 * 3_600_000;
const KEEP = 90 * DAY;

const kept = (expiry: KeyScope["expiry"], usedAt = NOW): KeptKey => ({
  person: MARIA,
  usedAt,
  scope: {
    ...{ tokenId: "29841", tokenName: "slack-bot-maria", accountId: 7350925, accountName: null },
    ...{ tokenRole: null, expiry, cloudRoles: null, projects: null, learntAt: NOW - 365 * DAY },
  },
});
const why = (key: KeptKey, now: number) => forgottenNotice(key, now, KEEP)?.why;

describe("A key", () => {
  test("is kept as long as it is used, however old it is", () => {
    expect(why(kept("never"), NOW)).toBeUndefined();
    expect(why(kept("never"), NOW + KEEP - 1)).toBeUndefined();
    expect(why(kept("unknown"), NOW + KEEP - 1)).toBeUndefined();
  });

  test("is forgotten when nobody has used it for that time", () => {
    expect(why(kept("never"), NOW + KEEP)).toBe("unused");
    expect(forgottenNotice(kept("never"), NOW + KEEP, KEEP)).toMatchObject({
      target: MARIA.userId,
      since: NOW,
    });
  });

  test("is forgotten a week after it has expired, and that is the reason that is told", () => {
    const at = NOW + 10 * DAY;
    expect(why(kept({ at }), at + KEEP_EXPIRED - 1)).toBeUndefined();
    expect(why(kept({ at }), at + KEEP_EXPIRED)).toBe("expired");
    expect(why(kept({ at }), NOW + KEEP)).toBe("expired");
  });

  test("that is connected and forgotten once more is told of once more", () => {
    const once = forgottenNotice(kept("never"), NOW + KEEP, KEEP);
    const again = forgottenNotice(kept("never", NOW + 200 * DAY), NOW + 400 * DAY, KEEP);
    if (once === undefined || again === undefined) throw new Error("it is kept");
    expect(noticeId(once)).not.toBe(noticeId(again));
  });
});
