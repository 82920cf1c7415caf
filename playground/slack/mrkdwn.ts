/** A live token of a mrkdwn text: what stands between `<` and `>`. */
export type Token =
  | {
      readonly kind: "user" | "channel" | "usergroup";
      readonly id: string;
      readonly label?: string;
    }
  | { readonly kind: "broadcast"; readonly range: string }
  | {
      readonly kind: "date";
      readonly seconds: number;
      readonly format: string;
      readonly link?: string;
      readonly fallback: string;
    }
  | { readonly kind: "link"; readonly url: string; readonly label?: string }
  | { readonly kind: "unknown"; readonly source: string };

/** A piece of a mrkdwn text: a token, or what is between two of them, still encoded. */
export type Piece = string | Token;

const named = (rest: string): { id: string; label?: string } => {
  const [id = "", ...label] = rest.split("|");
  return label.length === 0 ? { id } : { id, label: label.join("|") };
};

const dateToken = (inside: string): Token | undefined => {
  const match = /^!date\^(\d+)\^([^^|]+)(?:\^([^^|]+))?\|([\s\S]+)$/.exec(inside);
  if (match === null) return undefined;
  const [, seconds = "", format = "", link, fallback = ""] = match;
  const token = { kind: "date", seconds: Number(seconds), format, fallback } as const;
  return link === undefined ? token : { ...token, link };
};

const tokenOf = (inside: string): Token => {
  const unknown: Token = { kind: "unknown", source: inside };
  if (/^@[UW]/.test(inside)) return { kind: "user", ...named(inside.slice(1)) };
  if (/^#[CGD]/.test(inside)) return { kind: "channel", ...named(inside.slice(1)) };
  if (inside.startsWith("!subteam^")) return { kind: "usergroup", ...named(inside.slice(9)) };
  const broadcast = /^!(channel|here|everyone|group)(?:\||$)/.exec(inside);
  if (broadcast !== null) return { kind: "broadcast", range: broadcast[1] ?? "" };
  if (inside.startsWith("!date^")) return dateToken(inside) ?? unknown;
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(inside)) {
    const { id: url, ...label } = named(inside);
    return { kind: "link", url, ...label };
  }
  return unknown;
};

/**
 * Takes a mrkdwn text apart into tokens and the text between them. Only a bare `<` begins a token:
 * an encoded one is decoded later, when it can do no more harm.
 */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = 0;
  for (const match of text.matchAll(/<([^<>]+)>/g)) {
    if (match.index > rest) pieces.push(text.slice(rest, match.index));
    pieces.push(tokenOf(match[1] ?? ""));
    rest = match.index + match[0].length;
  }
  if (rest < text.length) pieces.push(text.slice(rest));
  return pieces;
}

/** The tokens of a mrkdwn text. */
export const tokensOf = (text: string): Token[] =>
  piecesOf(text).filter((piece): piece is Token => typeof piece !== "string");

/** Slack's three entities, back to the characters that they stand for. */
export const decodeEntities = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** The three characters that Slack encodes in whatever a person writes. */
export const encodeEntities = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
