import { setTimeout as pause } from "node:timers/promises";
import { Gauge, type Registry } from "prom-client";
import type { Figures } from "../store/figures.ts";

/** How things stand at the moment of a reading. */
export interface Standing {
  /** What `/readyz` says. */
  readonly isReady: boolean;
  /** What the database said; undefined: it did not answer in time. */
  readonly figures: Figures | undefined;
}

/** How long the database may take, in milliseconds. */
const FIGURES_WITHIN = 2_000;

/** Asks how things stand; however often that is asked, a database that hangs is asked once. */
export function standingOf(
  unreadiness: () => Promise<string | undefined>,
  askFigures: () => Promise<Figures>,
): () => Promise<Standing> {
  let asking: Promise<Figures | undefined> | undefined;
  const figures = (): Promise<Figures | undefined> => {
    asking ??= askFigures()
      .catch(() => undefined)
      .finally(() => {
        asking = undefined;
      });
    return asking;
  };
  return async () => {
    const [why, counted] = await Promise.all([
      unreadiness(),
      Promise.race([figures(), pause(FIGURES_WITHIN, undefined, { ref: false })]),
    ]);
    return { isReady: why === undefined, figures: counted };
  };
}

/** States in which a request is open: each is told, also when there is none. */
const OPEN = {
  request: ["pending", "approved", "applying", "held", "running", "paused", "stopping"],
  item: ["approved", "applying", "held"],
} as const;

/**
 * The numbers of a moment, in this register. Those of the database are of all processes together;
 * when it does not answer they are left out rather than old.
 */
export function standingGauges(register: Registry): (standing: Standing) => void {
  const gauge = <L extends string>(name: string, help: string, labels: L[] = []) =>
    new Gauge({ name, help, labelNames: labels, registers: [register] });
  const ready = gauge("snapshot_bot_ready", "1 when /readyz says that it is ready");
  const answers = gauge("snapshot_bot_database_up", "1 when the database answered in time");
  const open = gauge("snapshot_bot_requests_open", "Requests that have not ended", ["of", "state"]);
  const toBegin = gauge(
    "snapshot_bot_plan_items_to_begin",
    "Snapshots of running plans that were not begun",
  );
  const rows = gauge("snapshot_bot_outbox_rows", "What the bot has to say, by how it stands", [
    "state",
  ]);
  const oldest = gauge(
    "snapshot_bot_outbox_oldest_due_seconds",
    "For how long the oldest message has been due that Slack has not got",
  );
  return ({ isReady, figures }) => {
    ready.set(isReady ? 1 : 0);
    answers.set(figures === undefined ? 0 : 1);
    for (const one of [toBegin, oldest]) one.remove();
    for (const one of [open, rows]) one.reset();
    if (figures === undefined) return;
    for (const [of, states] of Object.entries(OPEN)) {
      for (const state of states) open.set({ of, state }, 0);
    }
    for (const { of, state, count } of figures.open) open.set({ of, state }, count);
    toBegin.set(figures.itemsToBegin);
    const { waiting, due, refused, oldestDue } = figures.outbox;
    rows.set({ state: "waiting" }, waiting);
    rows.set({ state: "due" }, due);
    rows.set({ state: "refused" }, refused);
    oldest.set(oldestDue / 1000);
  };
}
