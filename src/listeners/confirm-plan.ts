import type { BulkDraft, BulkPreview } from "../approval/change-request.ts";
import { keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import { markOf } from "../approval/policy.ts";
import { obstacleView, problemView, requestView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import type { Problem } from "../problem.ts";
import { approversUnder, standingOf } from "../rights/approvers.ts";
import type { OpenView, SubmissionAnswer } from "./answers.ts";
import { ownBulkDraft } from "./own-draft.ts";

/**
 * The person agrees to the plan that they were shown. Where its rule leaves it to them that is the
 * decision, and it is made once; else the approvers are asked.
 */
export async function confirmPlan(
  deps: Deps,
  person: Person,
  view: OpenView,
  answer: SubmissionAnswer,
): Promise<void> {
  const { drafts, requests, clock, nudge } = deps;
  const draft = await ownBulkDraft(deps, person, view.private_metadata);
  if (!isShown(draft)) return answer.update(problemView({ kind: "preview-gone" }));
  const { preview, aim } = draft;
  // The same click once more, after it has led to a request.
  const made = await requests.request(draft.id);
  if (made !== undefined) return answer.update(requestView(made, person));
  const refuse = async (problem: Problem): Promise<void> => {
    const { bulk, rule, reason } = preview;
    await requests.refuse({ by: person, what: "ask", problem, bulk, reason }, clock.now(), rule);
    nudge("say");
    return answer.update(obstacleView(draft.id, problem));
  };
  const problem = await askingProblem(deps, draft);
  if (problem !== undefined) return refuse(problem);
  const now = clock.now();
  const alone = preview.rule.verdict.kind === "confirm";
  const vote = alone ? { by: person, at: now, comment: null } : null;
  const shown = { ...draft, undoes: aim?.kind === "undo" ? aim.of : null };
  const asked = await requests.askMany(shown, view.id, vote, now, deps.policy.bulk);
  if (!asked.ok) {
    const isGone = asked.problem.kind === "preview-gone";
    return isGone ? answer.update(problemView(asked.problem)) : refuse(asked.problem);
  }
  const request = asked.value;
  await answer.update(requestView(request, person));
  nudge("change");
  const form = draft.formId === null ? undefined : await drafts.getBulk(draft.formId);
  if (form !== undefined) await drafts.save({ ...form, lookUp: null, requestId: request.id });
}

/** What keeps the person from asking for it now: their key, who they are, or another policy. */
async function askingProblem(
  deps: Deps,
  { person, preview, policy }: BulkDraft & { readonly preview: BulkPreview },
): Promise<Problem | undefined> {
  const scope = await deps.keys.scope(person);
  if (!scope.ok) return scope.problem;
  const forbidden = keyProblem(scope.value, deps.clock.now());
  if (forbidden !== undefined) return forbidden;
  const [standing, approvers] = await Promise.all([
    standingOf(deps, person),
    approversUnder(deps, person, preview.rule),
  ]);
  if (!standing.ok) return standing.problem;
  if (standing.value !== "member") return { kind: "not-a-member", standing: standing.value };
  if (!approvers.ok) return approvers.problem;
  // What was agreed to under one policy is not let through under another.
  return policy === markOf(deps.policy) ? undefined : { kind: "policy-changed" };
}

const isShown = (
  draft: BulkDraft | undefined,
): draft is BulkDraft & { readonly preview: BulkPreview } => draft?.preview != null;
