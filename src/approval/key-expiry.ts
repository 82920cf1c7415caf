import type { KeyScope } from "./key-scope.ts";
import type { KeyExpiryNotice } from "./notice.ts";
import type { Person } from "./person.ts";

const HOUR = 3_600_000;

/** How long before its end the owner of a key hears of it, the longest first. */
const WARNINGS = [
  { left: "week", before: 7 * 24 * HOUR },
  { left: "day", before: 24 * HOUR },
  { left: "hour", before: HOUR },
] as const;

/** How much is left when a warning is said: less than this. */
export type Left = (typeof WARNINGS)[number]["left"];

/** Nothing is to be said of a key whose end is further away than this. */
export const LONGEST = WARNINGS[0].before;

/**
 * The warning whose time it is, or undefined. Of several whose time has passed the last one counts,
 * and none whose time had passed already when the key was connected.
 */
export function warningDue({ expiry, learntAt }: KeyScope, now: number): Left | undefined {
  if (typeof expiry !== "object" || expiry.at <= now) return undefined;
  const passed = WARNINGS.filter(({ before }) => expiry.at - before <= now).at(-1);
  return passed !== undefined && learntAt < expiry.at - passed.before ? passed.left : undefined;
}

/** The word to the owner of a key, while its time is now; undefined: there is none to be said. */
export function expiryNotice(
  person: Person,
  scope: KeyScope,
  now: number,
): KeyExpiryNotice | undefined {
  const left = warningDue(scope, now);
  if (left === undefined || typeof scope.expiry !== "object") return undefined;
  const { tokenId, expiry } = scope;
  return {
    kind: "key-expiry",
    target: person.userId,
    person,
    tokenId,
    expiresAt: expiry.at,
    left,
  };
}
