import type { Clock } from "../clock.ts";
import { newSecret } from "./ids.ts";

/** For how long, and how often, a response_url takes messages. */
export const RESPONSE_URL_MS = 30 * 60_000;
export const RESPONSE_URL_POSTS = 5;

/** What a response_url answers to. */
export interface ResponseTarget {
  readonly kind: "commands" | "actions";
  readonly channel: string;
  readonly user: string;
  /** The message that was acted on; a command has none. */
  readonly original?: string;
  readonly threadTs?: string;
}

/** The addresses at which the bot may answer what somebody did, without being in the channel. */
export class ResponseUrls {
  #base = "";
  readonly #issued = new Map<string, { target: ResponseTarget; at: number; posts: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Says where the server listens, once it does. */
  listenAt(base: string): void {
    this.#base = base;
  }

  issue(target: ResponseTarget, team: string): string {
    const path = `/${target.kind}/${team}/${this.#clock.now()}/${newSecret()}`;
    this.#issued.set(path, { target, at: this.#clock.now(), posts: 0 });
    return `${this.#base}${path}`;
  }

  /** What a post to that path is an answer to, or why it is too late for one. */
  find(path: string): ResponseTarget | "expired_url" | "used_url" | undefined {
    const found = this.#issued.get(path);
    if (found === undefined) return undefined;
    if (this.#clock.now() - found.at > RESPONSE_URL_MS) return "expired_url";
    return found.posts >= RESPONSE_URL_POSTS ? "used_url" : found.target;
  }

  /** Counts a post that was taken. */
  count(path: string): void {
    const found = this.#issued.get(path);
    if (found !== undefined) found.posts += 1;
  }
}
