import type { KnownBlock } from "@slack/types";
import type { PlanRow } from "../approval/bulk-page.ts";
import {
  type ChangeRequest,
  type Finished,
  isBulk,
  type Pending,
} from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import type { Refused } from "../approval/notice.ts";
import type { ProjectName } from "../problem.ts";
import type { Sought } from "../snapshot/change.ts";
import { runBlocks, runButtons } from "./bulk-progress.ts";
import { aimLines, planPhrase } from "./bulk-words.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { difference } from "./difference.ts";
import { actions, bullets, heading, labelled, type Message, message, paragraph } from "./kit.ts";
import { outcomeDetails, outcomeLine } from "./outcome.ts";
import { clipPhrase, type Phrase } from "./phrase.ts";
import { isOfKey, problemPhrase } from "./problem-words.ts";
import { againButton, stopButton, undoButton } from "./request-buttons.ts";
import { snapshotCard } from "./snapshot-card.ts";
import { placePhrase, refusedSubject, subjectOf } from "./subject.ts";
import { type Detour, detourPhrase } from "./undelivered.ts";
import { clip } from "./visible.ts";
import { wayBack } from "./way-back.ts";

const MOST_ROWS = 20;
/** Characters of what became of one of many. */
const TROUBLE = 500;

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
      " · ",
      ...subjectOf(request),
      ` · ledger no. ${ledgerSeq}`,
    ],
    ...(request.state === "applied" ? [] : [paragraph(outcomeLine(request))]),
    ...runBlocks(request, undefined),
    ...outcomeDetails(request, MOST_ROWS),
    paragraph(placePhrase(request, project)),
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
  running: "Under way",
  paused: "Paused",
  stopping: "Being stopped",
  finished: "Bulk change over",
};

/**
 * Word to the requester about a request that has not gone as they wished, or not yet; and about many
 * when they are over. `troubles`: the first of those that could not be changed.
 */
export const wordMessage = (
  request: ChangeRequest,
  ledgerSeq: number,
  troubles: readonly PlanRow[] = [],
): Message =>
  message(
    outcomeLine(request, true),
    ...runBlocks(request, undefined),
    ...(request.state === "finished" ? troubleBlocks(request, troubles) : []),
    ...outcomeDetails(request, MOST_ROWS),
    ...decisionPhrases(request).map((phrase) => paragraph(phrase)),
    paragraph([`Ledger no. ${ledgerSeq}`]),
    ...(request.state === "conflict" ? [actions("word-actions", againButton(request.id))] : []),
    ...(request.state === "held" ? [actions("word-actions", stopButton(request.id))] : []),
    ...(isBulk(request) ? runButtons(request) : []),
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
export const refusalMessage = (refused: Refused, ledgerSeq: number): Message => {
  const { by, what, problem } = refused;
  return message(
    [
      "Refused: ",
      { person: by.userId },
      ` wanted to ${ATTEMPTS[what]} `,
      ...refusedSubject(refused),
      ` · ledger no. ${ledgerSeq}`,
    ],
    // What is wrong with a key is for its owner to read.
    paragraph(
      isOfKey(problem)
        ? ["Their API key cannot be used for this."]
        : ["They were told: ", ...problemPhrase(problem)],
    ),
    ...("bulk" in refused
      ? [bullets(aimLines(refused.bulk)), paragraph(planPhrase(refused.bulk))]
      : [...difference(refused.rows, MOST_ROWS), paragraph(soughtPhrase(refused.ref))]),
  );
};

const soughtPhrase = ({ projectId, regionId, snapshotId }: Sought): Phrase => [
  ...(projectId === undefined ? [] : [`Project ${projectId}, `]),
  ...(regionId === undefined
    ? []
    : [`${projectId === undefined ? "Region" : "region"} ${regionId}, `]),
  { code: snapshotId },
];

const ATTEMPTS: Readonly<Record<Refused["what"], string>> = {
  ask: "change",
  approve: "approve a change of",
  reject: "reject a change of",
  withdraw: "withdraw a change of",
  steer: "pause, stop or go on with a change of",
};

/** The first of those that could not be changed, and what to do about each. */
function troubleBlocks({ counts }: Finished, troubles: readonly PlanRow[]): KnownBlock[] {
  if (troubles.length === 0) return [];
  const more = counts.failed + counts.conflict + counts.unknown - troubles.length;
  return [
    heading("What could not be changed"),
    bullets([
      ...troubles.flatMap(({ request }) =>
        request === undefined ? [] : [clipPhrase(outcomeLine(request, true), TROUBLE)],
      ),
      ...(more > 0 ? [[`${more.toLocaleString("en")} more: press See each snapshot.`]] : []),
    ]),
  ];
}

const reason = (request: ChangeRequest) =>
  request.reason === null ? [] : [paragraph(labelled("Reason", request.reason))];
