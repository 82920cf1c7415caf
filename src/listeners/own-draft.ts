import type { BulkDraft, Draft } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import { problemView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import type { Click } from "./adapters.ts";
import type { SubmittedView } from "./answers.ts";

/** The draft, when it is this person's: an id alone opens nothing. */
export async function ownDraft(deps: Deps, person: Person, id: string): Promise<Draft | undefined> {
  const draft = await deps.drafts.get(id);
  return draft !== undefined && samePerson(draft.person, person) ? draft : undefined;
}

/** The same of one about many. */
export async function ownBulkDraft(
  deps: Deps,
  person: Person,
  id: string,
): Promise<BulkDraft | undefined> {
  const draft = await deps.drafts.getBulk(id);
  return draft !== undefined && samePerson(draft.person, person) ? draft : undefined;
}

/** The view that something was chosen or pressed in, with its draft; one that is gone is said there. */
export async function draftInView(
  deps: Deps,
  { person, view }: Click,
): Promise<{ readonly draft: Draft; readonly view: SubmittedView } | undefined> {
  if (view === undefined) return undefined;
  const draft = await ownDraft(deps, person, view.private_metadata);
  if (draft !== undefined) return { draft, view };
  await deps.slack.updateView(view.id, problemView({ kind: "preview-gone" }));
  return undefined;
}
