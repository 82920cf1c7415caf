/** What happened, for whoever shows the state: a web page, or a test that waits. */
export interface Change {
  readonly kind: "message" | "view" | "home" | "delivery" | "call" | "socket" | "workspace";
  /** The channel or the person that it is about. */
  readonly about?: string;
}

export type ChangeListener = (change: Change) => void;

/** Tells listeners about every change of the state, right after it. */
export class Changes {
  readonly #listeners = new Set<ChangeListener>();

  subscribe(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  /**
   * Waits until `look` gives something other than `undefined`, `null` or `false`, and hands it on.
   * It looks again at every change and, as the condition may be about something outside, now and
   * then. The limit is there to fail with words instead of hanging.
   */
  until<T>(
    look: () => T | Promise<T>,
    what = String(look),
    limitMs = 10_000,
  ): Promise<Exclude<T, undefined | null | false>> {
    return new Promise((done, fail) => {
      let looking = false;
      let again = false;
      const finish = (settle: () => void): void => {
        clearTimeout(limit);
        clearInterval(pulse);
        unsubscribe();
        settle();
      };
      const attempt = async (): Promise<void> => {
        if (looking) {
          again = true;
          return;
        }
        looking = true;
        try {
          do {
            again = false;
            const found = await look();
            if (found !== undefined && found !== null && found !== false) {
              return finish(() => done(found as Exclude<T, undefined | null | false>));
            }
          } while (again);
        } catch (error) {
          finish(() => fail(error));
        } finally {
          looking = false;
        }
      };
      const limit = setTimeout(
        () => finish(() => fail(new Error(`waited ${limitMs} ms in vain for: ${what}`))),
        limitMs,
      );
      const pulse = setInterval(attempt, 20);
      const unsubscribe = this.subscribe(attempt);
      void attempt();
    });
  }
}
