import type { Draft, Preview } from "../approval/change-request.ts";
import { changeProblem } from "../approval/key-scope.ts";
import { refusal } from "../approval/ledger.ts";
import { canBeShown } from "../blocks/difference.ts";
import { obstacleView } from "../blocks/plain-views.ts";
import { previewView } from "../blocks/preview-view.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import type { Wish } from "../snapshot/change.ts";
import { planChange } from "../snapshot/plan.ts";

/**
 * Looks the snapshot up with the person's own key and shows what would change, unless the person has
 * gone on to something else meanwhile. What was shown is kept under an id of its own, so that
 * agreeing means exactly that.
 */
export async function lookUp(deps: Deps, draft: Draft, wish: Wish, viewId: string): Promise<void> {
  const { requests, slack, clock, newId } = deps;
  const found = await preview(deps, draft, wish);
  const now = await requests.draft(draft.id);
  if (now === undefined || now.lookUp !== draft.lookUp) return;
  await requests.saveDraft({ ...now, lookUp: null });
  if (!found.ok) {
    await requests.record(refusal(draft.person, found.problem, clock.now(), wish));
    await slack.updateView(viewId, obstacleView(draft.id, found.problem));
    return;
  }
  const { preview: shown, obstacle } = found.value;
  const agreeable = obstacle === undefined && shown.plan.rows.length > 0;
  const kept: Draft = {
    ...draft,
    id: newId(),
    preview: agreeable ? shown : null,
    lookUp: null,
    formId: draft.id,
  };
  await requests.saveDraft(kept);
  await slack.updateView(viewId, previewView(kept.id, shown, obstacle));
}

async function preview(
  deps: Deps,
  { person }: Draft,
  { ref, change, reason }: Wish,
): Promise<Result<{ readonly preview: Preview; readonly obstacle?: Problem }, Problem>> {
  const { gcore, preferences } = deps;
  const key = await usableKey(deps, person, ref.projectId);
  if (!key.ok) return key;
  const caller = { person, apiKey: key.value };
  const snapshot = await gcore.getSnapshot(caller, ref);
  if (!snapshot.ok) return snapshot;
  await preferences.remember(person, ref);
  const plan = planChange(snapshot.value, change);
  if (!plan.ok) return plan;
  const { rows } = plan.value;
  if (!canBeShown(rows)) return err({ kind: "too-much-to-show", rows: rows.length });
  const { projectId, regionId, snapshotId } = ref;
  const shown: Preview = {
    ref: { projectId, regionId, snapshotId },
    before: snapshot.value,
    plan: plan.value,
    reason: reason ?? null,
  };
  if (snapshot.value.taskId === null) return ok({ preview: shown });
  return ok({ preview: shown, obstacle: await gcore.describeLock(caller, snapshot.value.taskId) });
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
