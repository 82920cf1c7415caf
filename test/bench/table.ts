/** One thing that was measured. */
export interface Measure {
  readonly what: string;
  readonly engine: string;
  /** How much there was of it: snapshots, ledger entries, connections, interactions. */
  readonly count: number;
  readonly value: number;
  readonly unit: string;
  /** How many times something else of the same run that is. */
  readonly ratio?: { readonly times: number; readonly to: string };
}

/** One thing with little and with much around it, in milliseconds. */
export const pair = (
  what: string,
  engine: string,
  [small, large]: readonly [small: number, large: number],
  [little, much]: readonly [little: number, much: number],
): readonly Measure[] => [
  { what, engine, count: small, value: little, unit: "ms" },
  {
    ...{ what, engine, count: large, value: much, unit: "ms" },
    ratio: { times: much / little, to: small.toLocaleString("en") },
  },
];

/** Measures as a table for people. */
export const table = (all: readonly Measure[]): string =>
  aligned([
    ["what", "engine", "with", "value", "ratio"],
    ...all.map(({ what, engine, count, value, unit, ratio }) => [
      what,
      engine,
      count.toLocaleString("en"),
      `${value.toFixed(value < 100 ? 2 : 0)} ${unit}`,
      ratio === undefined ? "" : `${ratio.times.toFixed(1)} times ${ratio.to}`,
    ]),
  ]);

/** The value that this part of all of them does not go beyond. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
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
