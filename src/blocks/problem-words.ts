import type { Problem } from "../problem.ts";
import { bulkProblemWords } from "./bulk-problem-words.ts";
import { decisionProblemWords } from "./decision-problem-words.ts";
import { keyProblemWords } from "./key-problem-words.ts";
import type { Phrase } from "./phrase.ts";
import type { ProblemWords } from "./problem-pieces.ts";
import { snapshotProblemWords } from "./snapshot-problem-words.ts";

/** Every problem in words. Foreign text in it stays text. */
export function problemWords(problem: Problem): ProblemWords {
  switch (problem.kind) {
    case "no-key":
    case "key-malformed":
    case "key-in-text":
    case "key-unreadable":
    case "key-refused":
    case "key-expired":
    case "key-read-only":
    case "key-other-project":
    case "no-cloud":
    case "not-permitted":
      return keyProblemWords(problem);
    case "snapshot-not-found":
    case "volume-not-found":
    case "locked":
    case "tag-read-only":
    case "change-refused":
    case "too-much-to-show":
    case "prefill-too-long":
    case "not-all-taken":
    case "gcore-busy":
    case "gcore-unavailable":
    case "gcore-unclear":
      return snapshotProblemWords(problem);
    case "bulk-none":
    case "bulk-too-many":
    case "bulk-too-many-yours":
      return bulkProblemWords(problem);
    case "bulk-not-whole":
      return bulkProblemWords(problem, problem.problem && problemWords(problem.problem));
    case "policy-denies":
    case "policy-silent":
    case "tag-rules-broken":
    case "policy-changed":
    case "group-unresolved":
    case "too-few-approvers":
    case "not-a-member":
    case "not-an-approver":
    case "requester-left":
    case "own-request":
    case "approved-already":
    case "not-the-requester":
    case "slack-unavailable":
    case "request-gone":
    case "request-unseen":
    case "preview-gone":
    case "form-late":
      return decisionProblemWords(problem);
    default:
      return problem satisfies never;
  }
}

/** Whether another API key would mend it. */
export const isOfKey = (problem: Problem): boolean =>
  OF_THE_KEY.has(problem.kind) ||
  (problem.kind === "bulk-not-whole" && problem.problem !== undefined && isOfKey(problem.problem));

const OF_THE_KEY: ReadonlySet<Problem["kind"]> = new Set([
  "no-key",
  "key-unreadable",
  "key-refused",
  "key-expired",
  "key-read-only",
  "key-other-project",
  "no-cloud",
  "not-permitted",
]);

/** Problem and advice as one sentence after the other. */
export const problemPhrase = (problem: Problem): Phrase => {
  const { what, next } = problemWords(problem);
  return [...what, " ", ...next];
};
