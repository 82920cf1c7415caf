/**
 * What a Gcore API key looks like: the token's id, `_` (or `$` in old ones), and a secret whose
 * length and alphabet Gcore does not publish.
 */
const WHOLE_KEY = /^(\d{1,18})[_$]([A-Za-z0-9_$-]{6,500})$/;

/** What a person would hardly write unless it is a key: known secrets are in hexadecimal. */
const LIKELY_KEY =
  /\d{1,18}(?:\$[a-z0-9]{4,}|_(?:(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{10,}|[a-z0-9]{32,}))|apikey\s+(?=\S*\d)\S{10,}/i;

/** Everything that could be one. */
const ANY_KEY = /\d{1,18}[_$][A-Za-z0-9_$-]{6,}/g;

/** The id of the token that a key belongs to, or undefined when the text is not a key. */
export const tokenIdOf = (key: string): string | undefined => WHOLE_KEY.exec(key)?.[1];

/** True when a text holds something that looks like an API key. */
export const holdsApiKey = (text: string): boolean => LIKELY_KEY.test(text);

/** True when a text holds a key of the token with this id. */
export const holdsKeyOf = (text: string, tokenId: string): boolean =>
  [...text.matchAll(ANY_KEY)].some(([key]) => tokenIdOf(key) === tokenId);

/** The text without anything that could be an API key, for logs and for what others say. */
export const cutApiKeys = (text: string): string => text.replace(ANY_KEY, "[cut]");
