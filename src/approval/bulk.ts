import type { Problem } from "../problem.ts";
import type { BulkChange, UnfitName } from "../snapshot/bulk-change.ts";
import type { Sought } from "../snapshot/change.ts";
import type { Plan, Warning } from "../snapshot/plan.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { BulkLimits } from "./policy.ts";

/** What is said of a plan as a whole; its items are kept apart. */
export interface Bulk {
  /** What is to be made of each snapshot. */
  readonly aim: Aim;
  /** How many are changed, each by an item of its own. */
  readonly size: number;
  /** `PlanHash` over all items: who approves it approves these items and no others. */
  readonly hash: string;
  /** How many a task held when the plan was made: they are waited for. */
  readonly locked: number;
  /** How many were chosen and are not changed, by why. */
  readonly left: Readonly<Partial<Record<LeftKind, number>>>;
  /** Where the snapshots are. */
  readonly projectIds: readonly number[];
  readonly regions: readonly string[];
}

/** What the policy says of a plan of so many, for somebody with so `open` in others that wait or run. */
export function overLimit(
  { most, mostPerPerson }: BulkLimits,
  open: number,
  size: number,
): Problem | undefined {
  if (size > most) return { kind: "bulk-too-many", chosen: size, most };
  return open + size > mostPerPerson
    ? { kind: "bulk-too-many-yours", open, more: size, most: mostPerPerson }
    : undefined;
}

/** What a plan is for: a change, or what became of the items of an earlier plan (`of`). */
export type Aim =
  | { readonly kind: "change"; readonly change: BulkChange }
  /** Each that was applied gets back what it had. */
  | { readonly kind: "undo"; readonly of: string }
  /** Each that came out otherwise is tried once more, from what stands there now. */
  | { readonly kind: "retry"; readonly of: string };

/** An item: one snapshot as it was, and exactly what will be sent for it. */
export interface Item {
  /** Its number among all that were chosen, from 1. */
  readonly n: number;
  readonly before: Snapshot;
  readonly plan: Plan;
  /** The request that it takes back. */
  readonly undoes?: string;
}

/** A snapshot that was chosen and is not changed, and why. */
export interface LeftOut {
  readonly n: number;
  readonly ref: Sought;
  /** Its name, where it is known. */
  readonly name: string | null;
  readonly why: Why;
}

/** Why nothing becomes of a snapshot that was chosen. */
export type Why =
  | { readonly kind: "already" }
  /** Nothing of an earlier change can be put back. */
  | { readonly kind: "no-way-back"; readonly left: readonly Warning[] }
  | UnfitName
  | Problem;

/** The sorts of them that are counted. */
export const LEFT_KINDS = ["already", "rule", "key", "missing", "unfit"] as const;
export type LeftKind = (typeof LEFT_KINDS)[number];

export function leftKind({ kind }: Why): LeftKind {
  switch (kind) {
    case "already":
      return "already";
    case "policy-denies":
    case "policy-silent":
    case "tag-rules-broken":
      return "rule";
    case "key-read-only":
    case "key-other-project":
    case "not-permitted":
      return "key";
    case "snapshot-not-found":
      return "missing";
    default:
      return "unfit";
  }
}

/** Of which plan a request is an item. */
export interface ItemOf {
  readonly id: string;
  /** Its number there. */
  readonly n: number;
  /** When it was begun; later, when its plan went on after a pause. */
  readonly begunAt: number;
}

/** What became of the items of a plan: how many came out each way. They add up to its size. */
export interface Counts {
  readonly applied: number;
  readonly failed: number;
  readonly conflict: number;
  readonly unknown: number;
  /** Taken back, or never begun, because the whole was stopped. */
  readonly stopped: number;
  /** A task holds their snapshot. */
  readonly held: number;
  /** Begun, and not at its end. */
  readonly underWay: number;
  /** Not begun so far. */
  readonly waiting: number;
}

/** How many have come to an end. */
export const endedOf = ({ applied, failed, conflict, unknown, stopped }: Counts): number =>
  applied + failed + conflict + unknown + stopped;
