import { createHash } from "node:crypto";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { type BulkChange, changeFor } from "../snapshot/bulk-change.ts";
import type { Change } from "../snapshot/change.ts";
import { patchBody } from "../snapshot/merge-patch.ts";
import { planChange, type Row, type Warning } from "../snapshot/plan.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { changeOf, undoOf } from "../snapshot/undo.ts";
import { judge } from "./breaches.ts";
import {
  type Aim,
  type Bulk,
  type Item,
  type LeftKind,
  type LeftOut,
  leftKind,
  type Why,
} from "./bulk.ts";
import { explain, type Policy, type Rule } from "./policy.ts";
import { askProblem } from "./rights.ts";

/** What each snapshot of a plan is held against, as if it were changed alone. */
export interface ItemRules {
  readonly policy: Pick<Policy, "rules" | "tagRules">;
  /** What keeps the person's key from changing anything in a project. */
  readonly keyProblem: (projectId: number) => Problem | undefined;
  /** What keeps a difference from being shown: what cannot be shown is not agreed to. */
  readonly showProblem: (rows: readonly Row[]) => Problem | undefined;
}

/** What is wanted of one of many, and what to know of it; or why nothing can be made of it. */
export type Wanted = Result<{ readonly change: Change; readonly left: readonly Warning[] }, Why>;

/** The same for all, but for the name. */
export function wantedChange(change: BulkChange, before: Snapshot, n: number): Wanted {
  const made = changeFor(change, before, n);
  return made.ok ? ok({ change: made.value, left: [] }) : err(made.problem);
}

/** What an earlier item was to make (`rows`) is made of whatever is there now. */
export const wantedAgain = (rows: readonly Row[]): Wanted =>
  ok({ change: changeOf(rows), left: [] });

/** What an earlier item left (`rows`) is taken back, as far as it still is so. */
export const wantedUndo = (rows: readonly Row[], now: Snapshot): Wanted => ok(undoOf(rows, now));

export interface Planned extends Item {
  /** The rule of the policy that this change meets. */
  readonly rule: Rule;
}

/** One of many, by the rules of a change of its own. */
export function planItem(
  n: number,
  before: Snapshot,
  wanted: Wanted,
  rules: ItemRules,
): Planned | LeftOut {
  const planned = planOne(before, wanted, rules);
  if (planned.ok) return { n, before, ...planned.value };
  const { projectId, regionId, snapshotId, name } = before;
  return { n, ref: { projectId, regionId, snapshotId }, name, why: planned.problem };
}

function planOne(
  before: Snapshot,
  wanted: Wanted,
  { policy, keyProblem, showProblem }: ItemRules,
): Result<Pick<Planned, "plan" | "rule">, Why> {
  if (!wanted.ok) return wanted;
  const { change, left } = wanted.value;
  const planned = planChange(before, change);
  if (!planned.ok) return planned;
  const { rows } = planned.value;
  if (rows.length === 0) {
    return err(left.length === 0 ? { kind: "already" } : { kind: "no-way-back", left });
  }
  const { broken, standing } = judge(policy.tagRules, before, rows);
  const problem = keyProblem(before.projectId) ?? showProblem(rows);
  if (problem !== undefined) return err(problem);
  if (broken.length > 0) return err({ kind: "tag-rules-broken", breaches: broken });
  const rule = explain(policy, { snapshot: before, rows }).met;
  if (rule === undefined) return err({ kind: "policy-silent" });
  // Whether enough people may approve is asked for the plan as a whole.
  const denied = askProblem(rule, Number.POSITIVE_INFINITY);
  if (denied !== undefined) return err(denied);
  const already = standing.map((breach) => ({ kind: "broken-already", breach }) as const);
  const plan = { ...planned.value, warnings: [...left, ...planned.value.warnings, ...already] };
  return ok({ plan, rule });
}

/** Gathers what is said of a plan as a whole, item by item. */
export interface Tally {
  take(planned: Planned | LeftOut): void;
  /** What was gathered. */
  bulk(aim: Aim): Bulk;
  /** Each rule that an item meets, once. */
  rules(): readonly Rule[];
}

/**
 * The hash is SHA-256 in hexadecimal over each snapshot's place, the exact body that is sent for it
 * and what that changes, in the order of the plan.
 */
export function startTally(): Tally {
  const hash = createHash("sha256");
  const rules = new Map<string, Rule>();
  const left: Partial<Record<LeftKind, number>> = {};
  const projects = new Set<number>();
  const regions = new Set<string>();
  let [size, locked] = [0, 0];
  return {
    take(planned) {
      if ("why" in planned) {
        const kind = leftKind(planned.why);
        left[kind] = (left[kind] ?? 0) + 1;
        return;
      }
      const { before, plan, rule } = planned;
      size += 1;
      if (before.taskId !== null) locked += 1;
      rules.set(JSON.stringify(rule), rule);
      projects.add(before.projectId);
      regions.add(before.region);
      const place = `${before.projectId}/${before.regionId}/${before.snapshotId}`;
      hash.update(`${place} ${patchBody(plan.patch)} ${JSON.stringify(plan.rows)}\n`);
    },
    bulk: (aim) => ({
      ...{ aim, size, locked, left, hash: hash.copy().digest("hex") },
      projectIds: [...projects].sort((one, other) => one - other),
      regions: [...regions].sort(),
    }),
    rules: () => [...rules.values()],
  };
}
