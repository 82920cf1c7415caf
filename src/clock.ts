/** Where the time comes from: milliseconds since 1970. */
export interface Clock {
  now(): number;
}

/**
 * How many milliseconds our clock is ahead of a server's, by the `Date` of its answer to what was
 * sent at `sent` and answered at `received`; null when there is no date. Right to about a second.
 */
export function aheadOf(
  date: string | null | undefined,
  sent: number,
  received: number,
): number | null {
  const theirs = Date.parse(date ?? "");
  // The header leaves out the milliseconds: half a second of them, on average.
  return Number.isNaN(theirs) ? null : Math.round((sent + received) / 2 - (theirs + 500));
}
