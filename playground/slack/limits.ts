import type { Clock } from "../clock.ts";

/** How fast the bot may post to one channel. It is off until a test or a tour turns it on. */
export class PostingLimits {
  enforce = false;
  /** How many messages may come at once before the pace counts. */
  burst = 3;
  perSecond = 1;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** For how many seconds the bot has to wait before it may post there; 0 if it may now. */
  secondsToWait(channel: string): number {
    if (!this.enforce) return 0;
    const now = this.#clock.now();
    const before = this.#buckets.get(channel) ?? { tokens: this.burst, at: now };
    const gained = ((now - before.at) / 1000) * this.perSecond;
    const tokens = Math.min(this.burst, before.tokens + gained);
    const mayPost = tokens >= 1;
    this.#buckets.set(channel, { tokens: mayPost ? tokens - 1 : tokens, at: now });
    return mayPost ? 0 : Math.ceil((1 - tokens) / this.perSecond);
  }
}
