import type { ModalView } from "@slack/types";
import type { Draft } from "../approval/change-request.ts";
import { isNote } from "../blocks/choices.ts";
import { formView, readFormView } from "../blocks/form-view.ts";
import { lookingView, problemView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import { ok, type Problem, type Result } from "../problem.ts";
import { fillForm } from "../snapshot/fill-form.ts";
import { readSought } from "../snapshot/form-input.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Click } from "./adapters.ts";
import { placed } from "./look-up.ts";
import { ownDraft } from "./own-draft.ts";

/** The form as it stands in a draft, with the names that are known by now. */
export async function formFor(deps: Deps, draft: Draft, problem?: Problem): Promise<ModalView> {
  const scope = await deps.keys.scope(draft.person);
  const { projects, regions } = deps.catalogue.known(draft.person);
  return formView(draft, {
    projects: (scope.ok ? scope.value.projects : null) ?? projects,
    regions,
    ...(problem === undefined ? {} : { problem }),
  });
}

/** A snapshot that came with no other wish: the form is to show its name and tags. */
const isBare = ({ input, filledFrom }: Draft): boolean =>
  filledFrom === undefined &&
  input.snapshot !== "" &&
  !input.clear &&
  [input.name, input.set, input.remove].every((text) => text === "");

/** What is shown of a draft at first: the form, or that its snapshot is being looked up for it. */
export const firstView = async (deps: Deps, draft: Draft): Promise<ModalView> =>
  isBare(draft) ? lookingView(draft.id) : formFor(deps, draft);

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

/** A snapshot was chosen in the form: its name and tags are filled in, beside what was typed. */
export async function pickSnapshot(deps: Deps, { person, value, view }: Click): Promise<undefined> {
  if (view === undefined) return;
  const draft = await ownDraft(deps, person, view.private_metadata);
  if (draft === undefined) {
    await deps.slack.updateView(view.id, problemView({ kind: "preview-gone" }));
    return;
  }
  const input = readFormView(view.state.values, draft.filledFrom);
  const kept = { ...draft, input };
  if (value === "" || isNote(value)) {
    const empty = { ...kept, fillings: (draft.fillings ?? 0) + 1 };
    await deps.drafts.save(empty);
    await deps.slack.updateView(view.id, await formFor(deps, empty));
    return;
  }
  await fillFormFrom(deps, kept, view.id);
}

/** Fills the form from the snapshot that stands in it, and shows it, unless the person has gone on. */
export async function fillFormFrom(deps: Deps, draft: Draft, viewId: string): Promise<void> {
  const { drafts, slack, newId } = deps;
  const looking: Draft = { ...draft, lookUp: newId() };
  await drafts.save(looking);
  const waiting = setTimeout(() => {
    void slack.updateView(viewId, lookingView(draft.id)).catch(() => undefined);
  }, SHOW_WAITING_AFTER);
  const found = await chosenSnapshot(deps, draft).finally(() => clearTimeout(waiting));
  const now = await drafts.get(draft.id);
  if (now === undefined || now.lookUp !== looking.lookUp) return;
  const fillings = (draft.fillings ?? 0) + 1;
  const filled: Draft = found.ok
    ? {
        ...now,
        input: fillForm(draft.input, draft.filledFrom, found.value),
        filledFrom: found.value,
        fillings,
        lookUp: null,
      }
    : { ...now, fillings, lookUp: null };
  await drafts.save(filled);
  await slack.updateView(viewId, await formFor(deps, filled, found.ok ? undefined : found.problem));
}

/** When the snapshot is not there by then, nothing can be typed meanwhile: it would be lost. Milliseconds. */
const SHOW_WAITING_AFTER = 150;

/** The snapshot that stands in the form: as the catalogue knows it, else as Gcore says. */
async function chosenSnapshot(
  deps: Deps,
  { person, input }: Draft,
): Promise<Result<Snapshot, Problem>> {
  const { keys, catalogue, gcore } = deps;
  const key = await keys.get(person);
  if (!key.ok) return key;
  const caller = { person, apiKey: key.value.apiKey };
  const ref = await placed(deps, person, readSought(input));
  if (!ref.ok) return ref;
  const known = catalogue.remembered(person, ref.value);
  return known === undefined ? gcore.getSnapshot(caller, ref.value) : ok(known);
}
