import type { Policy } from "./approval/policy.ts";
import type { Clock } from "./clock.ts";
import type { Catalogue } from "./gcore/catalogue.ts";
import type { Gcore } from "./gcore/gcore.ts";
import type { Log } from "./log.ts";
import type { Slack } from "./slack/slack.ts";
import type { Checkpoints } from "./store/checkpoints.ts";
import type { Drafts } from "./store/drafts.ts";
import type { History } from "./store/history.ts";
import type { HomeTabs } from "./store/home-tabs.ts";
import type { Keys } from "./store/keys.ts";
import type { Outbox } from "./store/outbox-table.ts";
import type { Plans } from "./store/plans.ts";
import type { Preferences } from "./store/preferences.ts";
import type { Requests } from "./store/requests.ts";
import type { Tracer } from "./tracing/tracer.ts";

/** What the shells are handed: the edges, the time, and ids that nobody can guess. */
export interface Deps {
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
  readonly tracer: Pick<Tracer, "during">;
  readonly slack: Slack;
  /** For what is shown, never for a decision. */
  readonly recentGroups: Pick<Slack, "groupMembers">;
  readonly gcore: Gcore;
  readonly catalogue: Catalogue;
  readonly keys: Keys;
  readonly drafts: Drafts;
  readonly plans: Plans;
  readonly requests: Requests;
  readonly history: History;
  readonly outbox: Outbox;
  readonly homeTabs: HomeTabs;
  readonly checkpoints: Checkpoints;
  readonly preferences: Preferences;
  readonly policy: Policy;
  /** The channels that hear of changes where the policy names no others. */
  readonly auditChannels: readonly string[];
  /** How long a key is kept that nobody uses, in milliseconds. */
  readonly keepUnusedKeys: number;
  readonly nudge: Nudge;
}

/**
 * Tells the jobs that there may be work now: something to say, in a message, a view or a home tab; or
 * something to change, too, be it in Gcore or in how a run stands.
 */
export type Nudge = (what: "say" | "change") => void;
