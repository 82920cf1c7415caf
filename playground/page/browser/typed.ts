import { act } from "./net.ts";
import { notice } from "./notice.ts";

const PAUSE_MS = 200;

/** What is typed into the fields of one view, on its way to the local Slack. */
export class Typed {
  readonly #where: { readonly as: string; readonly view: string };
  readonly #waiting = new Map<string, { block: string; action: string; value: string }>();
  #sending: Promise<void> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(where: { readonly as: string; readonly view: string }) {
    this.#where = where;
  }

  /** Notes what stands in a field; it is sent after a short pause. */
  put(block: string, action: string, value: string): void {
    this.#waiting.set(`${block} ${action}`, { block, action, value });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.settle(), PAUSE_MS);
  }

  /** Forgets what waits: the view is being closed. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  /** Sends what waits, and is done when all of it has arrived. */
  settle(): Promise<void> {
    clearTimeout(this.#timer);
    const entries = [...this.#waiting.values()];
    this.#waiting.clear();
    this.#sending = this.#sending.then(async () => {
      for (const entry of entries) {
        const { refused } = await act({ do: "fill", ...this.#where, ...entry });
        if (refused !== undefined) notice(refused);
      }
    });
    return this.#sending;
  }
}
