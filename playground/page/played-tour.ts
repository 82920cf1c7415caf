import { type Show, type Step, tell } from "../tour.ts";
import type { Playground } from "./playground.ts";
import type { PageTour } from "./state.ts";

const DONE = "That was one change, from start to end. Look around here, or go back.";
const STOPPED = "The tour was stopped.";

/** The tour as the page plays it: at a pace to read along, in a playground of its own. */
export class PlayedTour {
  readonly playground: Playground;
  readonly #pace: number;
  readonly #changed: () => void;
  #state: PageTour;
  readonly #stopped = Promise.withResolvers<readonly string[]>();
  #timer: NodeJS.Timeout | undefined;
  #goOn: () => void = () => undefined;

  /** Each step stands for `pace` milliseconds; `changed` is called when something else is to be shown. */
  constructor(playground: Playground, pace: number, changed: () => void) {
    this.playground = playground;
    this.#pace = pace;
    this.#changed = changed;
    const place = { person: "ada", channel: "", isOnTheWire: false };
    this.#state = { ...place, step: 0, caption: "The tour begins.", standing: "playing" };
  }

  get state(): PageTour {
    return this.#state;
  }

  /** Plays it, and hands each step to `show` as well. @returns what went wrong. Never rejects. */
  async play(show: Show): Promise<readonly string[]> {
    const told = tell(this.playground, async (step) => {
      this.#enter(step);
      await show(step);
      await this.#pause();
    }).catch((error: unknown) => [error instanceof Error ? error.message : String(error)]);
    const faults = await Promise.race([told, this.#stopped.promise]);
    const caption = faults.length === 0 ? DONE : `The tour broke off: ${faults.join(" ")}`;
    this.#set({ caption, standing: "over" });
    return faults;
  }

  /** Stays at the step that is shown. */
  hold(): void {
    if (this.#state.standing !== "playing") return;
    clearTimeout(this.#timer);
    this.#set({ standing: "held" });
  }

  /** Goes on with the next step at once. */
  goOn(): void {
    if (this.#state.standing !== "held") return;
    this.#set({ standing: "playing" });
    this.#goOn();
  }

  /** Ends it, and the playground in which it was played. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopped.resolve([STOPPED]);
    await this.playground.stop();
  }

  #enter({ what, person, channel, isOnTheWire }: Step): void {
    const step = this.#state.step + 1;
    this.#set({ step, caption: what, person, channel, isOnTheWire: isOnTheWire === true });
  }

  #pause(): Promise<void> {
    return new Promise((done) => {
      this.#goOn = done;
      if (this.#state.standing === "playing") this.#timer = setTimeout(done, this.#pace);
    });
  }

  #set(change: Partial<PageTour>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed();
  }
}
