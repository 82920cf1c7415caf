import type { Counts } from "../approval/bulk.ts";
import { isBulk, type Many } from "../approval/change-request.ts";
import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { openingView, problemView } from "../blocks/plain-views.ts";
import { PLAN_ROWS, planView, readPlanValue } from "../blocks/plan-view.ts";
import { problemMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { sightProblem } from "../rights/sight.ts";
import type { Click } from "./adapters.ts";
import { ownBulkDraft } from "./own-draft.ts";

/** Opens a plan snapshot by snapshot, over the view that is open if one is. */
export async function seePlan(deps: Deps, click: Click): Promise<Message | undefined> {
  const { slack } = deps;
  const { triggerId, view } = click;
  const opened = await (view === undefined
    ? slack.openView(triggerId, openingView())
    : slack.pushView(triggerId, openingView()));
  if (opened === "late") return problemMessage({ kind: "form-late" });
  await showPart(deps, click, opened.viewId);
  return undefined;
}

/** Turns the page, or goes to another part of the plan. */
export async function turnPlan(deps: Deps, click: Click): Promise<undefined> {
  if (click.view !== undefined) await showPart(deps, click, click.view.id);
}

async function showPart(deps: Deps, { person, value }: Click, viewId: string): Promise<void> {
  const { planId, part, from } = readPlanValue(value);
  const plan = await planFor(deps, person, planId);
  if (!plan.ok) {
    await deps.slack.updateView(viewId, problemView(plan.problem));
    return;
  }
  const page = await deps.plans.page(planId, part, from, PLAN_ROWS);
  await deps.slack.updateView(viewId, planView({ planId, part, page, ...plan.value }));
}

/** A plan, for whoever made it, and for those who may see the request that it has become. */
async function planFor(
  deps: Deps,
  person: Person,
  planId: string,
): Promise<Result<Many & { readonly counts: Counts | undefined }, Problem>> {
  const request = await deps.requests.request(planId);
  if (request === undefined || !isBulk(request)) {
    const draft = await ownBulkDraft(deps, person, planId);
    return draft?.preview == null
      ? err({ kind: "preview-gone" })
      : ok({ bulk: draft.preview.bulk, counts: undefined });
  }
  const unseen = await sightProblem(deps, person, request);
  if (unseen !== undefined) return err(unseen);
  const isAgreed = "decidedAt" in request;
  const counts = isAgreed ? await deps.requests.counts(request) : undefined;
  return ok({ bulk: request.bulk, counts });
}
