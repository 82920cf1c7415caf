import type { InputBlock, KnownBlock, ModalView } from "@slack/types";
import type { One, Pending } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import type { Problem } from "../problem.ts";
import type { Row } from "../snapshot/plan.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { rowName, warningPhrase } from "./difference.ts";
import { actions, bullets, button, heading, labelled, paragraph, plain, shortened } from "./kit.ts";
import type { Phrase, Piece } from "./phrase.ts";
import { isOfKey, problemPhrase } from "./problem-words.ts";
import { REJECT_ACTION, REVIEW_AGAIN_ACTION, withdrawButton } from "./request-buttons.ts";
import { approversPhrase } from "./request-card.ts";
import { readText, type ViewState } from "./view-state.ts";
import { clip } from "./visible.ts";

export const REVIEW_VIEW = "review-request";
export const REJECT_VIEW = "reject-request";

const COMMENT = "comment";
export const COMMENT_LENGTH = 500;
const MOST_NOTES = 30;

/**
 * A request before an approver's eyes: for each field what it was, what it is to be, and what Gcore
 * says now (`seen`, in the order of the rows). Where Gcore could not be asked it cannot be approved.
 * Who may approve their own request may also take it back.
 */
export function reviewView(
  request: Pending & One,
  viewer: Person,
  seen: readonly (string | null)[] | null,
  obstacle?: Problem,
): ModalView {
  const { before, plan, reason, ref, requester, expiresAt, rule } = request;
  const blocks: KnownBlock[] = [
    paragraph([
      { person: requester.userId },
      " asks to change snapshot ",
      { bold: clip(before.name, 260) },
      ` in ${before.region}, project ${ref.projectId}, `,
      { code: ref.snapshotId },
      ".",
    ]),
    ...(obstacle === undefined
      ? []
      : [
          paragraph([
            { bold: "I could not look at the snapshot now. " },
            ...obstaclePhrase(requester.userId, obstacle),
          ]),
        ]),
    heading("What would change"),
    bullets(plan.rows.map((row, index) => sidePhrase(row, seen?.[index]))),
    ...(plan.warnings.length === 0
      ? []
      : [heading("Please note"), bullets(shortened(plan.warnings.map(warningPhrase), MOST_NOTES))]),
    ...(reason === null ? [] : [paragraph(labelled("Reason", reason))]),
    paragraph(approversPhrase(rule)),
    ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
    ...(expiresAt === null ? [] : [paragraph(labelled("Open until", { date: expiresAt }))]),
    ...(obstacle === undefined ? [commentField()] : []),
    actions(
      "review-actions",
      button(REJECT_ACTION, "Reject…", { value: request.id, style: "danger" }),
      ...(obstacle === undefined
        ? []
        : [button(REVIEW_AGAIN_ACTION, "Look again", { value: request.id })]),
      ...(samePerson(viewer, requester) ? [withdrawButton(request.id)] : []),
    ),
  ];
  return {
    type: "modal",
    callback_id: REVIEW_VIEW,
    private_metadata: request.id,
    title: plain("Review the request"),
    close: plain("Close"),
    ...(obstacle === undefined ? { submit: plain("Approve") } : {}),
    blocks,
  };
}

/** What an approver may say with their yes. */
export const commentField = (): InputBlock => ({
  type: "input",
  block_id: COMMENT,
  label: plain("Comment"),
  hint: plain("Goes with your approval to everybody. To reject, press Reject below."),
  optional: true,
  element: {
    type: "plain_text_input",
    action_id: COMMENT,
    multiline: true,
    max_length: COMMENT_LENGTH,
  },
});

/** The look is made with the requester's key: what is wrong with it is not the approver's to mend. */
const obstaclePhrase = (requesterId: string, obstacle: Problem): Phrase =>
  isOfKey(obstacle)
    ? [
        "I look with the key of ",
        { person: requesterId },
        ", and it cannot be used for this now. They can connect another one with ",
        { code: "/snapshot connect" },
        "; then press Look again.",
      ]
    : problemPhrase(obstacle);

/** Before, after, and now. */
function sidePhrase(row: Row, now: string | null | undefined): Phrase {
  return [
    ...rowName(row),
    ": ",
    value(row.before),
    " → ",
    value(row.after),
    ...(now === undefined ? [] : [" (now: ", value(now), ")"]),
  ];
}

const value = (text: string | null): Piece =>
  text === null ? "no tag" : { code: clip(text, 260) };

/** Asks for the reason of a no. */
export const rejectView = (requestId: string): ModalView => ({
  type: "modal",
  callback_id: REJECT_VIEW,
  private_metadata: requestId,
  title: plain("Reject the request"),
  submit: plain("Reject"),
  close: plain("Back"),
  blocks: [
    {
      type: "input",
      block_id: COMMENT,
      label: plain("Why not?"),
      hint: plain("The person who asked reads it, and it stands in the ledger."),
      element: {
        type: "plain_text_input",
        action_id: COMMENT,
        multiline: true,
        min_length: 1,
        max_length: COMMENT_LENGTH,
      },
    },
  ],
});

/** The comment in either view, on one line; null when there is none. */
export const readComment = (state: ViewState): string | null =>
  readText(state, COMMENT).trim().replaceAll(/\s+/g, " ") || null;

/** An answer to a rejection that says nothing. */
export const commentMissing = (): Record<string, string> => ({
  [COMMENT]: "Write why, so that the person who asked can do better.",
});

/** An answer to a comment that looks like an API key. */
export const commentHoldsKey = (): Record<string, string> => ({
  [COMMENT]: "This looks like an API key. Take it out: others would read it.",
});
