import type { ChangeRequest, Pending } from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import type { Refused } from "../approval/notice.ts";
import type { ProjectName } from "../problem.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { difference } from "./difference.ts";
import { actions, heading, labelled, type Message, message, paragraph } from "./kit.ts";
import { outcomeDetails, outcomeLine } from "./outcome.ts";
import { isOfKey, problemPhrase } from "./problem-words.ts";
import { againButton, stopButton, undoButton } from "./request-buttons.ts";
import { snapshotCard } from "./snapshot-card.ts";
import { type Detour, detourPhrase } from "./undelivered.ts";
import { clip } from "./visible.ts";
import { wayBack } from "./way-back.ts";

const MOST_ROWS = 20;

/** The summary of an applied change for the channel where it began. */
export function summaryMessage(
  request: ChangeRequest & { readonly state: "applied" },
  ledgerSeq: number,
  project: ProjectName | undefined,
  detour?: Detour,
): Message {
  return message(
    [
      { person: request.requester.userId },
      " changed snapshot ",
      { bold: clip(request.snapshot.name, 200) },
      ".",
    ],
    ...(detour === undefined ? [] : [paragraph(detourPhrase(detour))]),
    ...difference(request.plan.rows, MOST_ROWS),
    ...reason(request),
    ...(request.lookedUp
      ? [paragraph(["Gcore's answer was lost; I looked the snapshot up to be sure."])]
      : []),
    heading("The snapshot now"),
    ...snapshotCard(request.snapshot, project),
    ...wayBack("To take it back", request.ref, request.plan),
    ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
    paragraph([`Ledger no. ${ledgerSeq}`]),
    actions("summary-actions", undoButton(request.id)),
  );
}

/** What an audit channel hears of a request that has ended, whichever way. */
export function announcementMessage(
  request: ChangeRequest,
  ledgerSeq: number,
  project: ProjectName | undefined,
): Message {
  return message(
    [
      `${ANNOUNCED[request.state]}: `,
      { person: request.requester.userId },
      " · snapshot ",
      { bold: clip(request.before.name, 200) },
      ` · ledger no. ${ledgerSeq}`,
    ],
    ...(request.state === "applied" ? [] : [paragraph(outcomeLine(request))]),
    ...outcomeDetails(request, MOST_ROWS).slice(0, 1),
    paragraph([
      `Project ${project === undefined ? "" : `${clip(project.name, 100)} `}${request.ref.projectId}, `,
      `region ${request.before.region}, `,
      { code: request.ref.snapshotId },
    ]),
    ...reason(request),
    ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
  );
}

const ANNOUNCED: Readonly<Record<ChangeRequest["state"], string>> = {
  pending: "Asked for",
  approved: "Approved",
  applying: "Being applied",
  held: "Waits for a lock",
  applied: "Changed",
  failed: "Failed",
  conflict: "Conflict, not applied",
  unknown: "Outcome unknown",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  expired: "Expired",
};

/** Word to the requester about a request that has not gone as they wished, or not yet. */
export const wordMessage = (request: ChangeRequest, ledgerSeq: number): Message =>
  message(
    outcomeLine(request, true),
    ...outcomeDetails(request, MOST_ROWS),
    ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
    paragraph([`Ledger no. ${ledgerSeq}`]),
    ...(request.state === "conflict" ? [actions("word-actions", againButton(request.id))] : []),
    ...(request.state === "held" ? [actions("word-actions", stopButton(request.id))] : []),
  );

/** How a request stands, as an answer to whoever asked for it. */
export const outcomeMessage = (request: ChangeRequest): Message =>
  message(
    outcomeLine(request, true),
    ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
  );

/** Word under its card that a request still waits. It pings nobody. */
export const reminderMessage = (request: Pending): Message =>
  message([
    `Still waiting: ${request.approvals.length} of ${approvalsNeeded(request.rule)} approvals`,
    ...(request.expiresAt === null ? [] : [", until ", { date: request.expiresAt }]),
    ".",
  ]);

/** What an audit channel hears of an attempt without the right. */
export const refusalMessage = (
  { by, what, problem, ref, snapshotName, rows }: Refused,
  ledgerSeq: number,
): Message =>
  message(
    [
      "Refused: ",
      { person: by.userId },
      ` wanted to ${ATTEMPTS[what]} `,
      { bold: clip(snapshotName, 200) },
      ` · ledger no. ${ledgerSeq}`,
    ],
    // What is wrong with a key is for its owner to read.
    paragraph(
      isOfKey(problem)
        ? ["Their API key cannot be used for this."]
        : ["They were told: ", ...problemPhrase(problem)],
    ),
    ...difference(rows, MOST_ROWS),
    paragraph([
      ...(ref.projectId === undefined ? [] : [`Project ${ref.projectId}, `]),
      ...(ref.regionId === undefined ? [] : [`region ${ref.regionId}, `]),
      { code: ref.snapshotId },
    ]),
  );

const ATTEMPTS: Readonly<Record<Refused["what"], string>> = {
  ask: "change snapshot",
  approve: "approve a change of snapshot",
  reject: "reject a change of snapshot",
  withdraw: "withdraw a change of snapshot",
};

const reason = (request: ChangeRequest) =>
  request.reason === null ? [] : [paragraph(labelled("Reason", request.reason))];
