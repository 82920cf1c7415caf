import { keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import { readChooseView } from "../blocks/choose-view.ts";
import { connectView } from "../blocks/connect-view.ts";
import { NO_ID_NOTE } from "../blocks/form-view.ts";
import type { Message } from "../blocks/kit.ts";
import { problemView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import { linesOf, mentionedIn } from "../snapshot/mentioned.ts";
import { isSnapshotId, readSnapshotLink } from "../snapshot/snapshot-link.ts";
import type { SubmissionAnswer, SubmittedView } from "./answers.ts";
import { openForm } from "./change-form.ts";
import { goOnTo } from "./fill-form.ts";
import { originOf } from "./origin.ts";
import { ownDraft } from "./own-draft.ts";
import type { ShortcutCall } from "./shortcut-adapter.ts";

const NOTHING = { kind: "change", set: [], remove: [], others: "keep" } as const;

/** Opens the form for a change that began in no channel: what comes of it goes to the person alone. */
export function changeFromNowhere(
  deps: Deps,
  { person, triggerId }: Pick<ShortcutCall, "person" | "triggerId">,
): Promise<Message | undefined> {
  const origin = originOf({ person }, deps.clock.now());
  return openForm(deps, person, origin, NOTHING, triggerId);
}

/** Opens the form for the snapshot that a message speaks of, as if it was asked for where that stands. */
export function changeMentioned(deps: Deps, call: ShortcutCall): Promise<Message | undefined> {
  const { person, triggerId, message } = call;
  const lines = linesOf(message);
  const mentioned = mentionedIn(lines);
  const origin = originOf(call, deps.clock.now());
  const command = { ...NOTHING, ...readSnapshotLink(lines.join("\n")) };
  const found =
    mentioned.length > 1 ? { mentioned } : mentioned.length === 0 ? { note: NO_ID_NOTE } : {};
  return openForm(deps, person, origin, command, triggerId, found);
}

/** One of several snapshots was chosen: on to the form, or to the key that it needs first. */
export async function submitChoice(
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
): Promise<void> {
  const draft = await ownDraft(deps, person, view.private_metadata);
  if (draft === undefined) return answer.update(problemView({ kind: "preview-gone" }));
  const chosen = readChooseView(view.state.values);
  const snapshot = isSnapshotId(chosen) ? chosen : "";
  // It may be anywhere: the usual place would only stand in its way.
  const kept = { ...draft, input: { ...draft.input, project: "", region: "", snapshot } };
  await deps.drafts.save(kept);
  const scope = await deps.keys.scope(person);
  const problem = scope.ok ? keyProblem(scope.value, deps.clock.now()) : scope.problem;
  if (problem !== undefined) return answer.update(connectView(draft.id, problem));
  await goOnTo(deps, kept, view.id, answer);
}
