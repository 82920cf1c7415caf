import type { Deps } from "../deps.ts";
import { announceNext } from "./announce.ts";
import { applyNext } from "./apply.ts";
import { ITEM_LANES, itemRunner } from "./bulk.ts";
import { publishNext } from "./home.ts";
import { warnOwners } from "./key-expiry.ts";
import { forgetKeys } from "./key-forgetting.ts";
import { lookAtNextLock } from "./locks.ts";

/** What goes on without a click. */
export interface Worker {
  /** There may be work now: do not wait for the next look. */
  nudge(): void;
  /** Takes no new work, and waits until what was begun is done. */
  stop(): Promise<void>;
}

/** How long a lane without work waits before it looks again, in milliseconds. */
const PAUSE = 1_000;
const FORGET_EVERY = 10 * 60_000;
/** How often the worker looks whether a checkpoint of the ledger is due. */
const CHECKPOINT_LOOK = 60_000;
/** How often the worker looks whether keys end soon. */
const EXPIRY_LOOK = 60_000;
/** How long an unfinished form is kept. */
const KEEP_DRAFTS = 24 * 3_600_000;
/** Requests that are on their way at the same time. */
const APPLYING_AT_ONCE = 4;
/** Locked snapshots that are looked at at the same time. */
const LOOKS_AT_ONCE = 2;
/** Messages and views that are on their way at the same time; never two for one place. */
const SAYING_AT_ONCE = 3;
/** Home tabs that are being published at the same time; never one twice. */
const HOMES_AT_ONCE = 2;

/** Starts the lanes; each does one thing after the other and looks again when nudged. */
export function startWorker(makeDeps: (nudge: () => void) => Deps): Worker & { deps: Deps } {
  let stopped = false;
  let nudges = 0;
  const sleepers = new Set<() => void>();
  const nudge = (): void => {
    nudges += 1;
    for (const wake of sleepers) wake();
  };
  const deps = makeDeps(nudge);
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
  const lane = async (name: string, work: () => Promise<boolean>): Promise<void> => {
    while (!stopped) {
      const before = nudges;
      const busy = await work().catch((error: unknown) => {
        deps.log.error({ error, lane: name }, "A job failed; it is tried again");
        return false;
      });
      if (!busy && !stopped && nudges === before) await sleep(PAUSE);
    }
  };
  const every = (ms: number, work: (now: number) => Promise<void>) => {
    let last = 0;
    return async (): Promise<boolean> => {
      const now = deps.clock.now();
      if (now < last + ms) return false;
      last = now;
      await work(now);
      return false;
    };
  };
  const forget = async (now: number): Promise<void> => {
    await deps.drafts.forget(now - KEEP_DRAFTS);
    await forgetKeys(deps, now);
  };
  const checkpoint = async (now: number): Promise<void> => {
    if (await deps.checkpoints.make(now)) nudge();
  };
  const runItem = itemRunner(deps);
  const lanes = Promise.all([
    ...Array.from({ length: APPLYING_AT_ONCE }, () =>
      lane("apply", async () => (await applyNext(deps)) !== undefined),
    ),
    ...Array.from({ length: ITEM_LANES }, () => lane("bulk", runItem)),
    ...Array.from({ length: SAYING_AT_ONCE }, () => lane("announce", () => announceNext(deps))),
    ...Array.from({ length: HOMES_AT_ONCE }, () => lane("home", () => publishNext(deps))),
    ...Array.from({ length: LOOKS_AT_ONCE }, () => lane("locks", () => lookAtNextLock(deps))),
    lane("timers", async () => {
      const hadOne = await deps.requests.onTimer(deps.clock.now());
      if (hadOne) nudge();
      return hadOne;
    }),
    lane("checkpoint", every(CHECKPOINT_LOOK, checkpoint)),
    lane(
      "key expiry",
      every(EXPIRY_LOOK, (now) => warnOwners(deps, now)),
    ),
    lane("forget", every(FORGET_EVERY, forget)),
  ]);
  return {
    deps,
    nudge,
    async stop() {
      stopped = true;
      nudge();
      await lanes;
    },
  };
}
