import type { ChangeRequest, Draft } from "../approval/change-request.ts";
import { wishedInput } from "../blocks/form-view.ts";
import type { Message } from "../blocks/kit.ts";
import { lookingView, problemView, requestView } from "../blocks/plain-views.ts";
import type { Deps } from "../deps.ts";
import { sightProblem } from "../rights/sight.ts";
import { changeInput, EMPTY_FORM, readForm } from "../snapshot/form-input.ts";
import { changeOf, undoOf } from "../snapshot/undo.ts";
import type { Click } from "./adapters.ts";
import { newDraft } from "./change-form.ts";
import { asWished, type Intent, lookUp } from "./look-up.ts";
import { openRequest } from "./open-request.ts";
import { ownDraft } from "./own-draft.ts";

/** Prepares the way back of an applied change, against the snapshot as it is now. */
export const openUndo = (deps: Deps, click: Click): Promise<Message | undefined> =>
  prepare(deps, click, (request) => ({ undoes: request.id, changeFor: undoing(request) }));

/** Only what still is as the request left it, whenever that is looked at. */
const undoing =
  ({ plan }: ChangeRequest): Intent["changeFor"] =>
  (snapshot) =>
    undoOf(plan.rows, snapshot);

/** Prepares the same change once more, from what stands there now. */
export const openAgain = (deps: Deps, click: Click): Promise<Message | undefined> =>
  prepare(deps, click, (request) => ({
    undoes: null,
    changeFor: () => ({ change: changeOf(request.plan.rows), left: [] }),
  }));

/** A change made of an earlier one goes the way of every other: look, preview, policy. */
const prepare = (
  deps: Deps,
  click: Click,
  make: (request: ChangeRequest) => Made,
): Promise<Message | undefined> =>
  openRequest(deps, click, async (viewId, request) => {
    const unseen = await sightProblem(deps, click.person, request);
    if (unseen !== undefined) {
      await deps.slack.updateView(viewId, problemView(unseen));
      return;
    }
    const made = make(request);
    if (made.undoes !== null && request.state !== "applied") {
      await deps.slack.updateView(viewId, requestView(request, click.person));
      return;
    }
    await show(deps, click, viewId, request, made);
  });

type Made = Pick<Intent, "changeFor"> & { readonly undoes: string | null };

async function show(
  deps: Deps,
  { person, channelId, responseUrl }: Click,
  viewId: string,
  request: ChangeRequest,
  { undoes, changeFor }: Made,
): Promise<void> {
  const { slack, drafts, newId, clock } = deps;
  const { ref, reason, origin, plan } = request;
  const now = clock.now();
  const from = {
    channelId: channelId ?? origin.channelId,
    responseUrl: responseUrl ?? null,
    at: now,
  };
  const why = undoes === null ? reason : null;
  const input = {
    ...EMPTY_FORM,
    project: String(ref.projectId),
    region: String(ref.regionId),
    snapshot: ref.snapshotId,
    // What the form would hold, should the person go back to it: the same in the other direction.
    ...changeInput(
      undoes === null ? changeOf(plan.rows) : undoOf(plan.rows, afterOf(request)).change,
    ),
    reason: why ?? "",
  };
  const draft = { ...newDraft(newId(), person, from, input, now), lookUp: newId(), undoes };
  await drafts.save(draft);
  await slack.updateView(viewId, lookingView(draft.id));
  await lookUp(deps, draft, { ref, reason: why, changeFor }, viewId);
}

/** The same change, looked up anew. */
export async function lookAgain(deps: Deps, { person, view }: Click): Promise<undefined> {
  if (view === undefined) return;
  const { drafts, slack, newId } = deps;
  const draft = await ownDraft(deps, person, view.private_metadata);
  const intent = draft && (await intentOf(deps, draft));
  if (draft === undefined || intent === undefined) {
    await slack.updateView(view.id, problemView({ kind: "preview-gone" }));
    return;
  }
  const looking: Draft = { ...draft, lookUp: newId() };
  await drafts.save(looking);
  await slack.updateView(view.id, lookingView(looking.id));
  await lookUp(deps, looking, intent, view.id);
}

/** What the draft is about: the way back of a request, or what stands in its form. */
async function intentOf({ requests }: Deps, draft: Draft): Promise<Intent | undefined> {
  const undone = draft.undoes === null ? undefined : await requests.request(draft.undoes);
  if (undone !== undefined) return { ref: undone.ref, reason: null, changeFor: undoing(undone) };
  const wish = readForm(wishedInput(draft, draft.input));
  return wish.ok ? asWished(wish.value) : undefined;
}

/** The snapshot as the change left it. */
const afterOf = (request: ChangeRequest) =>
  request.state === "applied" ? request.snapshot : request.before;
