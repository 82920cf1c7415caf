import type { Item, LeftKind, LeftOut } from "./bulk.ts";
import type { ChangeRequest } from "./change-request.ts";

/** One of those that were chosen, and the request that its item has become, if it has. */
export interface PlanRow {
  readonly chosen: Item | LeftOut;
  readonly request: ChangeRequest | undefined;
}

/** The parts of a plan: what is to change, what came of it, and what is left and why. */
export const PLAN_PARTS = [
  "change",
  "applied",
  "trouble",
  "stopped",
  "held",
  "waiting",
  "already",
  "rule",
  "key",
  "missing",
  "unfit",
] as const;
export type PlanPart = "change" | "applied" | "trouble" | "stopped" | "held" | "waiting" | LeftKind;

/** A page of a part, and the numbers that the pages around it begin at; null: there is none. */
export interface PlanPage {
  readonly rows: readonly PlanRow[];
  readonly previous: number | null;
  readonly next: number | null;
}
