import type { BulkDraft } from "../approval/change-request.ts";
import { keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import { bulkFormErrors, bulkFormView, readBulkFormView } from "../blocks/bulk-form-view.ts";
import { connectView } from "../blocks/connect-view.ts";
import type { Message } from "../blocks/kit.ts";
import { planningView, problemView, requestView } from "../blocks/plain-views.ts";
import { problemMessage } from "../blocks/replies.ts";
import { ruleHints } from "../blocks/rule-hints.ts";
import type { Deps } from "../deps.ts";
import { EMPTY_BULK, readBulkForm } from "../snapshot/bulk-input.ts";
import { parseCommand } from "../snapshot/command.ts";
import type { Filter } from "../snapshot/filter.ts";
import { formatFilter } from "../snapshot/filter-text.ts";
import { EMPTY_FORM } from "../snapshot/form-input.ts";
import type { Click } from "./adapters.ts";
import type { SubmissionAnswer, SubmittedView } from "./answers.ts";
import { makePlan, newBulkDraft } from "./make-plan.ts";
import { originOf } from "./origin.ts";
import { ownBulkDraft } from "./own-draft.ts";

/** Where a form for many was asked for, and Slack's leave to open one. */
interface Opening {
  readonly person: Person;
  readonly origin: BulkDraft["origin"];
  readonly triggerId: string;
}

/**
 * Opens the form for many at once, with the filter that was typed. Without a usable key it asks for
 * one and comes back to the form afterwards. @returns what to tell the person when no view could be
 * opened.
 */
export async function openBulkForm(
  deps: Deps,
  { person, origin, triggerId }: Opening,
  filter: Filter,
): Promise<Message | undefined> {
  const { drafts, keys, slack, catalogue, clock, newId } = deps;
  const now = clock.now();
  const draft: BulkDraft = {
    ...newBulkDraft(newId(), person, origin, now),
    input: { ...EMPTY_BULK, filter: formatFilter(filter) },
  };
  await drafts.save(draft);
  const scope = await keys.scope(person);
  const problem = scope.ok ? keyProblem(scope.value, now) : scope.problem;
  const view = problem === undefined ? formOf(deps, draft) : connectView(draft.id, problem);
  const opened = await slack.openView(triggerId, view);
  if (opened === "late") return problemMessage({ kind: "form-late" });
  const key = problem === undefined ? await keys.get(person) : undefined;
  // What the person will look for next is read before they ask.
  if (key?.ok) await catalogue.lists({ person, apiKey: key.value.apiKey }, 0);
  return undefined;
}

/** From a list to the form for all that is in it. */
export async function changeListed(deps: Deps, click: Click): Promise<Message | undefined> {
  const { person, value, triggerId } = click;
  const parsed = parseCommand(`bulk ${value}`);
  const filter = parsed.ok && parsed.value.kind === "bulk" ? parsed.value.filter : [];
  const origin = originOf(click, deps.clock.now());
  return await openBulkForm(deps, { person, origin, triggerId }, filter);
}

export const formOf = ({ policy }: Deps, draft: BulkDraft) =>
  bulkFormView(draft, { hints: ruleHints(policy.tagRules, EMPTY_FORM) });

/** The form was sent off: faults go under their fields, else the plan is made. */
export async function submitBulkForm(
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
): Promise<void> {
  const draft = await ownBulkDraft(deps, person, view.private_metadata);
  if (draft === undefined) return answer.update(problemView({ kind: "preview-gone" }));
  // The same submission once more, after it has led to a request: that is what there is to show.
  const made = draft.requestId && (await deps.requests.request(draft.requestId));
  if (made) return answer.update(requestView(made, person));
  const input = readBulkFormView(view.state.values);
  const scope = await deps.keys.scope(person);
  const wish = readBulkForm(input, scope.ok ? scope.value.tokenId : undefined);
  if (!wish.ok) return answer.errors(bulkFormErrors(wish.problem, view.state.values));
  const kept: BulkDraft = { ...draft, input, preview: null, aim: null };
  await deps.drafts.save(kept);
  if (!scope.ok) return answer.update(connectView(kept.id, scope.problem));
  await answer.update(planningView(kept.id));
  await makePlan(deps, kept, view.id);
}

/** From whatever came after it back to the form, with everything that was typed. */
export async function backToBulkForm(
  deps: Deps,
  draft: BulkDraft,
  viewId: string,
): Promise<undefined> {
  // A plan that was shown has an id of its own.
  const form = draft.formId === null ? draft : await ownBulkDraft(deps, draft.person, draft.formId);
  const shown = form ?? draft;
  await deps.drafts.save({ ...shown, lookUp: null });
  await deps.slack.updateView(viewId, formOf(deps, shown));
}
