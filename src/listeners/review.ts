import type { ChangeRequest, Many, One, Pending, Vote } from "../approval/change-request.ts";
import { approve, findStale, reject } from "../approval/decide.ts";
import type { Person } from "../approval/person.ts";
import { samePerson } from "../approval/person.ts";
import { changedMeanwhile } from "../approval/stale.ts";
import { bulkReviewView } from "../blocks/bulk-views.ts";
import type { Message } from "../blocks/kit.ts";
import { problemView, requestView } from "../blocks/plain-views.ts";
import { problemMessage } from "../blocks/replies.ts";
import {
  commentHoldsKey,
  commentMissing,
  readComment,
  rejectView,
  reviewView,
} from "../blocks/review-view.ts";
import type { Deps } from "../deps.ts";
import { applyAtOnce } from "../jobs/apply.ts";
import { progressOf, samplesOf } from "../jobs/progress.ts";
import { err, ok, type Problem, type Result } from "../problem.ts";
import { requesterProblem } from "../rights/approvers.ts";
import { sightProblem } from "../rights/sight.ts";
import { holdsApiKey } from "../snapshot/api-key-text.ts";
import { valueNow } from "../snapshot/plan.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Click } from "./adapters.ts";
import type { SubmissionAnswer, SubmittedView } from "./answers.ts";
import { type Attempt, decideAs, rightProblem } from "./decide-as.ts";
import { openRequest } from "./open-request.ts";

/**
 * Opens a request before somebody's eyes. Whoever may decide sees before, after and what Gcore says
 * now, with the buttons for it; anybody else sees how it stands, and why they may not decide.
 */
export const openReview = (deps: Deps, click: Click): Promise<Message | undefined> =>
  openRequest(deps, click, async (viewId, request) => {
    const { person } = click;
    if (request.state !== "pending") {
      const unseen = await sightProblem(deps, person, request);
      if (unseen === undefined) return follow(deps, request, person, viewId);
      await deps.slack.updateView(viewId, problemView(unseen));
      return;
    }
    const problem = await rightProblem(deps, person, request, "approve");
    if (problem === undefined) return showReview(deps, request, person, viewId);
    // Who asked, and who has approved, may of course look at how it stands.
    const mayLook = samePerson(person, request.requester) || problem.kind === "approved-already";
    if (mayLook) return follow(deps, request, person, viewId);
    await deps.slack.updateView(viewId, problemView(problem));
  });

/** Shows how a request stands, now and from here on. */
async function follow(
  deps: Deps,
  request: ChangeRequest,
  viewer: Person,
  viewId: string,
): Promise<void> {
  const { slack, requests, clock, nudge } = deps;
  await slack.updateView(viewId, requestView(request, viewer, await progressOf(deps, request)));
  const { id: requestId, state } = request;
  const view = { kind: "review", requestId, state, target: viewId, viewer, seen: null } as const;
  await requests.watch(view, request, clock.now());
  nudge("say");
}

async function showReview(deps: Deps, request: Pending, viewer: Person, viewId: string) {
  if ("bulk" in request) return showBulkReview(deps, request, viewer, viewId);
  const { slack, requests, clock } = deps;
  const look = await lookFor(deps, request);
  const { id: requestId, state } = request;
  const review = { kind: "review", requestId, state, target: viewId, viewer } as const;
  if (!look.ok) {
    const { problem } = look;
    await slack.updateView(viewId, reviewView(request, viewer, null, problem));
    await requests.watch({ ...review, seen: null, obstacle: problem }, request, clock.now());
    deps.nudge("say");
    return;
  }
  const found = changedMeanwhile(request.plan, look.value);
  if (found.length > 0) {
    const decided = await requests.decide(request.id, clock.now(), (pending) =>
      "bulk" in pending
        ? err({ kind: "request-gone" })
        : ok(findStale(pending, found, clock.now())),
    );
    deps.nudge("say");
    if ("request" in decided) await follow(deps, decided.request, viewer, viewId);
    return;
  }
  const seen = request.plan.rows.map((row) => valueNow(look.value, row));
  await slack.updateView(viewId, reviewView(request, viewer, seen));
  await requests.watch({ ...review, seen }, request, clock.now());
  deps.nudge("say");
}

/** A plan is as it was made; each of its snapshots is looked at again before it is changed. */
async function showBulkReview(
  deps: Deps,
  request: Pending & Many,
  viewer: Person,
  viewId: string,
): Promise<void> {
  const { slack, requests, clock, nudge } = deps;
  const { id: requestId, state } = request;
  const samples = await samplesOf(deps, requestId);
  await slack.updateView(viewId, bulkReviewView(request, viewer, samples));
  const review = { kind: "review", requestId, state, target: viewId, viewer, seen: null } as const;
  await requests.watch(review, request, clock.now());
  nudge("say");
}

/** What Gcore says of the snapshot now, with the key of the person who asked. */
async function lookFor(deps: Deps, request: Pending & One): Promise<Result<Snapshot, Problem>> {
  const { keys, gcore } = deps;
  const { requester, ref } = request;
  const gone = await requesterProblem(deps, request);
  if (gone !== undefined) return err(gone);
  const key = await keys.get(requester);
  if (!key.ok) return key;
  return await gcore.getSnapshot({ person: requester, apiKey: key.value.apiKey }, ref);
}

/** An approver agrees to what they were shown. */
export const submitApproval = (
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
): Promise<void> =>
  decide(deps, person, view, answer, { what: "approve", next: approve, needsComment: false });

/** An approver says no, and why. */
export const submitRejection = (
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
): Promise<void> =>
  decide(deps, person, view, answer, { what: "reject", next: reject, needsComment: true });

async function decide(
  deps: Deps,
  person: Person,
  view: SubmittedView,
  answer: SubmissionAnswer,
  act: {
    readonly what: Attempt;
    readonly next: (request: Pending, vote: Vote) => ChangeRequest;
    readonly needsComment: boolean;
  },
): Promise<void> {
  const comment = readComment(view.state.values);
  if (act.needsComment && comment === null) return answer.errors(commentMissing());
  if (comment !== null && holdsApiKey(comment)) return answer.errors(commentHoldsKey());
  const decided = await decideAs(deps, person, view.private_metadata, act.what, (request, at) =>
    act.next(request, { by: person, at, comment }),
  );
  if (!decided.ok) return answer.update(problemView(decided.problem));
  await answer.update(requestView(decided.value, person));
  if (decided.value.state === "approved") await applyAtOnce(deps, decided.value.id);
  else deps.nudge(decided.value.state === "running" ? "change" : "say");
}

/** Asks an approver for the reason of their no, over the view that they look at. */
export async function openRejection(
  deps: Deps,
  { value, triggerId }: Click,
): Promise<Message | undefined> {
  const opened = await deps.slack.pushView(triggerId, rejectView(value));
  return opened === "late" ? problemMessage({ kind: "form-late" }) : undefined;
}
