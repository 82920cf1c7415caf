import type { KnownBlock, ModalView } from "@slack/types";
import type { PlanRow } from "../approval/bulk-page.ts";
import type { BulkPreview, Many, Pending } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import { counted } from "./amounts.ts";
import { seePlanButton } from "./bulk-buttons.ts";
import { AIM, aimLines, planPhrase, sizeLines } from "./bulk-words.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { actions, bullets, button, heading, labelled, paragraph, plain } from "./kit.ts";
import { planRow } from "./plan-view.ts";
import { BACK_ACTION } from "./preview-view.ts";
import { REJECT_ACTION, withdrawButton } from "./request-buttons.ts";
import { approversPhrase } from "./request-card.ts";
import { commentField, REVIEW_VIEW } from "./review-view.ts";

export const BULK_PREVIEW_VIEW = "bulk-preview";
/** So many items stand in a plan's view; the others are a click away. */
export const SAMPLES = 3;

/** What would be made of many, before it is asked for. `samples`: the first of them. */
export function bulkPreviewView(
  planId: string,
  preview: BulkPreview,
  samples: readonly PlanRow[],
): ModalView {
  const { bulk, reason, rule } = preview;
  const asks = rule.verdict.kind === "approve";
  return {
    type: "modal",
    callback_id: BULK_PREVIEW_VIEW,
    private_metadata: planId,
    title: plain("Review the plan"),
    close: plain("Cancel"),
    ...(bulk.size === 0
      ? {}
      : {
          // Slack takes 24 characters.
          submit: plain(asks ? "Request approval" : `Change ${counted(bulk.size, "snapshot")}`),
        }),
    blocks: [
      ...planBlocks(preview, samples),
      ...(reason === null ? [] : [paragraph(labelled("Reason", reason))]),
      ...(asks && bulk.size > 0 ? [paragraph(approversPhrase(rule))] : []),
      actions("preview-actions", button(BACK_ACTION, "Back to the form"), seePlanButton(planId)),
    ],
  };
}

/** A plan before an approver's eyes. Each snapshot is compared once more before it is changed. */
export function bulkReviewView(
  request: Pending & Many,
  viewer: Person,
  samples: readonly PlanRow[],
): ModalView {
  const { id, requester, bulk, reason, rule, expiresAt } = request;
  return {
    type: "modal",
    callback_id: REVIEW_VIEW,
    private_metadata: id,
    title: plain("Review the request"),
    close: plain("Close"),
    submit: plain("Approve"),
    blocks: [
      paragraph([
        { person: requester.userId },
        " asks to change ",
        { bold: counted(bulk.size, "snapshot") },
        ".",
      ]),
      ...planBlocks(request, samples),
      ...(reason === null ? [] : [paragraph(labelled("Reason", reason))]),
      paragraph(approversPhrase(rule)),
      ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
      ...(expiresAt === null ? [] : [paragraph(labelled("Open until", { date: expiresAt }))]),
      commentField(),
      actions(
        "review-actions",
        seePlanButton(id),
        button(REJECT_ACTION, "Reject…", { value: id, style: "danger" }),
        ...(samePerson(viewer, requester) ? [withdrawButton(id)] : []),
      ),
    ],
  };
}

function planBlocks({ bulk }: Many, samples: readonly PlanRow[]): KnownBlock[] {
  return [
    heading(AIM),
    bullets(aimLines(bulk)),
    heading("How many"),
    bullets(sizeLines(bulk)),
    paragraph(planPhrase(bulk)),
    ...(samples.length === 0
      ? []
      : [
          heading(samples.length < bulk.size ? `The first ${samples.length}` : "All of them"),
          ...samples.flatMap(planRow),
        ]),
    paragraph([
      "Each snapshot is looked at once more before it is changed. One that somebody has changed meanwhile is left as it is.",
    ]),
  ];
}
