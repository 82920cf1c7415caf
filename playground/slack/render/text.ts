import { asObject, asString, type JsonObject, objectsOf } from "../json.ts";
import { decodeEntities, piecesOf, type Token } from "../mrkdwn.ts";
import { formatDate } from "./date.ts";
import type { Reader } from "./reader.ts";

const showToken = (token: Token, reader: Reader): string => {
  switch (token.kind) {
    case "user":
      return `@${reader.personName(token.id)}`;
    case "channel":
      return `#${reader.channelName(token.id)}`;
    case "usergroup":
      return token.label ?? `@${reader.groupName(token.id)}`;
    case "broadcast":
      return `@${token.range}`;
    case "date":
      return formatDate(token.seconds, token.format, decodeEntities(token.fallback), reader);
    case "link":
      return decodeEntities(token.label ?? token.url);
    case "unknown":
      return `<${token.source}>`;
  }
};

/** A mark counts only around whole words, as in Slack: `a_b_c` stays what it is. */
const MARKS =
  /(?<![\p{L}\p{N}])([*_~])(?<!\1\1)(?=\S)(?!\1)((?:(?!\1).)*?\S)\1(?!\1)(?![\p{L}\p{N}])/gu;

const withoutMarks = (text: string): string => {
  let plain = text;
  let before: string;
  do {
    before = plain;
    plain = plain.replace(MARKS, "$2");
  } while (plain !== before);
  return plain;
};

/** Takes the marks out of what is not code, and the backticks off what is. */
const withoutFormatting = (text: string): string =>
  text
    .split(/(```[\s\S]+?```|`[^`\n]+`)/)
    .map((piece, index) => (index % 2 === 1 ? piece.replace(/^`+|`+$/g, "") : withoutMarks(piece)))
    .join("");

/** What stands for the tokens while marks are taken out, so that a name with `_` stays whole. */
const placeholder = (index: number): string => `\ue000${index}\ue001`;

/**
 * A mrkdwn text as a person reads it. Entities are decoded last, so what was encoded can be read
 * but never comes alive.
 */
export function readMrkdwn(text: string, reader: Reader): string {
  const shown: string[] = [];
  const source = piecesOf(text)
    .map((piece) => {
      if (typeof piece === "string") return piece;
      shown.push(showToken(piece, reader));
      return placeholder(shown.length - 1);
    })
    .join("");
  return decodeEntities(withoutFormatting(source)).replace(
    /\ue000(\d+)\ue001/g,
    (_, index: string) => shown[Number(index)] ?? "",
  );
}

/** A text object as a person reads it. */
export const readText = (value: unknown, reader: Reader): string => {
  const { type, text } = asObject(value);
  return type === "mrkdwn" ? readMrkdwn(asString(text), reader) : asString(text);
};

const readLeaf = (leaf: JsonObject, reader: Reader): string => {
  switch (leaf.type) {
    case "text":
      return asString(leaf.text);
    case "link":
      return asString(leaf.text) || asString(leaf.url);
    case "user":
      return `@${reader.personName(asString(leaf.user_id))}`;
    case "channel":
      return `#${reader.channelName(asString(leaf.channel_id))}`;
    case "usergroup":
      return `@${reader.groupName(asString(leaf.usergroup_id))}`;
    case "broadcast":
      return `@${leaf.range}`;
    case "emoji":
      return `:${leaf.name}:`;
    case "date":
      return formatDate(
        Number(leaf.timestamp),
        asString(leaf.format),
        asString(leaf.fallback),
        reader,
      );
    default:
      return `[?${leaf.type}]`;
  }
};

/** Rich text as lines. */
export function readRichText(block: JsonObject, reader: Reader): string[] {
  const line = (part: JsonObject): string =>
    objectsOf(part.elements)
      .map((leaf) => readLeaf(leaf, reader))
      .join("");
  return objectsOf(block.elements).flatMap((part) => {
    switch (part.type) {
      case "rich_text_section":
      case "rich_text_preformatted":
        return line(part).replace(/\n$/, "").split("\n");
      case "rich_text_quote":
        return line(part)
          .split("\n")
          .map((one) => `> ${one}`);
      case "rich_text_list":
        return objectsOf(part.elements).map((item, index) => {
          const indent = "  ".repeat(Number(part.indent ?? 0));
          return `${indent}${part.style === "ordered" ? `${index + 1}.` : "•"} ${line(item)}`;
        });
      default:
        return [`[?${part.type}]`];
    }
  });
}
