import { visible } from "../blocks/visible.ts";

/** What the doctor says about one thing that it looked at. */
export interface Finding {
  readonly check: string;
  readonly verdict: "well" | "warning" | "wrong" | "skipped";
  readonly said: string;
  /** The one thing to do about it. */
  readonly todo: string | null;
}

export const well = (check: string, said: string): Finding => ({
  ...{ check, verdict: "well", said, todo: null },
});

/** The bot runs like this, but somebody should know. */
export const warning = (check: string, said: string, todo: string): Finding => ({
  ...{ check, verdict: "warning", said, todo },
});

export const wrong = (check: string, said: string, todo: string): Finding => ({
  ...{ check, verdict: "wrong", said, todo },
});

/** It could not be looked at, because of something before it. */
export const skipped = (check: string, why: string): Finding => ({
  ...{ check, verdict: "skipped", said: `not looked at: ${why}`, todo: null },
});

const MARKS: Readonly<Record<Finding["verdict"], string>> = {
  well: "✓ well   ",
  warning: "! warning",
  wrong: "✗ wrong  ",
  skipped: "- skipped",
};

/** A finding as a terminal shows it. */
export const findingText = ({ check, verdict, said, todo }: Finding): string =>
  [
    // A line break in what a server has said would look like a finding of our own.
    `${MARKS[verdict]}  ${check}: ${visible(said)}`,
    ...(todo === null ? [] : [`           To do: ${visible(todo)}`]),
  ].join("\n");

/** What it all comes to, in one line. */
export function summaryText(findings: readonly Finding[]): string {
  const count = (verdict: Finding["verdict"]): number =>
    findings.filter((one) => one.verdict === verdict).length;
  const [faults, warnings] = [count("wrong"), count("warning")];
  const more =
    warnings === 0
      ? ""
      : warnings === 1
        ? " There is a warning."
        : ` There are ${warnings} warnings.`;
  if (faults === 0) return `Nothing is wrong.${more}`;
  const things = faults === 1 ? "One thing is" : `${faults} things are`;
  return `${things} wrong.${more} Begin at the top: what is further down may follow from it.`;
}
