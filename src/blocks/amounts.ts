/** So many of something: `1 snapshot`, `2 snapshots`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** How long ago something was, in its largest unit. */
export function ageOf(ms: number): string {
  for (const [unit, length] of UNITS) {
    if (ms >= length) return `${counted(Math.floor(ms / length), unit)} ago`;
  }
  return "just now";
}
