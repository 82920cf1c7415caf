import type { Show } from "../tour.ts";
import { PlayedTour } from "./played-tour.ts";
import { type Playground, startPlayground } from "./playground.ts";
import type { PageTour } from "./state.ts";

/** How long each step of the tour stands, in milliseconds. */
const PACE_MS = 6000;

/** What the pages show: the playground, or the tour in one of its own while that is on. */
export class Shown {
  readonly #own: Playground;
  readonly #pace: number;
  readonly #listeners = new Set<() => void>();
  #tour: PlayedTour | undefined;
  #isStarting = false;

  constructor(own: Playground, pace = PACE_MS) {
    this.#own = own;
    this.#pace = pace;
    own.subscribe(() => this.#changed());
  }

  get playground(): Playground {
    return this.#tour?.playground ?? this.#own;
  }

  get tour(): PageTour | null {
    return this.#tour?.state ?? null;
  }

  /** Calls `listener` after whatever is shown may have changed. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts the tour. @returns how it ends: what went wrong in it; it never rejects.
   * @throws when it is on already.
   */
  async startTour(show: Show = () => undefined): Promise<{ ended: Promise<readonly string[]> }> {
    if (this.#isStarting || (this.tour !== null && this.tour.standing !== "over")) {
      throw new Error("The tour is being played already.");
    }
    this.#isStarting = true;
    try {
      await this.leaveTour();
      const playground = await startPlayground();
      const tour = new PlayedTour(playground, this.#pace, () => this.#changed());
      playground.subscribe(() => this.#changed());
      this.#tour = tour;
      return { ended: tour.play(show) };
    } finally {
      this.#isStarting = false;
    }
  }

  holdTour(): void {
    this.#tour?.hold();
  }

  goOnWithTour(): void {
    this.#tour?.goOn();
  }

  /** Goes back to the playground; a tour that is on ends. */
  async leaveTour(): Promise<void> {
    const tour = this.#tour;
    this.#tour = undefined;
    this.#changed();
    await tour?.stop();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
