import type { Problem } from "../problem.ts";
import type { Phrase } from "./phrase.ts";
import { commas, type ProblemWords, quote, says } from "./problem-pieces.ts";

type SnapshotProblem = Extract<
  Problem,
  {
    readonly kind:
      | "snapshot-not-found"
      | "volume-not-found"
      | "locked"
      | "tag-read-only"
      | "change-refused"
      | "too-much-to-show"
      | "prefill-too-long"
      | "not-all-taken"
      | "gcore-busy"
      | "gcore-unavailable"
      | "gcore-unclear";
  }
>;

/** What is wrong with a snapshot or with what is wished for it, and what Gcore does not do. */
export function snapshotProblemWords(problem: SnapshotProblem): ProblemWords {
  switch (problem.kind) {
    case "snapshot-not-found":
      return {
        what: ["Gcore knows no such snapshot where your key may look."],
        next: [
          "Check the id, and the project and the region if you named them. It may have been deleted.",
        ],
      };
    case "volume-not-found":
      return {
        what: ["Gcore no longer knows the volume that the snapshot was made of."],
        next: ["Copy the tags from another snapshot instead."],
      };
    case "locked":
      return {
        what: [
          "The snapshot is locked by a task",
          ...(problem.task === null ? [] : [" (", quote(problem.task), ")"]),
          ...when(" since ", problem.since),
          ".",
        ],
        next: ["Try again when the task has ended."],
      };
    case "tag-read-only":
      return {
        what: ["Gcore marks as read-only: ", ...commas(problem.keys)],
        next: ["Leave these tags out."],
      };
    case "change-refused":
      return {
        what: ["Gcore refused the change. ", ...says(problem.detail)],
        next: ["Change what it names, and try again."],
      };
    case "too-much-to-show":
      return {
        what: [`This would change ${problem.rows} things at once: more than I can show you here.`],
        next: ["Make it in smaller steps, so that you see exactly what you agree to."],
      };
    case "prefill-too-long":
      return {
        what: [`Your command has more text for “${problem.field}” than the form can hold.`],
        next: ["Make it in smaller steps."],
      };
    case "not-all-taken":
      return {
        what: [
          "Gcore accepted the change, but its answer does not show all of it. Not as asked: ",
          ...commas(problem.fields),
        ],
        next: ["Look at the snapshot in the portal before you go on."],
      };
    case "gcore-busy":
      return {
        what: ["Gcore asks to be called less often."],
        next: [`Try again in ${minutes(problem.retryAfter)}.`],
      };
    case "gcore-unavailable":
      return {
        what: ["Gcore did not answer (", quote(problem.detail), ")."],
        next: ["Try again in a minute."],
      };
    case "gcore-unclear":
      return {
        what: ["I did not understand Gcore's answer (", quote(problem.detail), ")."],
        next: ["Try again. If it stays, tell whoever runs this bot."],
      };
    default:
      return problem satisfies never;
  }
}

const when = (before: string, time: number | null): Phrase =>
  time === null ? [] : [before, { date: time }];

const minutes = (wait: number | null): string =>
  wait === null || wait <= 60_000 ? "a minute" : `${Math.ceil(wait / 60_000)} minutes`;
