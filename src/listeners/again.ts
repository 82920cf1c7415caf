import { type ChangeRequest, type Draft, isBulk, type One } from "../approval/change-request.ts";
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
import { makePlan, planFrom } from "./make-plan.ts";
import { openRequest } from "./open-request.ts";
import { originOf } from "./origin.ts";
import { ownBulkDraft, ownDraft } from "./own-draft.ts";

/** Prepares the way back of an applied change, against the snapshot as it is now. */
export const openUndo = (deps: Deps, click: Click): Promise<Message | undefined> =>
  openSeen(deps, click, (request, viewId) =>
    isBulk(request)
      ? planFrom(deps, click, viewId, request, "undo")
      : prepare(deps, click, viewId, request, {
          undoes: request.id,
          changeFor: undoing(request),
        }),
  );

/** Prepares a plan of all that came out otherwise than applied. */
export const openRetry = (deps: Deps, click: Click): Promise<Message | undefined> =>
  openSeen(deps, click, (request, viewId) =>
    isBulk(request)
      ? planFrom(deps, click, viewId, request, "retry")
      : deps.slack.updateView(viewId, requestView(request, click.person)),
  );

/** Only what still is as the request left it, whenever that is looked at. */
const undoing =
  ({ plan }: One): Intent["changeFor"] =>
  (snapshot) =>
    undoOf(plan.rows, snapshot);

/** Prepares the same change once more, from what stands there now. */
export const openAgain = (deps: Deps, click: Click): Promise<Message | undefined> =>
  openSeen(deps, click, (request, viewId) =>
    isBulk(request)
      ? deps.slack.updateView(viewId, requestView(request, click.person))
      : prepare(deps, click, viewId, request, {
          undoes: null,
          changeFor: () => ({ change: changeOf(request.plan.rows), left: [] }),
        }),
  );

/** Opens a request to make another one of it, for those who may see it. */
const openSeen = (
  deps: Deps,
  click: Click,
  show: (request: ChangeRequest, viewId: string) => Promise<unknown>,
): Promise<Message | undefined> =>
  openRequest(deps, click, async (viewId, request) => {
    const unseen = await sightProblem(deps, click.person, request);
    if (unseen === undefined) await show(request, viewId);
    else await deps.slack.updateView(viewId, problemView(unseen));
  });

/** A change made of an earlier one goes the way of every other: look, preview, policy. */
async function prepare(
  deps: Deps,
  click: Click,
  viewId: string,
  request: ChangeRequest & One,
  made: Made,
): Promise<void> {
  if (made.undoes === null || request.state === "applied") {
    return show(deps, click, viewId, request, made);
  }
  await deps.slack.updateView(viewId, requestView(request, click.person));
}

type Made = Pick<Intent, "changeFor"> & { readonly undoes: string | null };

async function show(
  deps: Deps,
  click: Click,
  viewId: string,
  request: ChangeRequest & One,
  { undoes, changeFor }: Made,
): Promise<void> {
  const { person } = click;
  const { slack, drafts, newId, clock } = deps;
  const { ref, reason, origin, plan } = request;
  const now = clock.now();
  const from = originOf(click, now, origin.channelId);
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
  const many = await ownBulkDraft(deps, person, view.private_metadata);
  if (many !== undefined) {
    await makePlan(deps, many, view.id);
    return;
  }
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
  if (undone !== undefined && !isBulk(undone)) {
    return { ref: undone.ref, reason: null, changeFor: undoing(undone) };
  }
  const wish = readForm(wishedInput(draft, draft.input));
  return wish.ok ? asWished(wish.value) : undefined;
}

/** The snapshot as the change left it. */
const afterOf = (request: ChangeRequest & One) =>
  request.state === "applied" ? request.snapshot : request.before;
