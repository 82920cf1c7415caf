import { itemOf } from "../approval/change-request.ts";
import type { Log } from "../log.ts";
import { noteFacts } from "../log-context.ts";
import type { Tracer } from "../tracing/tracer.ts";
import type { Metrics } from "./metrics.ts";

/** The same events, counted, logged and traced: what Slack and Gcore answered, and what became of requests. */
export const watching = (
  metrics: Metrics,
  log: Log,
  tracer: Pick<Tracer, "called">,
): Pick<Metrics, "calledGcore" | "calledSlack" | "moved"> => ({
  calledGcore(called) {
    metrics.calledGcore(called);
    const { method, outcome, took } = called;
    tracer.called(`Gcore ${method}`, took, { outcome }, outcome !== "2xx");
    const facts = { method, outcome, ms: Math.round(took) };
    if (method === "PATCH") log.info(facts, "Gcore answered");
    else log.debug(facts, "Gcore answered");
  },
  calledSlack(called) {
    metrics.calledSlack(called);
    const { method, outcome, took } = called;
    tracer.called(`Slack ${method}`, took, { outcome }, outcome !== "ok");
    log.debug({ method, outcome, ms: Math.round(took) }, "Slack answered");
  },
  moved(from, to) {
    metrics.moved(from, to);
    if (from?.state === to.state) return;
    const item = itemOf(to);
    noteFacts({ request: to.id });
    log.info(
      {
        request: to.id,
        ...(item === undefined ? {} : { plan: item.id }),
        ...(from === undefined ? {} : { from: from.state }),
        state: to.state,
      },
      "Request",
    );
  },
});
