import type { Log } from "../log.ts";

/** A worker's lanes: each does one thing after the other, and waits when there is nothing to do. */
export interface Lanes {
  /** Starts a lane; `work` tells whether there was something to do, and may take `most` milliseconds. */
  start(name: string, work: () => Promise<boolean>, most?: number): void;
  /** There may be work now: do not wait for the next look. */
  nudge(): void;
  /** A lane that has not come round for longer than its work may take; undefined: they all go on. */
  standingStill(): string | undefined;
  /** Begins nothing new, and waits until what was begun is done. */
  stop(): Promise<void>;
}

/** How long a lane without work waits before it looks again, in milliseconds. */
const PAUSE = 1_000;
/** All that a piece of work asks of others has a limit of its own, far below this. Milliseconds. */
const MOST = 5 * 60_000;

/** @param monotonic milliseconds that no clock's change moves */
export function createLanes(
  log: () => Log,
  monotonic: () => number = () => performance.now(),
): Lanes {
  let stopped = false;
  let nudges = 0;
  const sleepers = new Set<() => void>();
  const turns: { readonly name: string; readonly most: number; began: number }[] = [];
  const running: Promise<void>[] = [];
  const sleep = (ms: number): Promise<void> =>
    new Promise((done) => {
      const wake = (): void => {
        clearTimeout(timer);
        sleepers.delete(wake);
        done();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
    });
  const wakeAll = (): void => {
    nudges += 1;
    for (const wake of sleepers) wake();
  };
  let isNudged = false;
  // The answer that a person waits for goes out first, and several nudges at a time are one.
  const nudge = (): void => {
    if (isNudged) return;
    isNudged = true;
    setImmediate(() => {
      isNudged = false;
      wakeAll();
    });
  };
  const run = async (name: string, work: () => Promise<boolean>, most: number): Promise<void> => {
    const turn = { name, most, began: monotonic() };
    turns.push(turn);
    while (!stopped) {
      turn.began = monotonic();
      const before = nudges;
      const busy = await work().catch((error: unknown) => {
        log().error({ error, lane: name }, "A job failed; it is tried again");
        return false;
      });
      if (!busy && !stopped && nudges === before) await sleep(PAUSE);
    }
  };
  return {
    start(name, work, most = MOST) {
      running.push(run(name, work, most));
    },
    nudge,
    standingStill: () => turns.find(({ began, most }) => monotonic() - began > most)?.name,
    async stop() {
      stopped = true;
      wakeAll();
      await Promise.all(running);
    },
  };
}
