import type { Draft, Preview } from "../approval/change-request.ts";
import { changeProblem } from "../approval/key-scope.ts";
import { refusal } from "../approval/ledger.ts";
import type { Person } from "../approval/person.ts";
import { obstacleView, problemView, requestView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import { applyNext } from "../jobs/apply.ts";
import type { OpenView, SubmissionAnswer } from "./answers.ts";
import { ownDraft } from "./change-form.ts";

/** The person agrees to what they were shown: that is the decision, and it is made once. */
export async function confirmChange(
  deps: Deps,
  person: Person,
  view: OpenView,
  answer: SubmissionAnswer,
): Promise<void> {
  const { keys, requests, clock } = deps;
  const draft = await ownDraft(deps, person, view.private_metadata);
  if (!isShown(draft)) return answer.update(problemView({ kind: "preview-gone" }));
  const scope = await keys.scope(person);
  const problem = scope.ok
    ? changeProblem(scope.value, draft.preview.ref.projectId, clock.now())
    : scope.problem;
  if (problem !== undefined) {
    const { ref, plan, reason } = draft.preview;
    const wish = { ref, rows: plan.rows, reason };
    await requests.record(refusal(person, problem, clock.now(), wish));
    return answer.update(obstacleView(draft.id, problem));
  }
  const decision = { by: person, at: clock.now(), rule: "requester confirms" } as const;
  const request = await requests.askAndApprove(draft, view.id, decision);
  await answer.update(requestView(request));
  const form = draft.formId === null ? undefined : await requests.draft(draft.formId);
  if (form !== undefined) {
    await requests.saveDraft({ ...form, lookUp: null, requestId: request.id });
  }
  await applyNext(deps, request.id);
}

const isShown = (draft: Draft | undefined): draft is Draft & { readonly preview: Preview } =>
  draft?.preview != null;
