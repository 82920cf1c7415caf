import type { RichTextElement } from "@slack/types";
import { clip, visible } from "./visible.ts";

/**
 * A sentence as the bot says it. Every text in it is plain: nothing in it links, pings or formats,
 * whoever it comes from. Dates are milliseconds and are shown in the reader's own time zone.
 */
export type Phrase = readonly Piece[];
export type Piece =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly date: number }
  | { readonly person: string }
  | { readonly group: string }
  | { readonly channel: string };

const DATE = "{date_short_pretty} at {time}";

/** Letters that are written from right to left. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** Unseen: what comes after it is to the right of what comes before it. */
const LEFT_TO_RIGHT_MARK = "\u200e";

/**
 * What goes before each piece, so that it comes after the one before it to the eye too. Two texts
 * from right to left would otherwise be read as one, and "old → new" as "new → old".
 */
const marked = (phrase: Phrase) =>
  phrase
    .filter((piece) => piece !== "")
    .map((piece, index, all) => {
      const before = textOf(all[index - 1] ?? "");
      return { piece, mark: RIGHT_TO_LEFT.test(before) ? LEFT_TO_RIGHT_MARK : "" };
    });

const textOf = (piece: Piece): string =>
  typeof piece === "string"
    ? piece
    : "bold" in piece
      ? piece.bold
      : "code" in piece
        ? piece.code
        : "";

/** The phrase as elements of a rich-text block. */
export const elementsOf = (phrase: Phrase): RichTextElement[] =>
  marked(phrase).flatMap(({ piece, mark }) =>
    typeof piece === "string"
      ? [{ type: "text", text: mark + visible(piece) }]
      : // A mark is none of the text that is shown as code, and that people copy.
        [...(mark === "" ? [] : [{ type: "text", text: mark } as const]), elementOf(piece)],
  );

function elementOf(piece: Exclude<Piece, string>): RichTextElement {
  if ("bold" in piece) return { type: "text", text: shown(piece.bold), style: { bold: true } };
  if ("code" in piece) return { type: "text", text: shown(piece.code), style: { code: true } };
  if ("person" in piece) return { type: "user", user_id: piece.person };
  if ("group" in piece) return { type: "usergroup", usergroup_id: piece.group };
  if ("channel" in piece) return { type: "channel", channel_id: piece.channel };
  const timestamp = Math.floor(piece.date / 1000);
  return { type: "date", timestamp, format: DATE, fallback: utc(piece.date) };
}

/** A text element may not be empty. */
const shown = (text: string): string => (text === "" ? "(empty)" : visible(text));

/**
 * The phrase for a message's top-level `text`, which notifications and screen readers take. It is
 * mrkdwn to Slack, so that `& < >` are escaped (docs.slack.dev, "Formatting message text").
 */
export const fallbackOf = (phrase: Phrase): string =>
  marked(phrase)
    .map(({ piece, mark }) => mark + mrkdwnOf(piece))
    .join("");

function mrkdwnOf(piece: Piece): string {
  if (typeof piece === "string") return escapeMrkdwn(visible(piece));
  if ("bold" in piece) return escapeMrkdwn(visible(piece.bold));
  if ("code" in piece) return escapeMrkdwn(visible(piece.code));
  if ("person" in piece) return `<@${piece.person}>`;
  if ("group" in piece) return `<!subteam^${piece.group}>`;
  if ("channel" in piece) return `<#${piece.channel}>`;
  return `<!date^${Math.floor(piece.date / 1000)}^${DATE}|${utc(piece.date)}>`;
}

/** The phrase with its longest texts cut, so that there are at most `most` characters in all. */
export function clipPhrase(phrase: Phrase, most: number): Phrase {
  const room = fairShare(
    phrase.map((piece) => textOf(piece).length),
    most,
  );
  return phrase.map((piece) => {
    if (typeof piece === "string") return clip(piece, room);
    if ("bold" in piece) return { bold: clip(piece.bold, room) };
    return "code" in piece ? { code: clip(piece.code, room) } : piece;
  });
}

/** The longest that each may be: what the short ones leave is shared among the long ones. */
function fairShare(lengths: readonly number[], most: number): number {
  let left = most;
  for (const [index, length] of lengths.toSorted((one, other) => one - other).entries()) {
    const share = Math.floor(left / (lengths.length - index));
    if (length > share) return share;
    left -= length;
  }
  return most;
}

/** The phrase where Slack takes plain text only: under a field, in a hint. */
export const plainOf = (phrase: Phrase): string =>
  marked(phrase)
    .map(({ piece, mark }) => mark + plainPiece(piece))
    .join("");

function plainPiece(piece: Piece): string {
  if (typeof piece === "string") return visible(piece);
  if ("bold" in piece) return visible(piece.bold);
  if ("code" in piece) return visible(piece.code);
  if ("person" in piece) return piece.person;
  if ("group" in piece) return piece.group;
  if ("channel" in piece) return piece.channel;
  return utc(piece.date);
}

const escapeMrkdwn = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

const utc = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
