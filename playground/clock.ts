/** Where the local servers get the time from: milliseconds since 1970, as `Date.now` gives them. */
export interface Clock {
  now(): number;
}

export const wallClock: Clock = { now: () => Date.now() };

/** A clock that runs with the real one and can be moved forward by hand. */
export class MovableClock implements Clock {
  #ahead = 0;

  /** How far it is ahead of the real one, in milliseconds. */
  get ahead(): number {
    return this.#ahead;
  }

  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Moves the clock forward by `ms` milliseconds. */
  advance(ms: number): void {
    this.#ahead += ms;
  }
}
