import type { Sealed } from "../approval/ledger.ts";

/** An entry as one line of an export. `body` is the exact text that the hash covers. */
export const ledgerLine = ({ seq, body, previous, hash }: Sealed): string =>
  JSON.stringify({ seq, body, previous, hash });

/** Reads such a line. @returns undefined when it is none, or has anything beside. */
export function readLedgerLine(line: string | undefined): Sealed | undefined {
  if (line === undefined || !line.startsWith("{") || !line.endsWith("}")) return undefined;
  const entry = parse(line);
  const { seq, body, previous, hash } = entry ?? {};
  return Object.keys(entry ?? {}).length === 4 &&
    Number.isSafeInteger(seq) &&
    typeof body === "string" &&
    typeof previous === "string" &&
    typeof hash === "string"
    ? { seq: Number(seq), body, previous, hash }
    : undefined;
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
