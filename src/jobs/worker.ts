import type { Deps, Nudge } from "../deps.ts";
import { announceNext } from "./announce.ts";
import { applyNext } from "./apply.ts";
import { ITEM_LANES, itemRunner } from "./bulk.ts";
import { publishNext } from "./home.ts";
import { warnOwners } from "./key-expiry.ts";
import { forgetKeys } from "./key-forgetting.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import { lookAtNextLock } from "./locks.ts";

/** What goes on without a click: there may be work now, does it stand still, and its end. */
export interface Worker extends Pick<Lanes, "standingStill" | "stop"> {
  readonly nudge: Nudge;
}

const FORGET_EVERY = 10 * 60_000;
/** How often the worker looks whether a checkpoint of the ledger is due. */
const CHECKPOINT_LOOK = 60_000;
/** How often the worker looks whether keys end soon. */
const EXPIRY_LOOK = 60_000;
/** How long an unfinished form is kept. */
const KEEP_DRAFTS = 24 * 3_600_000;
/**
 * How long the outbox knows what it has said, in milliseconds: a warning before a key ends is said
 * once as long as it does, and a key is kept for a week after its end.
 */
const KEEP_SAID = 30 * 24 * 3_600_000;
/** Requests that are on their way at the same time. */
const APPLYING_AT_ONCE = 4;
/** Locked snapshots that are looked at at the same time. */
const LOOKS_AT_ONCE = 2;
/** Messages and views that are on their way at the same time; never two for one place. */
const SAYING_AT_ONCE = 3;
/** Home tabs that are being published at the same time; never one twice. */
const HOMES_AT_ONCE = 2;

/** Items wait for their turn: fifteen may, one after the other when Gcore is busy. Milliseconds. */
const MOST_OF_ITEMS = 30 * 60_000;

/** The lanes that say something. */
const SAYING = ["announce", "home"];

/** Starts the lanes. */
export function startWorker(makeDeps: (nudge: Nudge) => Deps): Worker & { deps: Deps } {
  const lanes = createLanes(() => deps.log);
  // Most of what happens is to be said and leads to nothing else: each look asks the database.
  const nudge: Nudge = (what) => lanes.nudge(what === "say" ? SAYING : undefined);
  const deps = makeDeps(nudge);
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
    while (await deps.outbox.forgetSaid(now - KEEP_SAID));
    await forgetKeys(deps, now);
  };
  const checkpoint = async (now: number): Promise<void> => {
    if (await deps.checkpoints.make(now)) nudge("say");
  };
  const { start } = lanes;
  start("apply", async (taken) => (await applyNext(deps, undefined, taken)) !== undefined, {
    count: APPLYING_AT_ONCE,
  });
  start("bulk", itemRunner(deps), { count: ITEM_LANES, most: MOST_OF_ITEMS });
  start("announce", (taken) => announceNext(deps, taken), { count: SAYING_AT_ONCE });
  start("home", (taken) => publishNext(deps, taken), { count: HOMES_AT_ONCE });
  start("locks", (taken) => lookAtNextLock(deps, taken), { count: LOOKS_AT_ONCE });
  start("timers", async () => {
    const hadOne = await deps.requests.onTimer(deps.clock.now());
    if (hadOne) nudge("say");
    return hadOne;
  });
  start("checkpoint", every(CHECKPOINT_LOOK, checkpoint));
  start(
    "key expiry",
    every(EXPIRY_LOOK, (now) => warnOwners(deps, now)),
  );
  start("forget", every(FORGET_EVERY, forget));
  return { ...lanes, nudge, deps };
}
