/** A word of a command, and where its first quoted or escaped character is (its length: none). */
export interface Word {
  readonly text: string;
  readonly quotedFrom: number;
}

const SPACE = /\s/;
const SMART_DOUBLE = /[“”„]/;

/**
 * Splits a command into words as a shell does: white space parts them; `'…'` takes all as it is;
 * in `"…"` a backslash takes `"` and `\` as they are; outside quotes it takes any character as it
 * is. The curly double quotes that phones and Macs type count as straight ones.
 * @returns the words, or undefined when a quote is not closed or a backslash ends the text.
 */
export function splitWords(text: string): readonly Word[] | undefined {
  const words: Word[] = [];
  const characters = [...text];
  let word = "";
  let quotedFrom = -1;
  let inWord = false;
  let at = 0;
  const quote = (): void => {
    inWord = true;
    if (quotedFrom < 0) quotedFrom = word.length;
  };
  const end = (): void => {
    if (inWord) words.push({ text: word, quotedFrom: quotedFrom < 0 ? word.length : quotedFrom });
    word = "";
    quotedFrom = -1;
    inWord = false;
  };
  while (at < characters.length) {
    const character = characters[at++] ?? "";
    if (SPACE.test(character)) end();
    else if (character === "\\") {
      const next = characters[at++];
      if (next === undefined) return undefined;
      quote();
      word += next;
    } else if (character === "'" || character === '"' || SMART_DOUBLE.test(character)) {
      const closes = (one: string): boolean =>
        character === "'" || character === '"' ? one === character : /[“”„"]/.test(one);
      quote();
      for (;;) {
        let next = characters[at++];
        if (next === undefined) return undefined;
        if (closes(next)) break;
        if (character !== "'" && next === "\\" && /["\\]/.test(characters[at] ?? "")) {
          next = characters[at++] ?? "";
        }
        word += next;
      }
    } else {
      inWord = true;
      word += character;
    }
  }
  end();
  return words;
}

/** A text as one word, or a part of one, that `splitWords` gives back. */
export const quoteWord = (text: string): string =>
  text !== "" && !/[\s'"\\“”„]/.test(text) ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
