import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { Aim } from "../approval/bulk.ts";
import { type ItemRules, planItem, startTally } from "../approval/bulk-plan.ts";
import type { BulkDraft, BulkPreview, BulkRequest } from "../approval/change-request.ts";
import { changeProblem, type KeyScope } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import { markOf } from "../approval/policy.ts";
import { bulkPreviewView } from "../blocks/bulk-views.ts";
import { canBeShown } from "../blocks/difference.ts";
import { obstacleView, planningView, requestView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import { samplesOf } from "../jobs/progress.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { type BulkWish, EMPTY_BULK, readBulkForm } from "../snapshot/bulk-input.ts";
import type { Click } from "./adapters.ts";
import type { Reader } from "./chosen-snapshots.ts";
import { lookingKey } from "./looking-key.ts";
import { originOf } from "./origin.ts";
import { type Candidates, chosenCandidates, earlierCandidates } from "./plan-candidates.ts";
import { planRule } from "./plan-rule.ts";

/** A plan of what became of an earlier one: to take it back, or to try the rest again. */
export async function planFrom(
  deps: Deps,
  click: Click,
  viewId: string,
  request: BulkRequest,
  kind: "undo" | "retry",
): Promise<void> {
  const { drafts, slack, newId, clock } = deps;
  const { person } = click;
  if (request.state !== "finished") {
    await slack.updateView(viewId, requestView(request, person));
    return;
  }
  const at = clock.now();
  const origin = originOf(click, at, request.origin.channelId);
  const draft = newBulkDraft(newId(), person, origin, at, { kind, of: request.id });
  await drafts.save(draft);
  await makePlan(deps, draft, viewId);
}

/** A change of many in the making, of which nothing is known yet. */
export const newBulkDraft = (
  id: string,
  person: Person,
  origin: BulkDraft["origin"],
  createdAt: number,
  aim: BulkDraft["aim"] = null,
): BulkDraft => ({
  ...{ id, person, origin, createdAt, aim },
  input: EMPTY_BULK,
  preview: null,
  lookUp: null,
  formId: null,
  requestId: null,
});

/**
 * Reads all that is chosen, makes the plan and shows it, unless the person has gone on to something
 * else meanwhile. What was shown is kept under an id of its own, so that agreeing means exactly that.
 */
export async function makePlan(deps: Deps, draft: BulkDraft, viewId: string): Promise<void> {
  const { drafts, plans, slack, newId, clock } = deps;
  const looking: BulkDraft = { ...draft, lookUp: newId() };
  await drafts.save(looking);
  await slack.updateView(viewId, planningView(looking.id));
  const planId = newId();
  // Items without a draft are forgotten: this one keeps them while they are gathered.
  await drafts.save({ ...looking, id: planId, createdAt: clock.now() });
  const planned = await plan(deps, looking, planId);
  const now = await drafts.getBulk(draft.id);
  if (now === undefined || now.lookUp !== looking.lookUp) return plans.drop(planId);
  await drafts.save({ ...now, lookUp: null });
  if (!planned.ok) {
    await plans.drop(planId);
    await slack.updateView(viewId, obstacleView(draft.id, planned.problem));
    return;
  }
  const preview = planned.value;
  const policy = markOf(deps.policy);
  await drafts.save({ ...now, id: planId, preview, policy, lookUp: null, formId: draft.id });
  const samples = await samplesOf(deps, planId);
  await slack.updateView(viewId, bulkPreviewView(planId, preview, samples));
}

async function plan(
  deps: Deps,
  draft: BulkDraft,
  planId: string,
): Promise<Result<BulkPreview, Problem>> {
  const { person } = draft;
  const key = await lookingKey(deps, person);
  if (!key.ok) return key;
  const { apiKey, scope } = key.value;
  const meant = await meantBy(deps, draft, { person, apiKey }, scope);
  if (!meant.ok) return meant;
  const { aim, reason, candidates } = meant.value;
  const rules = rulesFor(deps, person, apiKey, scope);
  const tally = startTally();
  for await (const some of candidates) {
    const planned = some.map((one) => {
      if ("why" in one) return one;
      const { n, before, wanted, undoes } = one;
      const item = planItem(n, before, wanted, rules);
      return undoes === undefined || "why" in item ? item : { ...item, undoes };
    });
    for (const one of planned) tally.take(one);
    const kept = planned.map((one) => {
      if ("why" in one) return one;
      // The strictest rule of all holds for each.
      const { rule: _rule, ...item } = one;
      return item;
    });
    await deps.plans.put(planId, kept);
    await yieldToOthers();
  }
  const bulk = tally.bulk(aim);
  const ruled = await planRule(deps, person, bulk.size, tally.rules());
  return ruled.ok ? ok({ bulk, reason, ...ruled.value }) : ruled;
}

interface Meant {
  readonly aim: Aim;
  readonly reason: string | null;
  readonly candidates: Candidates;
}

/** What the draft is about: what became of an earlier plan, or what stands in its form. */
async function meantBy(
  deps: Deps,
  { aim, input }: BulkDraft,
  reader: Reader,
  { tokenId }: KeyScope,
): Promise<Result<Meant, Problem>> {
  if (aim !== null) {
    const candidates = await earlierCandidates(deps, reader, aim.of, aim.kind);
    return candidates.ok ? ok({ aim, reason: null, candidates: candidates.value }) : candidates;
  }
  const wish = readBulkForm(input, tokenId);
  if (!wish.ok) return err({ kind: "preview-gone" });
  const { change, reason }: BulkWish = wish.value;
  const candidates = await chosenCandidates(deps, reader, wish.value);
  return candidates.ok
    ? ok({ aim: { kind: "change", change }, reason, candidates: candidates.value })
    : candidates;
}

function rulesFor(
  { policy, clock, catalogue }: Deps,
  person: Person,
  apiKey: string,
  scope: KeyScope,
): ItemRules {
  // A project that the key did not see when it was connected may be new.
  const { projects } = catalogue.known({ person, apiKey });
  const learnt = { ...scope, projects: projects.length > 0 ? projects : scope.projects };
  const now = clock.now();
  return {
    policy,
    keyProblem: (projectId) => changeProblem(learnt, projectId, now),
    showProblem: (rows) =>
      canBeShown(rows) ? undefined : { kind: "too-much-to-show", rows: rows.length },
  };
}
