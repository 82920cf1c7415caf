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

/** The phrase as elements of a rich-text block. */
export const elementsOf = (phrase: Phrase): RichTextElement[] =>
  phrase.filter((piece) => piece !== "").map(elementOf);

function elementOf(piece: Piece): RichTextElement {
  if (typeof piece === "string") return { type: "text", text: visible(piece) };
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
export const fallbackOf = (phrase: Phrase): string => phrase.map(mrkdwnOf).join("");

function mrkdwnOf(piece: Piece): string {
  if (typeof piece === "string") return escapeMrkdwn(visible(piece));
  if ("bold" in piece) return escapeMrkdwn(visible(piece.bold));
  if ("code" in piece) return escapeMrkdwn(visible(piece.code));
  if ("person" in piece) return `<@${piece.person}>`;
  if ("group" in piece) return `<!subteam^${piece.group}>`;
  if ("channel" in piece) return `<#${piece.channel}>`;
  return `<!date^${Math.floor(piece.date / 1000)}^${DATE}|${utc(piece.date)}>`;
}

/** The phrase with its texts cut to `most` characters in all. */
export function clipPhrase(phrase: Phrase, most: number): Phrase {
  let left = most;
  const cut = (text: string): string => {
    const kept = clip(text, left);
    left -= kept.length;
    return kept;
  };
  return phrase.map((piece) => {
    if (typeof piece === "string") return cut(piece);
    if ("bold" in piece) return { bold: cut(piece.bold) };
    return "code" in piece ? { code: cut(piece.code) } : piece;
  });
}

/** The phrase where Slack takes plain text only: under a field, in a hint. */
export const plainOf = (phrase: Phrase): string => phrase.map(plainPiece).join("");

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
