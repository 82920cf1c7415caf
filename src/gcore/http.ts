import got, { RequestError } from "got";
import type { Person } from "../approval/person.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { cutApiKeys } from "../snapshot/api-key-text.ts";

/** Time limits of one call to Gcore, in milliseconds. */
export interface TimeLimits {
  readonly read: number;
  readonly write: number;
}
export const TIME_LIMITS: TimeLimits = { read: 10_000, write: 20_000 };

/** One call to Gcore in the name of a person. */
export interface Call {
  readonly method: "GET" | "PATCH";
  /** Path and query, with a slash before it. Ids in it are numbers or UUIDs. */
  readonly path: string;
  readonly body?: string;
}

/** What became of one call: the class of its status, 429 apart; `none`: no answer came. */
export interface Called {
  readonly method: Call["method"];
  readonly outcome: "2xx" | "3xx" | "4xx" | "429" | "5xx" | "none";
  /** How long it took, in milliseconds. */
  readonly took: number;
}

/** @returns the answer's JSON, or why there is none. Never an error of the library's. */
export type Send = (call: Call) => Promise<Result<unknown, Problem>>;

/** Who calls: the key, and the person for Gcore's own audit log. */
export interface Caller {
  readonly apiKey: string;
  readonly person: Person;
}

// Nothing was sent when the connection could not be made.
const NOT_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/**
 * Calls Gcore's API at `baseUrl`. Nothing is ever sent twice by itself. got's errors hold the request with its key: they are read here and
 * dropped here. `onCall` is told of each call when it is over.
 */
export const sender =
  (
    baseUrl: string,
    { apiKey, person }: Caller,
    limits = TIME_LIMITS,
    onCall: (called: Called) => void = () => undefined,
  ): Send =>
  async ({ method, path, body }) => {
    const began = performance.now();
    const tell = (outcome: Called["outcome"]): void =>
      onCall({ method, outcome, took: performance.now() - began });
    try {
      const response = await got(`${baseUrl}${path}`, {
        method,
        ...(body === undefined ? {} : { body }),
        headers: {
          authorization: `APIKey ${apiKey}`,
          accept: "application/json",
          "user-agent": `gcore-snapshot-bot slack/${person.teamId}/${person.userId}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        retry: { limit: 0 },
        timeout: { request: method === "GET" ? limits.read : limits.write },
        // A redirect would carry the key to another place.
        followRedirect: false,
        throwHttpErrors: false,
      });
      tell(outcomeOf(response.statusCode));
      // A server may repeat what it was sent: the key is cut out before anything is read.
      const text = response.body.replaceAll(apiKey, "[cut]");
      return readAnswer(response.statusCode, response.headers["retry-after"], text);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      tell("none");
      const { code } = error;
      return err({ kind: "gcore-unavailable", detail: code, maybeDone: !NOT_SENT.has(code) });
    }
  };

const CLASSES = { 2: "2xx", 3: "3xx", 4: "4xx", 5: "5xx" } as const;

const outcomeOf = (status: number): Called["outcome"] =>
  status === 429 ? "429" : (CLASSES[Math.floor(status / 100) as keyof typeof CLASSES] ?? "none");

/** What an answer means, by its status and body. */
export function readAnswer(
  status: number,
  retryAfter: string | undefined,
  body: string,
): Result<unknown, Problem> {
  const json = parse(body);
  if (status >= 200 && status < 300) {
    return json === undefined
      ? err({ kind: "gcore-unclear", detail: `HTTP ${status} without JSON` })
      : ok(json);
  }
  const detail = messageOf(json) ?? `HTTP ${status}`;
  if (status === 401) return err({ kind: "key-refused" });
  if (status === 403) return err({ kind: "not-permitted", detail });
  if (status === 404) return err({ kind: "snapshot-not-found" });
  if (status === 409) return err({ kind: "locked", task: null, since: null, taskId: null });
  if (status === 429) {
    return err({ kind: "gcore-busy", retryAfter: readRetryAfter(retryAfter, Date.now()) });
  }
  if (status >= 500 || status === 408) {
    return err({ kind: "gcore-unavailable", detail: `HTTP ${status}`, maybeDone: true });
  }
  if (status >= 400) return err({ kind: "change-refused", detail });
  return err({ kind: "gcore-unclear", detail: `HTTP ${status}` });
}

/**
 * Reads a Retry-After header: seconds or an HTTP date (RFC 9110, section 10.2.3).
 * @returns milliseconds from `now`, or null when there is nothing sensible in it.
 */
export function readRetryAfter(text: string | undefined, now: number): number | null {
  if (!text) return null;
  const isSeconds = /^-?\d+(\.\d+)?$/.test(text);
  // Of the three forms of an HTTP date one does not say that it is GMT.
  const date = text.endsWith("GMT") ? text : `${text} GMT`;
  const wait = isSeconds ? Number(text) * 1000 : Date.parse(date) - now;
  return wait > 0 && wait <= 3_600_000 ? Math.ceil(wait) : null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The `message` of Gcore's error bodies, and which fields were wrong; other members are not ours to show. */
function messageOf(json: unknown): string | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const { message, invalid_fields: fields } = json as Record<string, unknown>;
  const names = typeof fields === "object" && fields !== null ? Object.keys(fields) : [];
  if (typeof message !== "string" || message === "") return undefined;
  const words = names.length > 0 ? `${message} (${names.slice(0, 5).join(", ")})` : message;
  return [...cutApiKeys(words)].slice(0, 300).join("");
}
