/** Where everything is kept. */
export type DatabaseSettings =
  | { readonly kind: "sqlite"; readonly path: string }
  /** The URL may have a password in it: it is never shown. */
  | { readonly kind: "postgres"; readonly url: string };

/** As much of it as must be there. What else may follow (`?sslmode=…`) is for Postgres' client. */
const POSTGRES = /^postgres(?:ql)?:\/\/[^/?#@\s]+@[^/?#@\s]+\/[^/?#@\s]+(?:\?[^#\s]*)?$/;
const FORM = "postgres://USER:PASSWORD@HOST/DATABASE";

/**
 * Reads `DATABASE_URL`.
 * @returns the settings, or what is wrong; never any part of the text, there may be a password in it.
 */
export function readDatabaseUrl(text: string): DatabaseSettings | string {
  // SQLite itself would take ":memory:" and "file:…" for something else than a path.
  const path = /^sqlite:(?!:|file:)(.+)$/.exec(text)?.[1];
  if (path !== undefined) return { kind: "sqlite", path };
  if (!/^postgres(?:ql)?:/.test(text)) {
    return `is to be sqlite:PATH, the path of a file, or ${FORM}.`;
  }
  // A character of a password that means something in a URL would make another URL of it.
  if (!POSTGRES.test(text) || !URL.canParse(text) || !isDecodable(text)) {
    return `is to be ${FORM}; write what is special in the password as %XX.`;
  }
  return { kind: "postgres", url: text };
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
