import type { KnownBlock, ModalView } from "@slack/types";
import { type ChangeRequest, isBulk } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import type { Problem } from "../problem.ts";
import { type Progress, runBlocks, runButtons } from "./bulk-progress.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { actions, button, paragraph, plain } from "./kit.ts";
import { outcomeDetails, outcomeLine } from "./outcome.ts";
import type { Phrase } from "./phrase.ts";
import { BACK_ACTION, LOOK_AGAIN_ACTION } from "./preview-view.ts";
import { problemWords } from "./problem-words.ts";
import { againButton, stopButton, withdrawButton } from "./request-buttons.ts";
import { approversPhrase } from "./request-card.ts";

const MOST_ROWS = 40;

/** A view that only tells. */
const telling = (title: string, blocks: readonly KnownBlock[], draftId?: string): ModalView => ({
  type: "modal",
  callback_id: "telling",
  ...(draftId === undefined ? {} : { private_metadata: draftId }),
  title: plain(title),
  close: plain("Close"),
  blocks: [...blocks],
});

/** While Gcore is asked. */
export const lookingView = (draftId: string): ModalView =>
  telling(
    "One moment",
    [
      paragraph(["Looking the snapshot up in Gcore with your key…"]),
      // If the answer never comes, nothing that was typed is lost.
      actions("looking-actions", button(BACK_ACTION, "Back to the form")),
    ],
    draftId,
  );

/** While all that was chosen is read, and the plan is made. */
export const planningView = (draftId: string): ModalView =>
  telling(
    "One moment",
    [
      paragraph([
        "Reading the snapshots in Gcore with your key, and making the plan… With many places this takes a minute.",
      ]),
      actions("looking-actions", button(BACK_ACTION, "Back to the form")),
    ],
    draftId,
  );

/** A change that cannot go on as it is; what was typed is still there. */
export const obstacleView = (draftId: string, problem: Problem): ModalView => {
  const { what, next } = problemWords(problem);
  return telling(
    "This cannot go on",
    [
      paragraph(what),
      paragraph(next),
      actions(
        "obstacle-actions",
        button(BACK_ACTION, "Back to the form"),
        button(LOOK_AGAIN_ACTION, "Try again"),
      ),
    ],
    draftId,
  );
};

/** A problem with no way on in this view. */
export const problemView = (problem: Problem): ModalView => {
  const { what, next } = problemWords(problem);
  return telling("This cannot go on", [paragraph(what), paragraph(next)]);
};

/** While a request, or a change to be taken back, is looked up; it has no draft yet. */
export const openingView = (): ModalView => telling("One moment", [paragraph(["Looking it up…"])]);

/** Something that nobody foresaw; the reference leads to the log. */
export const accidentView = (reference: string): ModalView =>
  telling("Something went wrong", [paragraph(accidentPhrase(reference))]);

export const accidentPhrase = (reference: string): Phrase => [
  "Something went wrong on my side. A change that you have agreed to is not lost: its result comes as a message. If it stays, give this reference to whoever runs this bot: ",
  { code: reference },
];

/**
 * What has become of a request so far; whoever asked can take it back while it waits. `progress`:
 * how far many have come.
 */
export const requestView = (
  request: ChangeRequest,
  viewer: Person,
  progress?: Progress,
): ModalView => {
  const isOwn = samePerson(viewer, request.requester);
  const buttons = [
    ...(isOwn && request.state === "pending" ? [withdrawButton(request.id)] : []),
    ...(isOwn && request.state === "held" ? [stopButton(request.id)] : []),
    ...(isOwn && request.state === "conflict" ? [againButton(request.id)] : []),
  ];
  return telling(isOwn ? "Your change" : "The request", [
    paragraph(outcomeLine(request, isOwn)),
    ...runBlocks(request, progress),
    ...outcomeDetails(request, MOST_ROWS),
    ...(request.state === "pending" ? [paragraph(approversPhrase(request.rule))] : []),
    ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
    ...(buttons.length === 0 ? [] : [actions("request-actions", ...buttons)]),
    ...(isBulk(request) ? runButtons(request) : []),
  ]);
};
