import { judge } from "../approval/breaches.ts";
import type { Draft, Preview } from "../approval/change-request.ts";
import { changeProblem } from "../approval/key-scope.ts";
import { explain, REQUESTER_CONFIRMS, type Rule } from "../approval/policy.ts";
import { canBeShown } from "../blocks/difference.ts";
import { obstacleView } from "../blocks/plain-views.ts";
import { previewView } from "../blocks/preview-view.ts";
import type { Deps } from "../deps.ts";
import { err, type Lock, ok, type Problem, type Result } from "../problem.ts";
import { approversUnder } from "../rights/approvers.ts";
import type { Change, Sought, Wish } from "../snapshot/change.ts";
import { planChange, type Row, type Warning } from "../snapshot/plan.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { placed } from "./seen-snapshot.ts";

/** What somebody wants of a snapshot that is still to be looked at. */
export interface Intent {
  readonly ref: Sought;
  readonly reason: string | null;
  /** The change, as far as it does not depend on the snapshot. */
  readonly change?: Change;
  /** The change, given the snapshot as it is now, and what they should know of it. */
  readonly changeFor: (snapshot: Snapshot) => {
    readonly change: Change;
    readonly left: readonly Warning[];
  };
}

/** A wish says what is to change whatever is there now. */
export const asWished = ({ ref, change, reason }: Wish): Intent => ({
  ref,
  reason: reason ?? null,
  change,
  changeFor: () => ({ change, left: [] }),
});

/**
 * Looks the snapshot up with the person's own key and shows what would change, unless the person has
 * gone on to something else meanwhile. What was shown is kept under an id of its own, so that
 * agreeing means exactly that.
 */
export async function lookUp(
  deps: Deps,
  draft: Draft,
  intent: Intent,
  viewId: string,
): Promise<void> {
  const { drafts, requests, slack, clock, newId } = deps;
  const found = await preview(deps, draft, intent);
  const now = await drafts.get(draft.id);
  if (now === undefined || now.lookUp !== draft.lookUp) return;
  await drafts.save({ ...now, lookUp: null });
  if (!found.ok) {
    const { problem, snapshot, rule } = found.problem;
    const refused = {
      by: draft.person,
      what: "ask",
      problem,
      ref: intent.ref,
      snapshotName: snapshot?.before.name ?? "",
      rows: snapshot?.plan.rows ?? [],
      reason: intent.reason,
      ...(intent.change === undefined ? {} : { change: intent.change }),
    } as const;
    await requests.refuse(refused, clock.now(), rule);
    deps.nudge("say");
    await slack.updateView(viewId, obstacleView(draft.id, problem));
    return;
  }
  const { preview: shown, lock } = found.value;
  const kept: Draft = {
    ...draft,
    id: newId(),
    preview: shown.plan.rows.length > 0 ? shown : null,
    lookUp: null,
    formId: draft.id,
  };
  await drafts.save(kept);
  await slack.updateView(viewId, previewView(kept.id, shown, lock));
}

/** What keeps a change from being shown for agreement; `snapshot` and `rule`: as far as it had come. */
interface Refusal {
  readonly problem: Problem;
  readonly snapshot?: Pick<Preview, "before" | "plan">;
  readonly rule?: Rule;
}

async function preview(
  deps: Deps,
  { person }: Draft,
  { ref, changeFor, reason }: Intent,
): Promise<Result<{ readonly preview: Preview; readonly lock?: Lock }, Refusal>> {
  const { gcore, preferences } = deps;
  const no = (problem: Problem) => err({ problem });
  const place = await placed(deps, person, ref);
  if (!place.ok) return no(place.problem);
  const key = await usableKey(deps, person, place.value.projectId);
  if (!key.ok) return no(key.problem);
  const caller = { person, apiKey: key.value };
  const snapshot = await gcore.getSnapshot(caller, place.value);
  if (!snapshot.ok) return no(snapshot.problem);
  const before = snapshot.value;
  await preferences.remember(person, place.value);
  const { change, left } = changeFor(before);
  const planned = planChange(before, change);
  if (!planned.ok) return no(planned.problem);
  const { rows } = planned.value;
  const plan = {
    ...planned.value,
    warnings: [...left, ...planned.value.warnings, ...alreadyBroken(deps, before, rows)],
  };
  if (!canBeShown(rows)) return no({ kind: "too-much-to-show", rows: rows.length });
  const ruled = rows.length === 0 ? NOTHING_TO_RULE : await ruleFor(deps, person, { before, plan });
  if (!ruled.ok) return err({ ...ruled.problem, snapshot: { before, plan } });
  const shown: Preview = {
    ref: place.value,
    before,
    plan,
    reason,
    ...ruled.value,
  };
  if (before.taskId === null) return ok({ preview: shown });
  return ok({ preview: shown, lock: await gcore.describeLock(caller, before.taskId) });
}

const NOTHING_TO_RULE = ok({ rule: REQUESTER_CONFIRMS, approvers: [] });

/** What the snapshot breaks of the tag rules, and the change leaves so. */
const alreadyBroken = ({ policy }: Deps, before: Snapshot, rows: readonly Row[]): Warning[] =>
  judge(policy.tagRules, before, rows).standing.map((breach) => ({
    kind: "broken-already",
    breach,
  }));

/** The rule that a change meets and who may approve it now, or why it may not even be asked for. */
export async function ruleFor(
  deps: Deps,
  person: Draft["person"],
  { before, plan }: Pick<Preview, "before" | "plan">,
): Promise<Result<Pick<Preview, "rule" | "approvers">, Refusal>> {
  const rule = explain(deps.policy, { snapshot: before, rows: plan.rows }).met;
  if (rule === undefined) return err({ problem: { kind: "policy-silent" } });
  const { broken } = judge(deps.policy.tagRules, before, plan.rows);
  if (broken.length > 0)
    return err({ problem: { kind: "tag-rules-broken", breaches: broken }, rule });
  const approvers = await approversUnder(deps, person, rule);
  return approvers.ok
    ? ok({ rule, approvers: approvers.value })
    : err({ problem: approvers.problem, rule });
}

/**
 * The person's key, when it may change snapshots of the project. A project that the key did not see
 * when it was connected may be new: Gcore is asked before that is held against anybody.
 */
async function usableKey(
  { keys, gcore, clock }: Deps,
  person: Draft["person"],
  projectId: number,
): Promise<Result<string, Problem>> {
  const key = await keys.get(person);
  if (!key.ok) return key;
  const { apiKey, scope } = key.value;
  const problem = changeProblem(scope, projectId, clock.now());
  if (problem?.kind !== "key-other-project")
    return problem === undefined ? ok(apiKey) : err(problem);
  const projects = await gcore.listProjects({ person, apiKey });
  if (!projects.ok) return projects;
  const learnt = { ...scope, projects: projects.value };
  await keys.learn(person, learnt);
  const still = changeProblem(learnt, projectId, clock.now());
  return still === undefined ? ok(apiKey) : err(still);
}
