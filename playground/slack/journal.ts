import type { Json, JsonObject } from "./json.ts";

/** One call of the Web API. */
export interface ApiCall {
  readonly method: string;
  /** What was sent, without the token. */
  readonly args: JsonObject;
  readonly status: number;
  readonly answer: JsonObject;
  /** `ok`, or the error. A fault that was asked for says so: `fault: hang before`. */
  readonly verdict: string;
  readonly at: number;
}

/** One post to a response_url. */
export interface ResponsePost {
  readonly url: string;
  readonly body: JsonObject;
  readonly status: number;
  readonly answer: string;
  readonly at: number;
}

/** One thing that Slack told the bot, and how the bot took it. */
export interface Delivery {
  readonly kind: "slash_commands" | "interactive" | "events_api";
  /** What it is, in a word: the command, or the type and the action or view that it is about. */
  readonly label: string;
  readonly transport: "http" | "socket";
  readonly payload: JsonObject;
  readonly headers: Readonly<Record<string, string>>;
  readonly at: number;
  /** Not there until the bot answered; it stays so if the connection broke. */
  status?: number;
  body?: string;
  answer?: Json;
  ms?: number;
  failure?: DeliveryFailure;
  /** The bot asked not to be told this event again. */
  noRetry?: boolean;
  readonly violations: string[];
}

/** Why an answer did not count. */
export type DeliveryFailure = "timeout" | "http_error" | "connection_failed";

/** Everything that went over the wire, and everything that should not have. */
export class Journal {
  readonly calls: ApiCall[] = [];
  readonly deliveries: Delivery[] = [];
  readonly responsePosts: ResponsePost[] = [];
  #violations: string[] = [];

  /** The calls of one method, in order. */
  callsOf(method: string): ApiCall[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** What should not have happened and nobody forgave yet. */
  violations(): string[] {
    return [...this.#violations];
  }

  violate(sentence: string): void {
    this.#violations.push(sentence);
  }

  /** Takes the violations that match out of the list and hands them back. */
  forgive(pattern: RegExp): string[] {
    const matches = (sentence: string): boolean => sentence.search(pattern) >= 0;
    const forgiven = this.#violations.filter(matches);
    this.#violations = this.#violations.filter((sentence) => !matches(sentence));
    return forgiven;
  }
}
