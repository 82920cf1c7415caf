import type { Problem, Result } from "../problem.ts";

/** How old something may be before it is read anew, when nobody asks for more. Milliseconds. */
const FRESH = 30_000;
/** How long after a failure it is tried again. */
const AFTER_FAILURE = 5_000;

/** Something that is read from elsewhere, kept with its age, and read anew by one reader at a time. */
export class Cell<T> {
  /** What was read last; undefined: nothing so far. */
  value: T | undefined;
  readAt = 0;
  /** Why the last try brought nothing. */
  problem: Problem | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;

  /** Sees to it that it is there and `fresh`. @returns when that is so, or cannot be. */
  async ensure(
    now: number,
    read: () => Promise<Result<T, Problem>>,
    fresh: number = FRESH,
  ): Promise<void> {
    if (this.#reading !== undefined) return this.#reading;
    const wait = this.problem === undefined ? fresh : AFTER_FAILURE;
    if (now < this.#triedAt + wait) return;
    this.#triedAt = now;
    this.#reading = this.#read(now, read);
    await this.#reading;
  }

  async #read(now: number, read: () => Promise<Result<T, Problem>>): Promise<void> {
    try {
      const answer = await read();
      this.problem = answer.ok ? undefined : answer.problem;
      if (!answer.ok) return;
      this.value = answer.value;
      this.readAt = now;
    } finally {
      this.#reading = undefined;
    }
  }
}
