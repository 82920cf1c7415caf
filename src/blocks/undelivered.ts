import type { ChangeRequest } from "../approval/change-request.ts";
import type { FirstHand, UndeliveredNotice } from "../approval/notice.ts";
import { isDirect } from "../approval/notices.ts";
import { type Message, message } from "./kit.ts";
import type { Phrase, Piece } from "./phrase.ts";
import { refusedSubject, subjectOf } from "./subject.ts";
import { clip } from "./visible.ts";

/** Why a message does not stand where it belongs: Slack's answer for that channel or person. */
export interface Detour {
  readonly target: string;
  readonly error: string;
}

/** Word to the requester, or to an audit channel, that Slack does not take something elsewhere. */
export const undeliveredMessage = (
  { of, error }: UndeliveredNotice,
  request: ChangeRequest | undefined,
): Message =>
  message([
    "I could not ",
    ...doing(of, request === undefined ? ["a snapshot"] : subjectOf(request)),
    ` (Slack says: ${clip(error, 100)}). `,
    `${isMendedByInviting(of.target, error) ? "Invite me there, or tell" : "Tell"} whoever runs this bot. I keep trying; nothing is lost.`,
  ]);

/** The same in a message that takes the place of the one that Slack refused. */
export const detourPhrase = ({ target, error }: Detour): Phrase => [
  "I could not post in ",
  place(target),
  ` (Slack says: ${clip(error, 100)}), so I tell you here.`,
  isMendedByInviting(target, error) ? " Invite me there for the next time." : "",
];

/** Nobody can be invited into a conversation of two. */
const isMendedByInviting = (target: string, error: string): boolean =>
  NOT_INVITED.has(error) && !isDirect(target);
const NOT_INVITED = new Set(["not_in_channel", "channel_not_found"]);

function doing(of: FirstHand, subject: Phrase): Phrase {
  const change: Phrase = ["the change of ", ...subject];
  const where = place(of.target);
  switch (of.kind) {
    case "card":
    case "view":
    case "review":
      return ["show the request for ", ...change, " in ", where];
    case "invitation":
      return ["ask ", where, " to approve ", ...change];
    case "reminder":
      return ["remind of the request for ", ...change, " in ", where];
    case "summary":
      return ["post the summary of ", ...change, " in ", where];
    case "announcement":
      return ["announce ", ...change, " in ", where];
    case "word":
      return ["tell ", where, " what became of ", ...change];
    case "refusal":
      return ["announce a refused attempt on ", ...refusedSubject(of.refused), " in ", where];
    case "checkpoint":
      return [`post the checkpoint of ledger no. ${of.checkpoint.seq} in `, where];
    default:
      return of satisfies never;
  }
}

const place = (target: string): Piece =>
  /^[UW]/.test(target)
    ? { person: target }
    : // A direct message has no name to point to.
      target.startsWith("D")
      ? "that conversation"
      : { channel: target };
