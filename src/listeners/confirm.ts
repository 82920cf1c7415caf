import { isDeepStrictEqual } from "node:util";
import type { Draft, Preview } from "../approval/change-request.ts";
import { changeProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import { obstacleView, problemView, requestView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import { applyAtOnce } from "../jobs/apply.ts";
import type { Problem } from "../problem.ts";
import { standingOf } from "../rights/approvers.ts";
import type { OpenView, SubmissionAnswer } from "./answers.ts";
import { ruleFor } from "./look-up.ts";
import { ownDraft } from "./own-draft.ts";

/**
 * The person agrees to what they were shown. Where the rule leaves it to them that is the decision,
 * and it is made once; else the approvers are asked.
 */
export async function confirmChange(
  deps: Deps,
  person: Person,
  view: OpenView,
  answer: SubmissionAnswer,
): Promise<void> {
  const { requests, clock, nudge } = deps;
  const draft = await ownDraft(deps, person, view.private_metadata);
  if (!isShown(draft)) return answer.update(problemView({ kind: "preview-gone" }));
  const { preview } = draft;
  const problem = await askingProblem(deps, person, preview);
  if (problem !== undefined) {
    const { ref, plan, before, rule } = preview;
    const refused = { by: person, what: "ask", problem, ref, snapshotName: before.name } as const;
    await requests.refuse({ ...refused, rows: plan.rows }, clock.now(), rule);
    nudge("say");
    return answer.update(obstacleView(draft.id, problem));
  }
  const now = clock.now();
  const alone = preview.rule.verdict.kind === "confirm";
  const vote = alone ? { by: person, at: now, comment: null } : null;
  const request = await requests.ask(draft, view.id, vote, now);
  await answer.update(requestView(request, person));
  await Promise.all([applyAtOnce(deps, request.id), noteInForm(deps, draft, request.id)]);
}

/** The form below knows what has become of it, should somebody come back to it. */
async function noteInForm({ drafts }: Deps, { formId }: Draft, requestId: string): Promise<void> {
  const form = formId === null ? undefined : await drafts.get(formId);
  if (form !== undefined) await drafts.save({ ...form, lookUp: null, requestId });
}

/** What keeps the person from asking for it now: their key, who they are, or the policy. */
async function askingProblem(
  deps: Deps,
  person: Person,
  preview: Preview,
): Promise<Problem | undefined> {
  const scope = await deps.keys.scope(person);
  if (!scope.ok) return scope.problem;
  const forbidden = changeProblem(scope.value, preview.ref.projectId, deps.clock.now());
  if (forbidden !== undefined) return forbidden;
  const [standing, ruled] = await Promise.all([
    standingOf(deps, person),
    ruleFor(deps, person, preview),
  ]);
  if (!standing.ok) return standing.problem;
  if (standing.value !== "member") return { kind: "not-a-member", standing: standing.value };
  if (!ruled.ok) return ruled.problem.problem;
  // What was agreed to under one rule is not let through under another.
  return isDeepStrictEqual(ruled.value.rule, preview.rule) ? undefined : { kind: "policy-changed" };
}

const isShown = (draft: Draft | undefined): draft is Draft & { readonly preview: Preview } =>
  draft?.preview != null;
