import type { ChangeRequest } from "../approval/change-request.ts";
import type { ProjectName } from "../problem.ts";
import { difference } from "./difference.ts";
import { heading, labelled, type Message, message, paragraph } from "./kit.ts";
import { outcomeDetails, outcomeLine } from "./outcome.ts";
import type { Phrase } from "./phrase.ts";
import { snapshotCard } from "./snapshot-card.ts";
import { clip } from "./visible.ts";
import { wayBack } from "./way-back.ts";

const MOST_ROWS = 20;

/** Why a message does not stand where it belongs. */
export interface Detour {
  readonly channelId: string;
  readonly error: string;
}

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
    paragraph([`Ledger no. ${ledgerSeq}`]),
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
    ...decision(request),
  );
}

const ANNOUNCED: Readonly<Record<ChangeRequest["state"], string>> = {
  pending: "Asked for",
  approved: "Approved",
  applying: "Being applied",
  applied: "Changed",
  failed: "Failed",
  conflict: "Conflict, not applied",
  unknown: "Outcome unknown",
};

/** Word to the requester about a request that has not gone as they wished, or not yet. */
export const wordMessage = (request: ChangeRequest, ledgerSeq: number): Message =>
  message(
    outcomeLine(request),
    ...outcomeDetails(request, MOST_ROWS),
    paragraph([`Ledger no. ${ledgerSeq}`]),
  );

/** Word to the requester that an audit channel does not take its announcement. */
export const channelRefusesMessage = (
  request: ChangeRequest,
  { channelId, error }: Detour,
): Message =>
  message([
    "I could not announce the change of snapshot ",
    { bold: clip(request.before.name, 200) },
    " in ",
    { channel: channelId },
    ` (Slack says: ${error}). ${NOT_INVITED.has(error) ? "Invite me there, or tell" : "Tell"} whoever runs this bot. I keep trying; nothing is lost.`,
  ]);

/** What an invitation mends. */
const NOT_INVITED = new Set(["not_in_channel", "channel_not_found"]);

const detourPhrase = ({ channelId, error }: Detour): Phrase => [
  "I could not post in ",
  // A direct message has no name to point to.
  channelId.startsWith("D") ? "that conversation" : { channel: channelId },
  ` (Slack says: ${error}), so I tell you here.`,
  NOT_INVITED.has(error) ? " Invite me there for the next time." : "",
];

const reason = (request: ChangeRequest) =>
  request.reason === null ? [] : [paragraph(labelled("Reason", request.reason))];

const decision = (request: ChangeRequest) =>
  "decision" in request
    ? [
        paragraph([
          "Agreed to by ",
          { person: request.decision.by.userId },
          ` (${request.decision.rule}), `,
          { date: request.decision.at },
        ]),
      ]
    : [];
