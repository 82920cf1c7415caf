import type { KeyScope } from "./key-scope.ts";
import type { KeyForgottenNotice } from "./notice.ts";
import type { Person } from "./person.ts";

const DAY = 24 * 3_600_000;

/** How long a key is kept after it has expired, in milliseconds. */
export const KEEP_EXPIRED = 7 * DAY;
/** A use is noted when the last one that was is so long ago, in milliseconds. */
export const NOTE_USE_AFTER = DAY;

/** Why a key is kept no longer. */
export type Forgotten = "expired" | "unused";

/** A key that is kept, without the key. */
export interface KeptKey {
  readonly person: Person;
  readonly scope: KeyScope;
  /** When it was last used, to a day. */
  readonly usedAt: number;
}

/**
 * The word to the owner of a key that is to be forgotten; undefined: it is kept.
 * @param keepUnused how long one is kept that nobody uses, in milliseconds
 */
export function forgottenNotice(
  { person, scope, usedAt }: KeptKey,
  now: number,
  keepUnused: number,
): KeyForgottenNotice | undefined {
  const { tokenId, tokenName, expiry } = scope;
  const of = { kind: "key-forgotten", target: person.userId, person, tokenId, tokenName } as const;
  if (typeof expiry === "object" && expiry.at + KEEP_EXPIRED <= now) {
    return { ...of, why: "expired", since: expiry.at };
  }
  return usedAt + keepUnused <= now ? { ...of, why: "unused", since: usedAt } : undefined;
}
