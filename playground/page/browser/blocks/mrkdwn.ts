import { decodeEntities, piecesOf, type Token } from "../../../slack/mrkdwn.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import { readMrkdwn } from "../../../slack/render/text.ts";
import { h } from "../dom.ts";
import { drawLink } from "./link.ts";

const TAGS = { "*": "strong", _: "em", "~": "s" } as const;
const MARKED =
  /```([\s\S]+?)```|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\3)[^\n])*?\S)\3(?![\p{L}\p{N}])/u;

/** A mrkdwn text. Tokens are found before entities are decoded, so encoded ones stay text. */
export const mrkdwn = (text: string, reader: Reader): (Node | string)[] =>
  piecesOf(text).flatMap((piece) =>
    typeof piece === "string" ? marked(piece) : [token(piece, reader)],
  );

function marked(text: string): (Node | string)[] {
  const found = MARKED.exec(text);
  if (found === null) return [decodeEntities(text)];
  const [whole, block, code, mark, inside = ""] = found;
  const element =
    block !== undefined
      ? h("pre", {}, decodeEntities(block))
      : code !== undefined
        ? h("code", {}, decodeEntities(code))
        : h(TAGS[mark as keyof typeof TAGS], {}, ...marked(inside));
  const after = text.slice(found.index + whole.length);
  return [decodeEntities(text.slice(0, found.index)), element, ...marked(after)];
}

function token(piece: Token, reader: Reader): HTMLElement {
  switch (piece.kind) {
    case "user":
      return h("span", { class: "mention" }, `@${reader.personName(piece.id)}`);
    case "channel":
      return h("span", { class: "mention" }, `#${reader.channelName(piece.id)}`);
    case "usergroup":
      return h("span", { class: "mention" }, piece.label ?? `@${reader.groupName(piece.id)}`);
    case "broadcast":
      return h("span", { class: "mention loud" }, `@${piece.range}`);
    case "link":
      return drawLink(decodeEntities(piece.label ?? piece.url), decodeEntities(piece.url));
    case "date":
      return piece.link === undefined
        ? h("span", { class: "date" }, readMrkdwn(sourceOfDate(piece), reader))
        : drawLink(readMrkdwn(sourceOfDate(piece), reader), decodeEntities(piece.link));
    case "unknown":
      return h("span", {}, `<${piece.source}>`);
    default:
      return piece satisfies never;
  }
}

const sourceOfDate = (piece: Extract<Token, { kind: "date" }>): string =>
  `<!date^${piece.seconds}^${piece.format}|${piece.fallback}>`;
