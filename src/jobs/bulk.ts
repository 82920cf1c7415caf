import PQueue from "p-queue";
import { pauseBecause } from "../approval/bulk-run.ts";
import type { Applying, ChangeRequest } from "../approval/change-request.ts";
import type { Deps } from "../deps.ts";
import { ok } from "../problem.ts";
import { attempt } from "./apply.ts";
import { afterBusy, afterSuccess, aheadOf, FIRST_PACE, roomFor, WIDEST } from "./pace.ts";

/** Lanes of one process; the pace decides how many of them are at work. */
export const ITEMS_AT_ONCE = WIDEST + aheadOf(WIDEST);

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
  if (steered.kind === "done") nudge();
}

/**
 * What takes the items of plans one step on, as many at the same time as Gcore takes: each by the
 * same steps as a request of its own.
 * @returns what does one of them, if there is one and room for it; it tells whether there was.
 */
export function itemRunner(deps: Deps): () => Promise<boolean> {
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
    if (pace.width > before) nudge();
  };
  return async () => {
    // This asks nothing of Gcore, and waits neither for its rest nor for the items of other plans.
    if (await requests.dropStopped(clock.now())) {
      nudge();
      return true;
    }
    if (roomFor(pace, underWay, clock.now()) === 0) return false;
    underWay += 1;
    try {
      const claimed = await requests.claimItem(newId(), clock.now());
      if (claimed === undefined) return false;
      const next = await gate.add(() => attempt(deps, claimed));
      note(next);
      if (next !== undefined && (await requests.settle(claimed, next, clock.now()))) {
        await pauseWhenUseless(deps, claimed, next);
      }
      return true;
    } finally {
      underWay -= 1;
    }
  };
}
