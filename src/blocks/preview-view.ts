import type { KnownBlock, ModalView } from "@slack/types";
import type { Preview } from "../approval/change-request.ts";
import type { Lock } from "../problem.ts";
import { difference, warningPhrase } from "./difference.ts";
import { actions, bullets, button, heading, labelled, paragraph, plain, shortened } from "./kit.ts";
import { problemWords } from "./problem-words.ts";
import { approversPhrase } from "./request-card.ts";
import { tagList } from "./tag-list.ts";
import { clip } from "./visible.ts";
import { wayBack } from "./way-back.ts";

export const PREVIEW_VIEW = "change-preview";
export const BACK_ACTION = "back-to-form";
export const LOOK_AGAIN_ACTION = "look-again";

const MOST_STAYING = 30;
const MOST_NOTES = 30;

const AFTER_LOCK =
  " If you go on, I wait and make the change as soon as the task has ended, or say why not.";
const AFTER_APPROVAL =
  " You can ask all the same: once it is approved, I wait and make the change as soon as the task has ended, or say why not.";

/**
 * Exactly what will change. It can be agreed to where there is something to change. While a task
 * holds the snapshot (`lock`) it is made when that has ended.
 */
export function previewView(draftId: string, preview: Preview, lock?: Lock): ModalView {
  const { before, plan, reason, ref, rule } = preview;
  const changes = plan.rows.length > 0;
  const asks = rule.verdict.kind === "approve";
  const blocks: KnownBlock[] = [
    paragraph([
      "Snapshot ",
      { bold: clip(before.name, 260) },
      ` in ${before.region}, project ${ref.projectId}, `,
      { code: ref.snapshotId },
    ]),
    ...(lock === undefined
      ? []
      : [
          paragraph([
            { bold: "Not now. " },
            ...problemWords(lock).what,
            ...(changes ? [asks ? AFTER_APPROVAL : AFTER_LOCK] : []),
          ]),
        ]),
    ...(changes ? [heading("What will change"), ...difference(plan.rows)] : []),
    ...(plan.warnings.length === 0
      ? []
      : [heading("Please note"), bullets(shortened(plan.warnings.map(warningPhrase), MOST_NOTES))]),
    ...(reason === null ? [] : [paragraph(labelled("Reason", reason))]),
    ...(changes && asks ? [paragraph(approversPhrase(rule))] : []),
    heading(plan.stays.length === 0 ? "No other tags" : "Tags that stay"),
    ...tagList(plan.stays, MOST_STAYING),
    ...wayBack("To take it back later", ref, plan),
    actions(
      "preview-actions",
      button(BACK_ACTION, "Back to the form"),
      ...(lock === undefined ? [] : [button(LOOK_AGAIN_ACTION, "Look again")]),
    ),
  ];
  return {
    type: "modal",
    callback_id: PREVIEW_VIEW,
    private_metadata: draftId,
    title: plain("Review the change"),
    close: plain("Cancel"),
    ...(changes
      ? {
          submit: plain(
            asks
              ? "Request approval"
              : lock === undefined
                ? "Apply change"
                : "Apply when it is free",
          ),
        }
      : {}),
    blocks,
  };
}
