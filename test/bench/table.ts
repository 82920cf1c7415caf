/** How long one thing takes, with little and with much around it. Milliseconds. */
export interface Figure {
  readonly what: string;
  readonly engine: string;
  /** How many ledger entries, or snapshots, there are in the two cases. */
  readonly entries: readonly [small: number, large: number];
  /** The middle of all runs. */
  readonly ms: readonly [small: number, large: number];
}

/** One thing that was measured, once. */
export interface Measure {
  readonly what: string;
  readonly engine: string;
  /** How many snapshots were changed at once meanwhile. */
  readonly snapshots: number;
  readonly value: number;
  readonly unit: string;
}

/** Measures as a table for people. */
export const measures = (all: readonly Measure[]): string =>
  aligned([
    ["what", "engine", "snapshots", "value"],
    ...all.map(({ what, engine, snapshots, value, unit }) => [
      what,
      engine,
      snapshots.toLocaleString("en"),
      `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`,
    ]),
  ]);

/** The value that this part of all of them does not go beyond. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
}

/** Figures as a table for people. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, engine, entries, ms: [small, large] }) => [
    what,
    engine,
    entries.map((count) => count.toLocaleString("en")).join(" / "),
    `${small.toFixed(2)} / ${large.toFixed(2)}`,
    (large / small).toFixed(1),
  ]);
  return aligned([["what", "engine", "how many", "ms", "ratio"], ...rows]);
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = lines[0]?.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths?.[at] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The middle of so many runs, in milliseconds; the first ones do not count. */
export async function middle(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = -5; run < runs; run += 1) {
    const begun = performance.now();
    await work();
    if (run >= 0) times.push(performance.now() - begun);
  }
  return times.sort((one, other) => one - other)[Math.floor(runs / 2)] ?? 0;
}
