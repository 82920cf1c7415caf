/** Where the local servers get the time from: milliseconds since 1970, as `Date.now` gives them. */
export interface Clock {
  now(): number;
}

export const wallClock: Clock = { now: () => Date.now() };

/** A clock that runs with the real one and can be moved forward by hand. */
export class MovableClock implements Clock {
  #offset = 0;

  now(): number {
    return Date.now() + this.#offset;
  }

  /** Moves the clock forward by `ms` milliseconds. */
  advance(ms: number): void {
    this.#offset += ms;
  }
}
