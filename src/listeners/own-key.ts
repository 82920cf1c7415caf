import { keyProblem } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import {
  checkingView,
  connectErrors,
  connectedView,
  connectView,
  readConnectView,
} from "../blocks/connect-view.ts";
import type { Message } from "../blocks/kit.ts";
import { problemView } from "../blocks/plain-views.ts";
import { disconnectedMessage, keyMessage, problemMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import type { ProjectName } from "../problem.ts";
import { tokenIdOf } from "../snapshot/api-key-text.ts";
import type { Click } from "./adapters.ts";
import type { OpenView, SubmissionAnswer, SubmittedView } from "./answers.ts";
import { formOf } from "./bulk-form.ts";
import { goOnTo } from "./fill-form.ts";
import { ownBulkDraft, ownDraft } from "./own-draft.ts";
import { tellPerson } from "./tell.ts";

/** The button that asks for a key. */
export const connectKey = (deps: Deps, { triggerId }: Click): Promise<Message | undefined> =>
  openConnect(deps, triggerId);

/** Opens the form for the key. @returns what to tell the person when it could not be opened. */
export async function openConnect(deps: Deps, triggerId: string): Promise<Message | undefined> {
  const opened = await deps.slack.openView(triggerId, connectView(undefined));
  return opened === "late" ? problemMessage({ kind: "form-late" }) : undefined;
}

/** A key was entered: it is checked with Gcore and, when it can be used, kept sealed. */
export async function submitKey(
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
): Promise<void> {
  const { gcore, keys, preferences, slack, clock } = deps;
  const draftId = view.private_metadata || undefined;
  const apiKey = readConnectView(view.state.values);
  if (tokenIdOf(apiKey) === undefined) {
    return answer.errors(connectErrors({ kind: "key-malformed" }));
  }
  await answer.update(checkingView(draftId));
  const scope = await gcore.checkKey({ person, apiKey });
  if (!scope.ok) {
    const shown = await slack.updateView(view.id, connectView(draftId, scope.problem));
    if (shown === "gone") await tellPerson(deps, person, undefined, problemMessage(scope.problem));
    return;
  }
  const { tokenId, accountId } = scope.value;
  const facts = { tokenId, accountId };
  const entry = { kind: "key connected", at: clock.now(), by: person, facts } as const;
  await keys.set(person, { apiKey, scope: scope.value }, entry);
  const { projects } = scope.value;
  if (projects !== null) await preferences.keepOnly(person, idsOf(projects));
  deps.nudge("say");
  const shown = await slack.updateView(view.id, connectedView(scope.value, draftId));
  if (shown === "gone") await tellPerson(deps, person, undefined, keyMessage(scope.value));
}

/** From the connected key on to the form that waited for it. */
export async function goToForm(
  deps: Deps,
  person: Person,
  view: OpenView,
  answer: SubmissionAnswer,
): Promise<void> {
  const many = await ownBulkDraft(deps, person, view.private_metadata);
  if (many !== undefined) return answer.update(formOf(deps, many));
  const draft = await ownDraft(deps, person, view.private_metadata);
  if (draft === undefined) return answer.update(problemView({ kind: "preview-gone" }));
  await goOnTo(deps, draft, view.id, answer);
}

/** What the person's key may do, as last learnt. */
export async function describeKey(deps: Deps, person: Person): Promise<Message> {
  const scope = await deps.keys.scope(person);
  if (!scope.ok) return problemMessage(scope.problem);
  const problem = keyProblem(scope.value, deps.clock.now());
  return keyMessage(scope.value, problem?.kind === "key-expired" ? problem : undefined);
}

/** Removes the person's key for good. */
export async function disconnectKey(deps: Deps, person: Person): Promise<Message> {
  const entry = { kind: "key disconnected", at: deps.clock.now(), by: person } as const;
  deps.catalogue.forget(person);
  const removal = await deps.keys.remove(person, entry);
  await deps.preferences.keepOnly(person, []);
  deps.nudge("say");
  return disconnectedMessage(removal);
}

const idsOf = (projects: readonly ProjectName[]): readonly number[] => projects.map(({ id }) => id);
