import type { Log } from "../log.ts";

/**
 * Takes the next piece of work there is, and does it. Calls `taken` as soon as there is some: then
 * another lane may look for more meanwhile. @returns whether there was some
 */
export type Work = (taken: () => void) => Promise<boolean>;

/** A worker's lanes: each does one thing after the other, and waits when there is nothing to do. */
export interface Lanes {
  /**
   * Starts `count` lanes (one) for the same work, of which one at a time looks for it. A piece of work
   * may take `most` milliseconds.
   */
  start(name: string, work: Work, how?: { readonly count?: number; readonly most?: number }): void;
  /** There may be work now, for these lanes or for any: do not wait for the next look. */
  nudge(names?: readonly string[]): void;
  /** The work of which a piece takes longer than it may; undefined: it all goes on. */
  standingStill(): string | undefined;
  /** Begins nothing new, and waits until what was begun is done. */
  stop(): Promise<void>;
}

/** How long lanes without work wait before one of them looks again, in milliseconds. */
const PAUSE = 1_000;
/** All that a piece of work asks of others has a limit of its own, far below this. Milliseconds. */
const MOST = 5 * 60_000;

/** @param monotonic milliseconds that no clock's change moves */
export function createLanes(
  log: () => Log,
  monotonic: () => number = () => performance.now(),
): Lanes {
  let stopped = false;
  const pieces = new Map<Promise<void>, { readonly name: string; readonly until: number }>();
  const looks: { readonly name: string; readonly look: () => void }[] = [];

  /** @returns what lets one of these lanes look for work now, or as soon as one can. */
  const lanesOf = (name: string, work: Work, count: number, most: number): (() => void) => {
    let busy = 0;
    let isLooking = false;
    // Something may have come while a lane looked, or while all were at work.
    let again = false;
    let timer: NodeJS.Timeout | undefined;
    const lookLater = (): void => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE).unref();
    };
    const look = (): void => {
      if (stopped) return;
      again = isLooking || busy === count;
      if (again) return;
      isLooking = true;
      busy += 1;
      let isTaken = false;
      const taken = (): void => {
        if (isTaken) return;
        isTaken = true;
        isLooking = false;
        look();
      };
      const piece = work(taken)
        .catch((error: unknown) => {
          log().error({ error, lane: name }, "A job failed; it is tried again");
          return false;
        })
        .then((hadOne) => {
          pieces.delete(piece);
          busy -= 1;
          if (!isTaken) isLooking = false;
          if (hadOne || again) look();
          else lookLater();
        });
      pieces.set(piece, { name, until: monotonic() + most });
    };
    return look;
  };

  let nudged = new Set<string>();
  const lookWhereNudged = (): void => {
    const names = nudged;
    nudged = new Set();
    for (const { name, look } of looks) if (names.has(name)) look();
  };
  return {
    start(name, work, { count = 1, most = MOST } = {}) {
      const look = lanesOf(name, work, count, most);
      looks.push({ name, look });
      look();
    },
    nudge(names = looks.map(({ name }) => name)) {
      // The answer that a person waits for goes out first, and several nudges at a time are one.
      if (nudged.size === 0) setImmediate(lookWhereNudged);
      for (const name of names) nudged.add(name);
    },
    standingStill: () => [...pieces.values()].find(({ until }) => monotonic() > until)?.name,
    async stop() {
      stopped = true;
      await Promise.all(pieces.keys());
    },
  };
}
