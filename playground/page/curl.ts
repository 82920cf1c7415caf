import type { Delivery } from "../slack/journal.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** In double quotes, so that the shell puts its variables in. */
const open = (text: string): string => `"${text.replaceAll(/["`\\]/g, "\\$&")}"`;

/** A request as a command to paste into a shell, which has the secrets in variables. */
export const curl = (
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): string =>
  [
    `curl -X ${method} ${open(url)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${open(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(" \\\n  ");

/** What was delivered, as it went over the wire. */
export function bodyOf({ kind, payload }: Delivery): string {
  if (kind === "events_api") return JSON.stringify(payload);
  const fields = new URLSearchParams();
  const entries = kind === "interactive" ? { payload: JSON.stringify(payload) } : payload;
  for (const [key, value] of Object.entries(entries)) fields.set(key, String(value));
  return fields.toString();
}
