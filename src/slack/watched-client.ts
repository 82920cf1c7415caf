import { type Logger, type WebAPICallResult, WebClient } from "@slack/web-api";
import { readError } from "./errors.ts";

/** What became of one call to Slack; `none`: no answer came, or none that can be read. */
export interface Called {
  readonly method: string;
  readonly outcome: "ok" | "refused" | "ratelimited" | "none";
  /** How long it took, in milliseconds. */
  readonly took: number;
}

/** Slack's client, telling of each call when it is over. */
export class WatchedClient extends WebClient {
  readonly #onCall: (called: Called) => void;

  constructor(
    token: string,
    options: {
      readonly apiUrl: string;
      readonly logger: Logger;
      readonly timeout: number;
      readonly onCall: (called: Called) => void;
    },
  ) {
    const { apiUrl, logger, timeout, onCall } = options;
    // The library's own retries are off: they go on for half an hour and post twice.
    super(token, {
      slackApiUrl: `${apiUrl}/`,
      logger,
      rejectRateLimitedCalls: true,
      timeout,
      retryConfig: { retries: 0 },
    });
    this.#onCall = onCall;
  }

  override async apiCall(
    ...[method, options]: Parameters<WebClient["apiCall"]>
  ): Promise<WebAPICallResult> {
    return await watched(method, this.#onCall, () => super.apiCall(method, options));
  }
}

/** Does one call, and tells what became of it. */
export async function watched<T>(
  method: string,
  onCall: (called: Called) => void,
  call: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const tell = (outcome: Called["outcome"]): void =>
    onCall({ method, outcome, took: performance.now() - began });
  try {
    const answer = await call();
    tell("ok");
    return answer;
  } catch (error) {
    tell(outcomeOf(error));
    throw error;
  }
}

function outcomeOf(thrown: unknown): Called["outcome"] {
  try {
    const { kind, error } = readError(thrown);
    if (error === "ratelimited" || error === "rate_limited") return "ratelimited";
    return kind === "refused" ? "refused" : "none";
  } catch {
    return "none";
  }
}
