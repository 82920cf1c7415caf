import type { KnownBlock } from "@slack/types";
import type { ChangeRequest, Finished } from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import type { Problem } from "../problem.ts";
import type { Row } from "../snapshot/plan.ts";
import { counted } from "./amounts.ts";
import { rowName } from "./difference.ts";
import { bullets, shortened } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { isOfKey, problemPhrase, problemWords } from "./problem-words.ts";
import { changeBlocks, subjectOf } from "./subject.ts";
import { clip } from "./visible.ts";

/**
 * How a request stands, in one sentence: for whoever asked (`isTheirs`), or for everybody. Success is
 * said only after Gcore said so.
 */
export function outcomeLine(request: ChangeRequest, isTheirs = false): Phrase {
  const name = subjectOf(request);
  switch (request.state) {
    case "pending":
      return [
        "The change of ",
        ...name,
        ` waits for a decision: ${request.approvals.length} of ${approvalsNeeded(request.rule)} approvals so far`,
        ...(request.expiresAt === null ? [] : [", until ", { date: request.expiresAt }]),
        ".",
      ];
    case "approved":
      if (request.attempts > 0) {
        return [
          "The change of ",
          ...name,
          " waits: Gcore is busy or away. I keep trying for ten minutes and say what comes of it.",
        ];
      }
      return ["The change of ", ...name, " is on its way. The result comes as a message."];
    case "applying":
      return request.sentAt === null
        ? ["The change of ", ...name, " is being applied. The result comes as a message."]
        : [
            { bold: "Outcome unknown so far. " },
            "Gcore did not answer when ",
            ...name,
            " was changed. It may or may not be done. ",
            ...(request.trouble === null || PASSES.has(request.trouble.kind)
              ? ["I am looking it up and say what I find."]
              : [
                  "I cannot look it up now: ",
                  ...because(request, request.trouble, isTheirs),
                  " I keep trying for a day.",
                ]),
          ];
    case "held":
      return [
        { bold: "Waiting. " },
        ...problemWords(request.lock).what,
        " I change ",
        ...name,
        " as soon as that has ended, or say why not. I wait for a day at most.",
      ];
    case "applied":
      return request.lookedUp
        ? [
            { bold: "Done. " },
            ...capital(name),
            " is changed. Gcore's answer was lost; I looked it up.",
          ]
        : [{ bold: "Done. " }, ...capital(name), " is changed."];
    case "failed":
      return [
        { bold: request.problem.kind === "not-all-taken" ? "Not done as asked. " : "Not done. " },
        ...capital(name),
        ": ",
        ...because(request, request.problem, isTheirs),
      ];
    case "conflict":
      if (request.sentAt !== null) {
        return [
          { bold: "Conflict. " },
          "Gcore's answer was lost, and ",
          ...name,
          " is now neither as it was nor as it was asked for: somebody else changed it meanwhile. I left it as it is.",
        ];
      }
      return [
        { bold: "Not applied: conflict. " },
        "Somebody else changed ",
        ...name,
        " after it was looked at. I left it as it is.",
      ];
    case "rejected":
      return [
        { bold: "Rejected. " },
        { person: request.rejection.by.userId },
        " said no to the change of ",
        ...name,
        request.rejection.comment === null ? "." : ": ",
        ...(request.rejection.comment === null ? [] : [clip(request.rejection.comment, 500)]),
      ];
    case "withdrawn":
      return [
        { bold: "Withdrawn. " },
        { person: request.requester.userId },
        " took the request to change ",
        ...name,
        " back. Nothing was changed.",
      ];
    case "expired":
      return [
        { bold: "Expired. " },
        "Nobody decided in time on the change of ",
        ...name,
        ". Nothing was changed.",
      ];
    case "running":
      return ["The change of ", ...name, " is under way."];
    case "paused":
      if (request.because !== undefined) {
        return [
          { bold: "Paused. " },
          "The change of ",
          ...name,
          " cannot go on: ",
          ...because(request, request.because, isTheirs),
          " Then press Go on.",
        ];
      }
      return [
        { bold: "Paused " },
        "by ",
        { person: request.stoodBy.userId },
        ". Nothing more is begun of the change of ",
        ...name,
        " until somebody goes on with it.",
      ];
    case "stopping":
      return [
        { bold: "Being stopped " },
        "by ",
        { person: request.stoodBy.userId },
        ". What was begun of the change of ",
        ...name,
        " is finished, and nothing more is begun.",
      ];
    case "finished":
      return finishedLine(request);
    case "unknown":
      return [
        { bold: "Outcome unknown. " },
        "I cannot tell whether ",
        ...name,
        " was changed, and cannot look it up: ",
        ...because(request, request.problem, isTheirs),
      ];
    default:
      return request satisfies never;
  }
}

/** "Done" is said only where all of them are changed. */
function finishedLine({ counts, bulk, stoodBy }: Finished): Phrase {
  const { size } = bulk;
  const all = counted(size, "snapshot");
  if (counts.applied === size)
    return [
      { bold: "Done. " },
      `${size === 1 ? "The" : "All"} ${all} ${size === 1 ? "is" : "are"} changed.`,
    ];
  return [
    ...(stoodBy === undefined
      ? [{ bold: counts.applied === 0 ? "Not done. " : "Done in part. " }]
      : [{ bold: "Stopped " }, "by ", { person: stoodBy.userId }, ". "]),
    `${counts.applied.toLocaleString("en")} of ${all} ${counts.applied === 1 || size === 1 ? "is" : "are"} changed.`,
  ];
}

const capital = ([first, ...rest]: Phrase): Phrase =>
  typeof first === "string" ? [first.charAt(0).toUpperCase() + first.slice(1), ...rest] : rest;

/** What was to change; in a conflict what stands there now. */
export function outcomeDetails(request: ChangeRequest, most: number): KnownBlock[] {
  if (request.state !== "conflict") return changeBlocks(request, most);
  const lines = request.found.map(({ row, now }) => conflictPhrase(row, now));
  return [bullets(shortened(lines, most))];
}

/** What was in the way. What is wrong with a key is for its owner to read, and to mend. */
const because = (request: ChangeRequest, problem: Problem, isTheirs: boolean): Phrase =>
  isTheirs || !isOfKey(problem)
    ? problemPhrase(problem)
    : ["the API key of ", { person: request.requester.userId }, " cannot be used for this."];

const PASSES: ReadonlySet<Problem["kind"]> = new Set([
  "gcore-busy",
  "gcore-unavailable",
  "gcore-unclear",
  "not-all-taken",
]);

const conflictPhrase = (row: Row, now: string | null): Phrase => [
  ...rowName(row),
  ": was ",
  value(row.before),
  ", asked for ",
  value(row.after),
  ", now it is ",
  value(now),
];

const value = (text: string | null) => (text === null ? "no tag" : { code: clip(text, 260) });
