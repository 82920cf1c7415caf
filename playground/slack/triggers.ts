import type { Clock } from "../clock.ts";
import { newTriggerId } from "./ids.ts";

/** For how long a trigger can be exchanged for a modal. */
export const TRIGGER_MS = 3000;

/** What somebody did, for which the bot may open one modal. */
export interface Trigger {
  readonly user: string;
  /** The view in which it was done, if it was done in a modal. */
  readonly view?: string;
  readonly channel?: string;
}

export type TriggerError = "invalid_trigger_id" | "exchanged_trigger_id" | "expired_trigger_id";

/** Triggers: each is good for one modal, and for three seconds. */
export class Triggers {
  readonly #issued = new Map<string, { trigger: Trigger; at: number; exchanged: boolean }>();
  readonly #clock: Clock;
  /** How many of the next ones turn out to have expired. */
  #tooLate = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get tooLate(): number {
    return this.#tooLate;
  }

  /** The next trigger that is to be exchanged expires just before that, however quick the bot is. */
  expireNext(): void {
    this.#tooLate += 1;
  }

  issue(trigger: Trigger): string {
    const id = newTriggerId(this.#clock);
    this.#issued.set(id, { trigger, at: this.#clock.now(), exchanged: false });
    return id;
  }

  /** Uses the trigger up and says what it was for, or why it is no good. */
  exchange(id: string): Trigger | TriggerError {
    const found = this.#issued.get(id);
    if (found === undefined) return "invalid_trigger_id";
    if (found.exchanged) return "exchanged_trigger_id";
    if (this.#tooLate > 0) {
      this.#tooLate -= 1;
      found.at = Number.NEGATIVE_INFINITY;
    }
    if (this.#clock.now() - found.at > TRIGGER_MS) return "expired_trigger_id";
    found.exchanged = true;
    return found.trigger;
  }
}
