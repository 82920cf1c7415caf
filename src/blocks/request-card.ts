import type { KnownBlock } from "@slack/types";
import {
  type ChangeRequest,
  type Finished,
  isUnderWay,
  type Pending,
  type UnderWay,
} from "../approval/change-request.ts";
import { approvalsNeeded } from "../approval/decide.ts";
import type { Approvers, Rule } from "../approval/policy.ts";
import { type Progress, runBlocks, runButtons } from "./bulk-progress.ts";
import { decisionPhrases } from "./decision-phrases.ts";
import { actions, labelled, type Message, message, paragraph } from "./kit.ts";
import { outcomeDetails, outcomeLine } from "./outcome.ts";
import type { Phrase, Piece } from "./phrase.ts";
import { reviewButton } from "./request-buttons.ts";
import { changeBlocks, placePhrase, subjectOf } from "./subject.ts";
import { clip } from "./visible.ts";

const MOST_ROWS = 20;

/** A request where it was asked, as it stands now: it follows the request, and loses its button with it. */
export const cardMessage = (request: ChangeRequest, progress?: Progress): Message =>
  request.state === "pending"
    ? waiting(request, [
        { person: request.requester.userId },
        " asks for approval to change ",
        ...subjectOf(request),
        ".",
      ])
    : settled(request, progress);

/** The same for one approver alone. */
export const invitationMessage = (request: ChangeRequest): Message =>
  request.state === "pending"
    ? waiting(request, [
        { person: request.requester.userId },
        " asks you, among others, to approve a change of ",
        ...subjectOf(request),
        ".",
      ])
    : settled(request);

function waiting(request: Pending, line: Phrase): Message {
  const { reason, expiresAt, approvals, rule } = request;
  return message(
    line,
    ...changeBlocks(request, MOST_ROWS),
    paragraph(placePhrase(request)),
    ...(reason === null ? [] : [paragraph(labelled("Reason", reason))]),
    paragraph(approversPhrase(rule)),
    ...(expiresAt === null ? [] : [paragraph(labelled("Open until", { date: expiresAt }))]),
    ...(approvals.length === 0
      ? []
      : [
          paragraph([`${approvals.length} of ${approvalsNeeded(rule)} approvals so far.`]),
          ...decisions(request),
        ]),
    actions("card-actions", reviewButton(request.id)),
  );
}

function settled(request: ChangeRequest, progress?: Progress): Message {
  const details = [...outcomeDetails(request, MOST_ROWS), ...decisions(request)];
  if (!isUnderWay(request) && request.state !== "finished") {
    return message(cardLine(request), paragraph(outcomeLine(request)), ...details);
  }
  return message(
    [...outcomeLine(request), " ", { person: request.requester.userId }, " asked for it."],
    ...runBlocks(request, progress),
    ...details,
    ...runButtons(request),
  );
}

const decisions = (request: ChangeRequest): KnownBlock[] =>
  decisionPhrases(request).map((phrase) => paragraph(phrase));

const STATES: Readonly<Record<OneOrDecided, string>> = {
  pending: "Waits for approval",
  approved: "Approved",
  applying: "Approved",
  held: "Approved, waits for a lock",
  applied: "Approved and applied",
  failed: "Approved, but failed",
  conflict: "Conflict, not applied",
  unknown: "Approved, outcome unknown",
  rejected: "Rejected",
  withdrawn: "Withdrawn",
  expired: "Expired",
};
type OneOrDecided = Exclude<ChangeRequest, UnderWay | Finished>["state"];

const cardLine = (request: Exclude<ChangeRequest, UnderWay | Finished>): Phrase => [
  { bold: STATES[request.state] },
  ": the change that ",
  { person: request.requester.userId },
  " asked for.",
];

/** Who may decide by a rule, and how many of them it takes. */
export function approversPhrase({ name, verdict }: Rule): Phrase {
  if (verdict.kind !== "approve") return [];
  return [
    {
      bold: verdict.approvals === 1 ? "Needs one approval" : `Needs ${verdict.approvals} approvals`,
    },
    " of ",
    ...namesOf(verdict),
    ...(verdict.among ?? []).flatMap((also) => [", who are also among ", ...namesOf(also)]),
    ` (rule: ${clip(name, 100)}).`,
  ];
}

const MOST_NAMES = 20;

function namesOf({ users, groups }: Approvers): Phrase {
  const named: Piece[] = [
    ...users.map((person) => ({ person })),
    ...groups.map((group) => ({ group })),
  ];
  const shown = named.slice(0, MOST_NAMES);
  return [
    ...shown.flatMap((piece, index) => (index === 0 ? [piece] : [", ", piece])),
    ...(named.length > shown.length ? [` and ${named.length - shown.length} more`] : []),
  ];
}
