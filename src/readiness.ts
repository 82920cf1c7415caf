import { setTimeout as pause } from "node:timers/promises";

/** What a process must have to be given work. */
export interface Conditions {
  readonly isStopping: () => boolean;
  /** Whether Slack has verified the token, and the bot takes deliveries. */
  readonly isVerified: () => boolean;
  /** For how long there has been no connection to Slack, in milliseconds; 0 over HTTP. */
  readonly downFor: () => number;
  /** The worker's lane that does not come round, if there is one. */
  readonly standingStill: () => string | undefined;
  /** Asks the database something small. */
  readonly askDatabase: () => Promise<unknown>;
}

/** Slack closes every connection now and then, and may take seconds to give another one. Milliseconds. */
const REFRESH_TAKES = 30_000;
/** How long the database may take, in milliseconds. */
const DATABASE_WITHIN = 2_000;

/** Says why nothing should be sent to this process now, in words; undefined: it is ready. */
export function readinessOf(conditions: Conditions): () => Promise<string | undefined> {
  // However often it is asked, a database that hangs holds one question.
  let asking: Promise<boolean> | undefined;
  const doesAnswer = (): Promise<boolean> => {
    asking ??= conditions
      .askDatabase()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return async () => {
    if (conditions.isStopping()) return "stopping";
    if (!conditions.isVerified()) return "Slack has not verified the token yet";
    if (conditions.downFor() > REFRESH_TAKES) return "no connection to Slack";
    const lane = conditions.standingStill();
    if (lane !== undefined) return `the worker's lane "${lane}" stands still`;
    const answered = await Promise.race([doesAnswer(), pause(DATABASE_WITHIN, false, UNHELD)]);
    return answered ? undefined : "the database does not answer";
  };
}

/** A stop does not wait for it. */
const UNHELD = { ref: false };
