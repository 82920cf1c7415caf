import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from "@slack/web-api";

/** Slack did not do what must not fail. Holds the method and Slack's word for it, nothing else. */
export class SlackError extends Error {
  override name = "SlackError";
}

/** Why Slack did not do what it was asked. Never an error of the library's. */
export type Refusal =
  /** It will not, however often it is tried. */
  | { readonly kind: "refused"; readonly error: string }
  /** It may be tried again, after `after` milliseconds if Slack said so; it may have been done. */
  | { readonly kind: "later"; readonly error: string; readonly after: number | null };

const FOR_NOW = new Set([
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
  "ratelimited",
  "rate_limited",
]);

/** An error of the library's as a value. @throws what is not one */
export function readError(error: unknown): Refusal {
  if (error instanceof WebAPIPlatformError) {
    const word = error.data.error;
    return FOR_NOW.has(word)
      ? { kind: "later", error: word, after: null }
      : { kind: "refused", error: word };
  }
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: "later", error: "ratelimited", after: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIHTTPError) {
    return { kind: "later", error: `HTTP ${error.statusCode}`, after: null };
  }
  if (error instanceof WebAPIRequestError) {
    return { kind: "later", error: "no answer", after: null };
  }
  throw error;
}
