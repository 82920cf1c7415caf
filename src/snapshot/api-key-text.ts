/**
 * What a Gcore API key looks like: the token's id, `_` (or `$` in old ones), and a secret whose
 * length and alphabet Gcore does not publish.
 */
const WHOLE_KEY = /^(\d{1,18})[_$]([A-Za-z0-9_$-]{6,500})$/;
const KEY_INSIDE = /(?<![A-Za-z0-9])\d{1,18}(?:\$[A-Za-z0-9]{4,}|_(?=[A-Za-z]*\d)[A-Za-z0-9]{8,})/;

/** The id of the token that a key belongs to, or undefined when the text is not a key. */
export const tokenIdOf = (key: string): string | undefined => WHOLE_KEY.exec(key)?.[1];

/** True when a text holds something that looks like an API key. */
export const holdsApiKey = (text: string): boolean =>
  KEY_INSIDE.test(text) || /\bapikey\s+\S{6,}/i.test(text);
