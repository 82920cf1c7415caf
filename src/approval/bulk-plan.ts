import { createHash } from "node:crypto";
import type { Problem } from "../problem.ts";
import { type BulkChange, changeFor, type UnfitName } from "../snapshot/bulk-change.ts";
import { patchBody } from "../snapshot/merge-patch.ts";
import { type Plan, planChange } from "../snapshot/plan.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { judge } from "./breaches.ts";
import { explain, type Policy, type Rule } from "./policy.ts";
import { askProblem } from "./rights.ts";

/** One snapshot of a plan: as it was, and exactly what will be sent for it. */
export interface BulkItem {
  /** Its number among all that were chosen, from 1. */
  readonly n: number;
  readonly before: Snapshot;
  readonly plan: Plan;
  /** The rule of the policy that this change meets. */
  readonly rule: Rule;
}

/** A snapshot that was chosen and is not changed, and why. */
export interface LeftOut {
  readonly n: number;
  readonly before: Snapshot;
  readonly why: { readonly kind: "already" } | UnfitName | Problem;
}

/** What many snapshots would come to, each by the rules of a change of its own. */
export interface BulkPlan {
  readonly items: readonly BulkItem[];
  readonly left: readonly LeftOut[];
}

/** What each of them is held against. */
export interface BulkRules {
  readonly policy: Pick<Policy, "rules" | "tagRules">;
  /** What keeps the person's key from changing anything in a project. */
  readonly keyProblem: (projectId: number) => Problem | undefined;
}

/** @param snapshots all that were chosen, in the order of their numbers */
export function planBulk(
  snapshots: readonly Snapshot[],
  change: BulkChange,
  rules: BulkRules,
): BulkPlan {
  const items: BulkItem[] = [];
  const left: LeftOut[] = [];
  for (const [index, before] of snapshots.entries()) {
    const n = index + 1;
    const planned = planOne(before, n, change, rules);
    if ("why" in planned) left.push({ n, before, ...planned });
    else items.push({ n, before, ...planned });
  }
  return { items, left };
}

function planOne(
  before: Snapshot,
  n: number,
  change: BulkChange,
  { policy, keyProblem }: BulkRules,
): Pick<BulkItem, "plan" | "rule"> | Pick<LeftOut, "why"> {
  const wanted = changeFor(change, before, n);
  if (!wanted.ok) return { why: wanted.problem };
  const planned = planChange(before, wanted.value);
  if (!planned.ok) return { why: planned.problem };
  const plan = planned.value;
  if (plan.rows.length === 0) return { why: { kind: "already" } };
  const forbidden = keyProblem(before.projectId);
  if (forbidden !== undefined) return { why: forbidden };
  const { broken } = judge(policy.tagRules, before, plan.rows);
  if (broken.length > 0) return { why: { kind: "tag-rules-broken", breaches: broken } };
  const rule = explain(policy, { snapshot: before, rows: plan.rows }).met;
  if (rule === undefined) return { why: { kind: "policy-silent" } };
  // Whether enough people may approve is asked for the plan as a whole.
  const denied = askProblem(rule, Number.POSITIVE_INFINITY);
  return denied === undefined ? { plan, rule } : { why: denied };
}

/**
 * SHA-256 in hexadecimal over each snapshot's place, the exact body that is sent for it and what that
 * changes, in the order of the plan: who approves it approves this list and no other.
 */
export function planHash(items: readonly Pick<BulkItem, "before" | "plan">[]): string {
  const hash = createHash("sha256");
  for (const { before, plan } of items) {
    const { projectId, regionId, snapshotId } = before;
    const place = `${projectId}/${regionId}/${snapshotId}`;
    hash.update(`${place} ${patchBody(plan.patch)} ${JSON.stringify(plan.rows)}\n`);
  }
  return hash.digest("hex");
}
