const parts = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat("sv-SE", {
    ...({ timeZone, year: "numeric", month: "2-digit", day: "2-digit" } as const),
    ...({ hour: "2-digit", minute: "2-digit" } as const),
  }).format(ms);

/** A moment as a field for date and time shows it in that time zone: `2026-11-22T09:30`. */
export const localTime = (seconds: number, timeZone: string): string =>
  parts(seconds * 1000, timeZone).replace(" ", "T");

/** The moment, in seconds, at which clocks in that time zone show `local`. */
export function momentOf(local: string, timeZone: string): number {
  const wanted = Date.parse(`${local}Z`);
  const shownAt = (ms: number): number => Date.parse(`${localTime(ms / 1000, timeZone)}Z`);
  // Once more, as the clocks may change between the guess and the moment itself.
  const guess = wanted - (shownAt(wanted) - wanted);
  return (guess - (shownAt(guess) - wanted)) / 1000;
}
