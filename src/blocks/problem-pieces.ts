import type { Phrase, Piece } from "./phrase.ts";
import { clip } from "./visible.ts";

/** A problem in words: what happened, and what the person can do. */
export interface ProblemWords {
  readonly what: Phrase;
  readonly next: Phrase;
}

export const quote = (text: string): Piece => ({ code: clip(text, 300) });

/** Somebody else's sentence, with one full stop at its end. */
export const says = (text: string): Phrase => [
  "It says: ",
  quote(text),
  ...(/[.!?]\s*$/.test(text) ? [] : ["."]),
];

const MOST = 10;

/** The first of several texts, and how many more there are. */
export function commas(texts: readonly string[]): Phrase {
  const shown = texts.slice(0, MOST).map((text): Piece => ({ code: clip(text, 100) }));
  const rest = texts.length - shown.length;
  return [
    ...shown.flatMap((piece, index) => (index === 0 ? [piece] : [", ", piece])),
    rest > 0 ? ` and ${rest} more.` : ".",
  ];
}
