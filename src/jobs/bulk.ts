import type { Applying, ChangeRequest } from "../approval/change-request.ts";
import type { Deps } from "../deps.ts";
import { attemptAndSettle } from "./apply.ts";
import { afterBusy, afterSuccess, FIRST_PACE, roomFor, WIDEST } from "./pace.ts";

/** Lanes of one process; the pace decides how many of them are at work. */
export const ITEMS_AT_ONCE = WIDEST;

/**
 * What takes the items of plans one step on, as many at the same time as Gcore takes: each by the
 * same steps as a request of its own.
 * @returns what does one of them, if there is one and room for it; it tells whether there was.
 */
export function itemRunner(deps: Deps): () => Promise<boolean> {
  let pace = FIRST_PACE;
  let underWay = 0;
  const note = (next: ChangeRequest | undefined): void => {
    const now = deps.clock.now();
    const before = pace.width;
    // What was put off was so because Gcore is busy or away.
    pace = next?.state === "approved" ? afterBusy(pace, now, next.dueAt - now) : afterSuccess(pace);
    // There is room for one more.
    if (pace.width > before) deps.nudge();
  };
  return async () => {
    // This asks nothing of Gcore, and waits neither for its rest nor for the items of other plans.
    if (await deps.requests.dropStopped(deps.clock.now())) {
      deps.nudge();
      return true;
    }
    if (roomFor(pace, underWay, deps.clock.now()) === 0) return false;
    underWay += 1;
    try {
      const claimed: Applying | undefined = await deps.requests.claimItem(
        deps.newId(),
        deps.clock.now(),
      );
      if (claimed === undefined) return false;
      note(await attemptAndSettle(deps, claimed));
      return true;
    } finally {
      underWay -= 1;
    }
  };
}
