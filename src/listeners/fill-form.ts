import type { ModalView } from "@slack/types";
import type { Draft } from "../approval/change-request.ts";
import { isNote } from "../blocks/choices.ts";
import { type FormSurroundings, formView, readFormView } from "../blocks/form-view.ts";
import type { Phrase } from "../blocks/phrase.ts";
import { lookingView } from "../blocks/plain-views.ts";
import { ruleHints } from "../blocks/rule-hints.ts";
import type { Deps } from "../deps.ts";
import { ok, type Problem, type Result } from "../problem.ts";
import { fillForm } from "../snapshot/fill-form.ts";
import { readSought } from "../snapshot/form-input.ts";
import { isSnapshotId } from "../snapshot/snapshot-link.ts";
import type { Click } from "./adapters.ts";
import type { SubmissionAnswer } from "./answers.ts";
import { draftInView } from "./own-draft.ts";
import { seenSnapshot } from "./seen-snapshot.ts";

/** The form as it stands in a draft, with the names that are known by now. */
export async function formFor(
  deps: Deps,
  draft: Draft,
  more: Pick<FormSurroundings, "problem" | "note"> = {},
): Promise<ModalView> {
  const { person } = draft;
  const key = await deps.keys.get(person);
  const known = key.ok ? deps.catalogue.known({ person, apiKey: key.value.apiKey }) : undefined;
  return formView(draft, {
    projects: (key.ok ? key.value.scope.projects : null) ?? known?.projects ?? [],
    regions: known?.regions ?? [],
    hints: ruleHints(deps.policy.tagRules, draft.input),
    ...more,
  });
}

/** A snapshot that came with no other wish: the form is to show its name and tags. */
const isBare = ({ input, filledFrom }: Draft): boolean =>
  filledFrom === undefined &&
  input.snapshot !== "" &&
  !input.clear &&
  [input.name, input.set, input.remove].every((text) => text === "");

/** What is shown of a draft at first: the form, or that its snapshot is being looked up for it. */
export const firstView = async (deps: Deps, draft: Draft, note?: Phrase): Promise<ModalView> =>
  isBare(draft) ? lookingView(draft.id) : formFor(deps, draft, note === undefined ? {} : { note });

/** What is done once that is shown: what the person will look for next is read before they ask. */
export async function afterFirstView(deps: Deps, draft: Draft, viewId: string): Promise<void> {
  const { person, input } = draft;
  if (isBare(draft)) return fillFormFrom(deps, draft, viewId);
  if (input.snapshot !== "") return;
  const key = await deps.keys.get(person);
  if (!key.ok) return;
  const caller = { person, apiKey: key.value.apiKey };
  const [projectId, regionId] = [Number(input.project), Number(input.region)];
  if (projectId > 0 && regionId > 0) await deps.catalogue.see(caller, { projectId, regionId }, 0);
  else await deps.catalogue.lists(caller, 0);
}

/** From another view on to what is shown of a draft at first. */
export async function goOnTo(
  deps: Deps,
  draft: Draft,
  viewId: string,
  answer: SubmissionAnswer,
): Promise<void> {
  await answer.update(await firstView(deps, draft));
  await afterFirstView(deps, draft, viewId);
}

/** A snapshot was chosen in the form: its name and tags are filled in, beside what was typed. */
export async function pickSnapshot(deps: Deps, click: Click): Promise<undefined> {
  const shown = await draftInView(deps, click);
  if (shown === undefined) return;
  const { draft, view } = shown;
  const input = readFormView(view.state.values, draft.filledFrom);
  // An id that no list has is looked for everywhere, as the menu says.
  const everywhere = isSnapshotId(click.value) ? { project: "", region: "" } : {};
  const kept = { ...draft, input: { ...input, ...everywhere } };
  await (isNote(click.value)
    ? refill(deps, kept, view.id, async () => ok({ input: kept.input }))
    : fillFormFrom(deps, kept, view.id));
}

/** Fills the form from the snapshot that stands in it. */
const fillFormFrom = (deps: Deps, draft: Draft, viewId: string): Promise<void> =>
  refill(deps, draft, viewId, async () => {
    const found = await seenSnapshot(deps, draft.person, readSought(draft.input));
    if (!found.ok) return found;
    const input = fillForm(draft.input, draft.filledFrom, found.value);
    return ok({ input, filledFrom: found.value });
  });

/** Shows the form with what `work` brings, or why it brought nothing, unless the person has gone on. */
export async function refill(
  deps: Deps,
  draft: Draft,
  viewId: string,
  work: () => Promise<Result<Pick<Draft, "input" | "filledFrom">, Problem>>,
): Promise<void> {
  const { drafts, slack, newId } = deps;
  const looking: Draft = { ...draft, lookUp: newId() };
  await drafts.save(looking);
  let showing: Promise<unknown> = Promise.resolve();
  const waiting = setTimeout(() => {
    showing = slack.updateView(viewId, lookingView(draft.id)).catch(() => undefined);
  }, SHOW_WAITING_AFTER);
  const found = await work().finally(() => clearTimeout(waiting));
  // The form comes after it, never before.
  await showing;
  const now = await drafts.get(draft.id);
  if (now === undefined || now.lookUp !== looking.lookUp) return;
  const filled: Draft = {
    ...now,
    ...(found.ok ? found.value : {}),
    fillings: (draft.fillings ?? 0) + 1,
    lookUp: null,
  };
  await drafts.save(filled);
  await slack.updateView(
    viewId,
    await formFor(deps, filled, found.ok ? {} : { problem: found.problem }),
  );
}

/** When the snapshot is not there by then, nothing can be typed meanwhile: it would be lost. Milliseconds. */
const SHOW_WAITING_AFTER = 150;
