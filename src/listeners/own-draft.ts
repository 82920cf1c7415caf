import type { Draft } from "../approval/change-request.ts";
import { type Person, samePerson } from "../approval/person.ts";
import type { Deps } from "../deps.ts";

/** The draft, when it is this person's: an id alone opens nothing. */
export async function ownDraft(deps: Deps, person: Person, id: string): Promise<Draft | undefined> {
  const draft = await deps.drafts.get(id);
  return draft !== undefined && samePerson(draft.person, person) ? draft : undefined;
}
