import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { type ChangeRequest, hasEnded, itemOf } from "../approval/change-request.ts";
import type { Called as GcoreCalled } from "../gcore/http.ts";
import type { Called as SlackCalled } from "../slack/watched-client.ts";
import { type Standing, standingGauges } from "./standing.ts";

/** What this process has counted since it began. No label holds who, where or which. */
export interface Metrics {
  /** Slack's delivery was acknowledged after so many milliseconds. */
  acknowledged(kind: string, took: number): void;
  /** All that a delivery led to at once is done. */
  delivered(kind: string, outcome: string): void;
  calledGcore(called: GcoreCalled): void;
  calledSlack(called: SlackCalled): void;
  /** A request has come to another state, and that was written. */
  moved(from: ChangeRequest | undefined, to: ChangeRequest): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
}

/** Slack waits three seconds. */
const ACK_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 6];
const CALL_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
/** From a change that goes through at once to one that waited for a task for a day. */
const DECISION_BUCKETS = [0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400];

/** How an item of a plan may end. */
const ENDS = ["applied", "failed", "conflict", "unknown", "withdrawn"];
/** And what somebody asked for; a plan is finished when nothing more becomes of its items. */
const OUTCOMES = { item: ENDS, request: [...ENDS, "rejected", "expired", "finished"] };

/**
 * Counts. @param standing is asked at each reading how things stand
 * @param isRead whether anybody reads it: watching the process itself is only then worth its price
 */
export function createMetrics(standing: () => Promise<Standing>, isRead: boolean): Metrics {
  const register = new Registry();
  const registers = [register];
  const histogram = <L extends string>(
    name: string,
    help: string,
    labels: L[],
    buckets: number[],
  ) => new Histogram({ name, help, labelNames: labels, buckets, registers });
  const counter = <L extends string>(name: string, help: string, labels: L[]) =>
    new Counter({ name, help, labelNames: labels, registers });

  const acks = histogram(
    "snapshot_bot_ack_seconds",
    "From a delivery of Slack's to its acknowledgement",
    ["kind"],
    ACK_BUCKETS,
  );
  const deliveries = counter("snapshot_bot_deliveries_total", "Deliveries of Slack's", [
    "kind",
    "outcome",
  ]);
  const gcoreSeconds = histogram(
    "snapshot_bot_gcore_call_seconds",
    "How long calls to Gcore took",
    ["method"],
    CALL_BUCKETS,
  );
  const gcoreCalls = counter("snapshot_bot_gcore_calls_total", "Calls to Gcore", [
    "method",
    "outcome",
  ]);
  const slackSeconds = histogram(
    "snapshot_bot_slack_call_seconds",
    "How long calls to Slack's Web API took",
    ["method"],
    CALL_BUCKETS,
  );
  const slackCalls = counter("snapshot_bot_slack_calls_total", "Calls to Slack's Web API", [
    "method",
    "outcome",
  ]);
  const attempts = counter(
    "snapshot_bot_attempts_total",
    "Attempts to apply a change, looks for a lost answer included",
    ["of"],
  );
  const ended = counter("snapshot_bot_requests_ended_total", "Requests that came to their end", [
    "of",
    "outcome",
  ]);
  const decisionToApplied = histogram(
    "snapshot_bot_decision_to_applied_seconds",
    "From the decision on a change to the moment it was known to be applied",
    ["of"],
    DECISION_BUCKETS,
  );
  // What never happened is told as zero, so that the first time shows as a rise.
  for (const [what, outcomes] of Object.entries(OUTCOMES)) {
    attempts.inc({ of: what }, 0);
    for (const outcome of outcomes) ended.inc({ of: what, outcome }, 0);
  }
  const stand = standingGauges(register);
  if (isRead) collectDefaultMetrics({ register });

  return {
    acknowledged: (kind, took) => acks.observe({ kind }, took / 1000),
    delivered: (kind, outcome) => deliveries.inc({ kind, outcome }),
    calledGcore({ method, outcome, took }) {
      gcoreCalls.inc({ method, outcome });
      gcoreSeconds.observe({ method }, took / 1000);
    },
    calledSlack({ method, outcome, took }) {
      slackCalls.inc({ method, outcome });
      slackSeconds.observe({ method }, took / 1000);
    },
    moved(from, to) {
      const of = itemOf(to) === undefined ? "request" : "item";
      if (to.state === "applying" && to.owner !== null && isAnother(from, to.owner)) {
        attempts.inc({ of });
      }
      if (!hasEnded(to)) return;
      ended.inc({ of, outcome: to.state });
      if (to.state === "applied") {
        decisionToApplied.observe({ of }, Math.max(0, to.endedAt - to.decidedAt) / 1000);
      }
    },
    async text() {
      stand(await standing());
      return await register.metrics();
    },
  };
}

/** Whether somebody else has it than before: that is an attempt. */
const isAnother = (from: ChangeRequest | undefined, owner: string): boolean =>
  from?.state !== "applying" || from.owner !== owner;
