import type { App, ReceiverEvent } from "@slack/bolt";
import type { Deps } from "../deps.ts";
import { during, factsNow, noteFacts } from "../log-context.ts";

/** What is told of each delivery, by its kind. */
export interface Watcher {
  acknowledged(kind: string, took: number): void;
  delivered(kind: string, outcome: string): void;
}

/** How long Slack waits for an acknowledgement, in milliseconds. */
const SLACK_WAITS = 3_000;

/**
 * Watches all that Slack delivers to the app: each delivery gets an id, which stands in all lines of
 * the log that come of it, one line of its own when all is done that it led to, and is counted.
 * @param names what the deliveries may be called; whatever else they are called is not logged
 */
export function watchDeliveries(
  app: App,
  names: ReadonlySet<string>,
  { log, newId, tracer }: Pick<Deps, "log" | "newId" | "tracer">,
  watcher: Watcher,
): void {
  const process = app.processEvent.bind(app);
  const watched = async (event: ReceiverEvent, kind: string, name: string): Promise<void> => {
    const began = performance.now();
    let tookToAck: number | undefined;
    const ack: ReceiverEvent["ack"] = async (...answer) => {
      if (tookToAck === undefined) {
        tookToAck = performance.now() - began;
        watcher.acknowledged(kind, tookToAck);
      }
      return await event.ack(...answer);
    };
    try {
      await process({ ...event, ack });
    } catch (error) {
      noteFacts({ trouble: "failed" });
      throw error;
    } finally {
      const outcome = factsNow().trouble ?? outcomeOf(tookToAck);
      watcher.delivered(kind, outcome);
      log.info(
        {
          kind,
          ...(names.has(name) ? { name } : {}),
          ackMs: tookToAck === undefined ? null : Math.round(tookToAck),
          ms: Math.round(performance.now() - began),
          outcome,
        },
        "Delivery",
      );
    }
  };
  app.processEvent = (event) =>
    during({ delivery: newId().slice(0, 16) }, () => {
      const { kind, name } = describe(event.body);
      const called = names.has(name) ? `${kind} ${name}` : kind;
      return tracer.during(called, "server", () => watched(event, kind, name));
    });
}

const outcomeOf = (tookToAck: number | undefined): string => {
  if (tookToAck === undefined) return "unacknowledged";
  return tookToAck > SLACK_WAITS ? "late" : "acknowledged";
};

const KINDS: Readonly<Record<string, string>> = {
  block_actions: "action",
  view_submission: "view",
  view_closed: "view",
  block_suggestion: "options",
  shortcut: "shortcut",
  message_action: "shortcut",
  event_callback: "event",
};

/** What a delivery is, and what Slack calls it. */
function describe(body: ReceiverEvent["body"]): { readonly kind: string; readonly name: string } {
  const { command, type, action_id, callback_id, view, actions, event } = body;
  if (typeof command === "string") return { kind: "command", name: command };
  const name = action_id ?? callback_id ?? actions?.[0]?.action_id ?? event?.type;
  const kind = KINDS[type] ?? "other";
  return { kind, name: String(kind === "view" ? view?.callback_id : name) };
}
