import type { IncomingMessage } from "node:http";

/** What comes with every answer: nothing may be loaded from elsewhere, nor embed this. */
export const headers = {
  "content-security-policy":
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
} as const;

/**
 * Whether the request was meant for this server: a name that was made to point here (DNS rebinding)
 * stands in the Host header.
 */
export const isForUs = ({ headers: { host } }: IncomingMessage, port: number): boolean =>
  host === `127.0.0.1:${port}` || host === `localhost:${port}`;

/** Whether our own page sent it, and not another one that is open in the same browser. */
export const isFromOurPage = ({ headers: { host, origin, ...rest } }: IncomingMessage): boolean =>
  origin === `http://${host}` && rest["content-type"] === "application/json";
