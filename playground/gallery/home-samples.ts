import type { KeyExpiryNotice, KeyForgottenNotice } from "../../src/approval/notice.ts";
import type { MentionedSnapshot } from "../../src/snapshot/mentioned.ts";
import type { DefaultPlace } from "../../src/snapshot/snapshot.ts";
import { type Foreign, textsOf } from "./foreign.ts";
import { PERSON } from "./requests.ts";
import { ID, NOW, projectsWith } from "./samples.ts";

/** Ids in a message, with what stands before them. */
export const mentionedWith = (foreign: Foreign): MentionedSnapshot[] =>
  textsOf(foreign, 3000, ["Id: ", "Volume: db-primary ("]).map((before, index) => ({
    snapshotId: `${ID.slice(0, -4)}${String(index).padStart(4, "0")}`,
    before,
  }));

/** What there is to choose a default from. */
export const choicesWith = (foreign: Foreign) => ({
  projects: projectsWith(foreign),
  regions: projectsWith(foreign).slice(0, 40),
});

/** What somebody has chosen as their default. */
export const defaultsWith = (foreign: Foreign): DefaultPlace => ({
  project: projectsWith(foreign)[0] ?? null,
  region: { id: 148, name: foreign.text(200, "Luxembourg-3") },
});

const ending = (left: KeyExpiryNotice["left"]): KeyExpiryNotice => ({
  kind: "key-expiry",
  target: PERSON.userId,
  person: PERSON,
  tokenId: "42",
  expiresAt: NOW,
  left,
});

/** Why a key is kept no longer. */
export const forgottenWith = (foreign: Foreign) => {
  const about = { target: PERSON.userId, person: PERSON, tokenId: "42", since: NOW };
  const of = { kind: "key-forgotten", ...about } as const;
  const tokenName = foreign.text(500, "slack-bot-maria");
  return {
    expired: { ...of, tokenName, why: "expired" },
    unused: { ...of, tokenName, why: "unused" },
    "without a name": { ...of, tokenName: null, why: "unused" },
  } as const satisfies Readonly<Record<string, KeyForgottenNotice>>;
};

/** Each warning before a key expires. */
export const ENDINGS = {
  "a week before": ending("week"),
  "a day before": ending("day"),
  "an hour before": ending("hour"),
} as const;
