import type {
  Applying,
  Approved,
  ChangeRequest,
  Failed,
  Held,
} from "../approval/change-request.ts";
import { claim } from "../approval/claim.ts";
import { doubtEntry, entryFor, releaseEntry } from "../approval/entries.ts";
import { lookLater } from "../approval/lock.ts";
import { noticesFor } from "../approval/notices.ts";
import { appendEntry } from "./ledger-table.ts";
import { dueForClaim, dueForLook, move } from "./request-table.ts";
import { finishRun } from "./run-end.ts";
import type { Database } from "./sql.ts";
import { step } from "./step.ts";

/** What goes on with a request that was agreed to, until it has ended. */
export interface Attempts {
  /**
   * Takes a request that is due (this one, or any), for `owner` alone. None is taken while another
   * change of the same snapshot is on its way.
   */
  claim(owner: string, now: number, id?: string): Promise<Applying | undefined>;
  /**
   * Writes what became of a claimed request, unless somebody else has claimed it meanwhile.
   * @returns whether it was written.
   */
  settle(claimed: Applying, next: ChangeRequest, now: number): Promise<boolean>;
  /**
   * Takes a request that waits for a lock and whose snapshot is to be looked at: nobody else takes it
   * before it is time for the next look.
   */
  takeHeld(now: number): Promise<Held | undefined>;
  /** Lets it go on to its next attempt, or ends it, if it is as it was taken. */
  release(held: Held, next: Approved | Failed, now: number): Promise<boolean>;
}

export function attemptsIn(database: Database, auditChannels: readonly string[]): Attempts {
  return {
    async claim(owner, now, id) {
      // A look takes no lock; most of them find nothing. Who names a request expects it to be due.
      if (id === undefined && (await dueForClaim(database, now)) === undefined) return undefined;
      return await database.transaction(async (sql) => {
        const request = await dueForClaim(sql, now, id);
        if (request === undefined) return undefined;
        const claimed = claim(request, owner, now);
        await move(sql, request, claimed);
        await appendEntry(sql, entryFor(claimed, now));
        return claimed;
      });
    },
    settle: (claimed, next, now) =>
      database.transaction(async (sql) => {
        const looking = next.state === "applying";
        const entry = looking ? doubtEntry(next, now) : entryFor(next, now);
        const notices = noticesFor(next, auditChannels, looking);
        const moved = await step(sql, claimed, next, entry, notices);
        if (moved) await finishRun(sql, next, auditChannels, now);
        return moved;
      }),
    async takeHeld(now) {
      if ((await dueForLook(database, now)) === undefined) return undefined;
      return await database.transaction(async (sql) => {
        const request = await dueForLook(sql, now);
        if (request === undefined) return undefined;
        const taken = lookLater(request, now);
        await move(sql, request, taken);
        return taken;
      });
    },
    release: (held, next, now) =>
      database.transaction(async (sql) => {
        const moved =
          next.state === "approved"
            ? await step(sql, held, next, releaseEntry(next, now), [])
            : await step(sql, held, next, entryFor(next, now), noticesFor(next, auditChannels));
        if (moved) await finishRun(sql, next, auditChannels, now);
        return moved;
      }),
  };
}
