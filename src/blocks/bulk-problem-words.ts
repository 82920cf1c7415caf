import type { Problem } from "../problem.ts";
import { counted } from "./amounts.ts";
import type { ProblemWords } from "./problem-pieces.ts";

type BulkProblem = Extract<Problem, { readonly kind: `bulk-${string}` }>;

/** Why many snapshots cannot be changed at once. @param cause what was in the way, in words */
export function bulkProblemWords(problem: BulkProblem, cause?: ProblemWords): ProblemWords {
  switch (problem.kind) {
    case "bulk-none":
      return {
        what: ["Where your key may look, there is no snapshot like the ones you chose."],
        next: ["See what a filter finds with ", { code: "/snapshot list" }, "."],
      };
    case "bulk-too-many":
      return problem.most === 0
        ? {
            what: ["Your team's policy lets nobody change many snapshots at once."],
            next: ["Change them one by one with ", { code: "/snapshot" }, "."],
          }
        : {
            what: [
              `You chose ${counted(problem.chosen, "snapshot")}, and one plan may change ${problem.most.toLocaleString("en")} at most.`,
            ],
            next: ["Choose fewer, with one more filter perhaps, and make several plans."],
          };
    case "bulk-too-many-yours":
      return {
        what: [
          `This plan has ${counted(problem.more, "snapshot")}, and your open plans have ${problem.open.toLocaleString("en")} already: together more than the ${problem.most.toLocaleString("en")} that one person may have open.`,
        ],
        next: [
          "Wait until one of your plans is over, or withdraw one: ",
          { code: "/snapshot pending" },
          " shows them.",
        ],
      };
    case "bulk-not-whole":
      return {
        what: [
          "I could not read the whole list of snapshots",
          problem.unread > 0 ? `: ${counted(problem.unread, "place")} missing. ` : ". ",
          ...(cause === undefined ? [] : [...cause.what, " "]),
          "Nothing is planned on half of it.",
        ],
        next: ["Press Try again in a minute."],
      };
    default:
      return problem satisfies never;
  }
}
