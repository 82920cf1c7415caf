import PQueue from "p-queue";
import { pauseBecause } from "../approval/bulk-run.ts";
import type { Applying, ChangeRequest } from "../approval/change-request.ts";
import type { Deps } from "../deps.ts";
import { ok } from "../problem.ts";
import { attempt } from "./apply.ts";
import { afterBusy, afterSuccess, aheadOf, FIRST_PACE, roomFor, WIDEST } from "./pace.ts";

/** So many are claimed in one transaction: what a transaction costs is shared by them. */
export const HANDFUL = 3;

/** Lanes of one process, each with a handful; the pace decides how many of them are at work. */
export const ITEM_LANES = Math.ceil((WIDEST + aheadOf(WIDEST)) / HANDFUL);

/** Where the key of whoever asked is of no use any more, the items that are left are not thrown at it. */
async function pauseWhenUseless(
  { requests, clock, nudge }: Deps,
  claimed: Applying,
  next: ChangeRequest,
): Promise<void> {
  const { item } = claimed;
  if (item === undefined || next.state !== "failed") return;
  const now = clock.now();
  const steered = await requests.steer(item.id, now, (run) =>
    ok(run.state === "running" ? pauseBecause(run, claimed, next, now) : run),
  );
  if (steered.kind === "done") nudge("say");
}

/**
 * What takes the items of plans one step on, as many at the same time as Gcore takes: each by the
 * same steps as a request of its own.
 * @returns what does one of them, if there is one and room for it; it tells whether there was.
 */
export function itemRunner(deps: Deps): (taken?: () => void) => Promise<boolean> {
  const { requests, clock, newId, nudge } = deps;
  let pace = FIRST_PACE;
  let underWay = 0;
  // Only here does anything go to Gcore. What is claimed waits at this gate for its turn, and what
  // was answered has left it before it is written down: Gcore never waits for the database.
  const gate = new PQueue({ concurrency: pace.width });
  const note = (next: ChangeRequest | undefined): void => {
    const now = clock.now();
    const before = pace.width;
    // What was put off was so because Gcore is busy or away.
    pace = next?.state === "approved" ? afterBusy(pace, now, next.dueAt - now) : afterSuccess(pace);
    gate.concurrency = pace.width;
    // There is room for one more.
    if (pace.width > before) nudge("change");
  };
  const take = async (claimed: Applying): Promise<void> => {
    try {
      const next = await gate.add(() => attempt(deps, claimed));
      note(next);
      if (next !== undefined && (await requests.settle(claimed, next, clock.now()))) {
        await pauseWhenUseless(deps, claimed, next);
      }
    } finally {
      underWay -= 1;
    }
  };
  return async (taken) => {
    // This asks nothing of Gcore, and waits neither for its rest nor for the items of other plans.
    if (await requests.dropStopped(clock.now())) {
      nudge("say");
      return true;
    }
    const room = Math.min(roomFor(pace, underWay, clock.now()), HANDFUL);
    if (room === 0) return false;
    underWay += room;
    const claimed = await requests.claimItems(newId(), clock.now(), room).catch((error) => {
      underWay -= room;
      throw error;
    });
    underWay -= room - claimed.length;
    if (claimed.length > 0) taken?.();
    const done = await Promise.allSettled(claimed.map(take));
    for (const one of done) if (one.status === "rejected") throw one.reason;
    return claimed.length > 0;
  };
}
