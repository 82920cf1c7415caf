import type { Draft } from "../approval/change-request.ts";
import { isNote, isVolume } from "../blocks/choices.ts";
import { readFormView } from "../blocks/form-view.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { copyTags, editableTags } from "../snapshot/fill-form.ts";
import { EMPTY_FORM, readSought } from "../snapshot/form-input.ts";
import type { Tag } from "../snapshot/snapshot.ts";
import type { Click } from "./adapters.ts";
import { refill } from "./fill-form.ts";
import { draftInView } from "./own-draft.ts";
import { seenSnapshot } from "./seen-snapshot.ts";

/** Another snapshot, or the volume, was chosen to copy tags from: they come into the form. */
export async function copyTagsFrom(deps: Deps, click: Click): Promise<undefined> {
  const shown = await draftInView(deps, click);
  if (shown === undefined) return;
  const { draft, view } = shown;
  const { value } = click;
  const { filledFrom } = draft;
  const input = readFormView(view.state.values, filledFrom);
  await refill(deps, { ...draft, input }, view.id, async () => {
    if (isNote(value)) return ok({ input });
    const tags = await tagsOf(deps, draft, value);
    return tags.ok ? ok({ input: copyTags(input, filledFrom, tags.value) }) : tags;
  });
}

/** The tags of what was chosen that can be copied at all. */
async function tagsOf(
  deps: Deps,
  { person, filledFrom }: Draft,
  value: string,
): Promise<Result<readonly Tag[], Problem>> {
  if (!isVolume(value)) {
    const sought = readSought({ ...EMPTY_FORM, snapshot: value });
    const snapshot = await seenSnapshot(deps, person, sought);
    return snapshot.ok ? ok(editableTags(snapshot.value)) : snapshot;
  }
  const key = await deps.keys.get(person);
  if (!key.ok) return key;
  if (filledFrom?.volumeId == null) return err({ kind: "volume-not-found" });
  const caller = { person, apiKey: key.value.apiKey };
  const volume = await deps.gcore.getVolume(caller, filledFrom, filledFrom.volumeId);
  return volume.ok ? ok(editableTags(volume.value)) : volume;
}
