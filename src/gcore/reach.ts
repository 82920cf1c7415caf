import got, { RequestError } from "got";
import { aheadOf, type Clock } from "../clock.ts";

/** What is at the address where Gcore is to be. */
export interface Reached {
  readonly kind: "gcore" | "other" | "down" | "silent";
  /** What was heard, in a few words: `HTTP 502`, `ENOTFOUND`. */
  readonly heard: string;
  /** How far our clock is ahead of theirs, in milliseconds; null: they did not say. */
  readonly ahead: number | null;
}

/**
 * Asks Gcore's API at `baseUrl` something without a key: that it wants one is the answer of an API.
 * What a proxy in between says instead is no such answer.
 */
export async function reachGcore(baseUrl: string, clock: Clock, limit: number): Promise<Reached> {
  const sent = clock.now();
  try {
    const { statusCode, headers, body } = await got(`${baseUrl}/iam/clients/me`, {
      headers: { accept: "application/json", "user-agent": "gcore-snapshot-bot" },
      retry: { limit: 0 },
      timeout: { request: limit },
      followRedirect: false,
      throwHttpErrors: false,
    });
    const ahead = aheadOf(headers.date, sent, clock.now());
    const isAnswer = [401, 403, 429].includes(statusCode) && isObject(body);
    const kind = isAnswer ? "gcore" : statusCode >= 500 ? "down" : "other";
    return { kind, heard: `HTTP ${statusCode}`, ahead };
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return { kind: "silent", heard: error.code, ahead: null };
  }
}

function isObject(body: string): boolean {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === "object" && json !== null;
  } catch {
    return false;
  }
}
