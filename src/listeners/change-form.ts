import type { Draft, Origin } from "../approval/change-request.ts";
import { heldToRules } from "../approval/form-faults.ts";
import { keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import { chooseView } from "../blocks/choose-view.ts";
import { connectView } from "../blocks/connect-view.ts";
import { fieldTooLong, formErrors, readFormView, wishedInput } from "../blocks/form-view.ts";
import type { Message } from "../blocks/kit.ts";
import type { Phrase } from "../blocks/phrase.ts";
import { lookingView, problemView, requestView } from "../blocks/plain-views.ts";
import { problemMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import type { ChangeCommand } from "../snapshot/command.ts";
import { refText } from "../snapshot/fill-form.ts";
import { changeInput, EMPTY_FORM, type FormInput, readForm } from "../snapshot/form-input.ts";
import type { MentionedSnapshot } from "../snapshot/mentioned.ts";
import type { Place } from "../snapshot/snapshot.ts";
import type { Click } from "./adapters.ts";
import type { SubmissionAnswer, SubmittedView } from "./answers.ts";
import { backToBulkForm } from "./bulk-form.ts";
import { afterFirstView, firstView, formFor } from "./fill-form.ts";
import { asWished, lookUp } from "./look-up.ts";
import { draftInView, ownBulkDraft, ownDraft } from "./own-draft.ts";

/** What was found in the message that a form is opened from. */
export interface Found {
  /** Several ids: the person chooses before they come to the form. */
  readonly mentioned?: readonly MentionedSnapshot[];
  /** What to say above the form. */
  readonly note?: Phrase;
}

/**
 * Opens the form at once, filled with what was typed and with the usual place. A snapshot that comes
 * with nothing else typed is looked up first, so that the form can show its name and tags. Without a
 * usable key it asks for one and comes back to the form afterwards.
 * @returns what to tell the person when no view could be opened.
 */
export async function openForm(
  deps: Deps,
  person: Person,
  origin: Origin,
  command: ChangeCommand,
  triggerId: string,
  { mentioned, note }: Found = {},
): Promise<Message | undefined> {
  const { drafts, keys, preferences, slack, clock, newId } = deps;
  const scope = await keys.scope(person);
  const place = await preferences.usualPlace(person);
  const projects = scope.ok ? scope.value.projects : null;
  const only = projects?.length === 1 ? projects[0]?.id : undefined;
  const input = prefill(command, {
    ...(only === undefined ? {} : { projectId: only }),
    ...place,
  });
  const tooLong = fieldTooLong(input);
  if (tooLong !== undefined) return problemMessage({ kind: "prefill-too-long", field: tooLong });
  const now = clock.now();
  const draft = newDraft(newId(), person, origin, input, now);
  await drafts.save(draft);
  const problem = scope.ok ? keyProblem(scope.value, now) : scope.problem;
  const view =
    mentioned !== undefined
      ? chooseView(draft.id, mentioned)
      : problem === undefined
        ? await firstView(deps, draft, note)
        : connectView(draft.id, problem);
  const opened = await slack.openView(triggerId, view);
  if (opened === "late") return problemMessage({ kind: "form-late" });
  const isForm = mentioned === undefined && problem === undefined;
  if (isForm) await afterFirstView(deps, draft, opened.viewId);
  return undefined;
}

/** A change in the making, of which nothing but the form's text is known yet. */
export const newDraft = (
  id: string,
  person: Person,
  origin: Origin,
  input: FormInput,
  now: number,
): Draft => ({
  id,
  person,
  origin,
  input,
  createdAt: now,
  preview: null,
  lookUp: null,
  formId: null,
  requestId: null,
  undoes: null,
});

function prefill(command: ChangeCommand, place: Partial<Place>): FormInput {
  const { snapshotId, projectId, regionId } = command;
  // A bare id is looked for everywhere; the last place would only stand in its way.
  const usual = snapshotId === undefined ? place : {};
  return {
    ...EMPTY_FORM,
    project: String(projectId ?? usual.projectId ?? ""),
    region: String(regionId ?? usual.regionId ?? ""),
    snapshot:
      snapshotId !== undefined && projectId !== undefined && regionId !== undefined
        ? refText({ projectId, regionId, snapshotId })
        : (snapshotId ?? ""),
    ...changeInput(command),
    reason: command.reason ?? "",
  };
}

/** The form was sent off: faults go under their fields, else the snapshot is looked up. */
export async function submitForm(
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
): Promise<void> {
  const draft = await ownDraft(deps, person, view.private_metadata);
  if (draft === undefined) return answer.update(problemView({ kind: "preview-gone" }));
  // The same submission once more, after it has led to a request: that is what there is to show.
  const made = draft.requestId && (await deps.requests.request(draft.requestId));
  if (made) return answer.update(requestView(made, person));
  const input = readFormView(view.state.values, draft.filledFrom);
  const kept: Draft = { ...draft, input, preview: null, lookUp: deps.newId(), undoes: null };
  const scope = await deps.keys.scope(person);
  const read = readForm(wishedInput(draft, input), scope.ok ? scope.value.tokenId : undefined);
  const wish = heldToRules(deps.policy.tagRules, input, read);
  if (!wish.ok) return answer.errors(formErrors(wish.problem, view.state.values));
  await deps.drafts.save(kept);
  if (!scope.ok) return answer.update(connectView(kept.id, scope.problem));
  await answer.update(lookingView(kept.id));
  await lookUp(deps, kept, asWished(wish.value), view.id);
}

/** From whatever came after it back to the form, with everything that was typed. */
export async function backToForm(deps: Deps, click: Click): Promise<undefined> {
  const { person, view } = click;
  if (view === undefined) return;
  const many = await ownBulkDraft(deps, person, view.private_metadata);
  if (many !== undefined) return backToBulkForm(deps, many, view.id);
  const shown = await draftInView(deps, click);
  if (shown === undefined) return;
  await deps.drafts.save({ ...shown.draft, lookUp: null });
  await deps.slack.updateView(shown.view.id, await formFor(deps, shown.draft));
}
