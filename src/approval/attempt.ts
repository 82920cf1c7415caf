import type { Problem, Result } from "../problem.ts";
import { rowsUnlike } from "../snapshot/plan.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Applying, ChangeRequest } from "./change-request.ts";
import { doubt, end, LEASE, LOOK_FOR, passes, postpone, TRY_FOR } from "./claim.ts";
import { hold } from "./lock.ts";
import { changedMeanwhile } from "./stale.ts";

/** What a look at the snapshot leads to: the PATCH, a word about the lock, or the request's next state. */
export type Step =
  | { readonly kind: "patch" }
  | { readonly kind: "locked"; readonly taskId: string }
  | { readonly kind: "next"; readonly request: ChangeRequest };

/**
 * What to do when the snapshot was looked at. Where an earlier PATCH may have been sent, it is not
 * sent again before Gcore can no longer be at work on it, and never when the change is there.
 */
export function afterLook(request: Applying, look: Result<Snapshot, Problem>, now: number): Step {
  const next = (changed: ChangeRequest): Step => ({ kind: "next", request: changed });
  if (!look.ok) return next(afterProblem(request, look.problem, now));
  const snapshot = look.value;
  const { plan, sentAt } = request;
  if (sentAt !== null && rowsUnlike(snapshot, plan.rows, "after").length === 0) {
    return next(end(request, { kind: "applied", snapshot, lookedUp: true }, now));
  }
  const found = changedMeanwhile(plan, snapshot);
  if (found.length > 0) return next(end(request, { kind: "conflict", found }, now));
  if (sentAt !== null && now < sentAt + LEASE) return next(doubt(request, sentAt, now));
  return snapshot.taskId === null ? { kind: "patch" } : { kind: "locked", taskId: snapshot.taskId };
}

/** What has become of a request whose PATCH was sent at `sentAt` and got this answer. */
export function afterPatch(
  request: Applying,
  answer: Result<Snapshot, Problem>,
  sentAt: number,
  now: number,
): ChangeRequest {
  if (answer.ok) {
    const missing = rowsUnlike(answer.value, request.plan.rows, "after");
    if (missing.length === 0) {
      return end(request, { kind: "applied", snapshot: answer.value, lookedUp: false }, now);
    }
    const fields = missing.map((row) => (row.field === "name" ? "name" : row.key));
    return end(request, { kind: "failed", problem: { kind: "not-all-taken", fields } }, now);
  }
  const { problem } = answer;
  const maybeDone =
    problem.kind === "gcore-unclear" || (problem.kind === "gcore-unavailable" && problem.maybeDone);
  if (maybeDone) return doubt(request, sentAt, now);
  // The look before this PATCH showed that no earlier one was carried out, and this one was refused.
  return afterProblem({ ...request, sentAt: null }, problem, now);
}

/**
 * What a problem on the way means. Where surely nothing was sent, a lock is waited for, what passes
 * by itself is waited out for a time, and all else ends the request. An outcome in doubt stays so
 * for a day: a key that no longer works may be followed by one that does. Only a snapshot that is
 * gone can no longer tell.
 */
export function afterProblem(request: Applying, problem: Problem, now: number): ChangeRequest {
  const { sentAt, decidedAt, item } = request;
  const triedSince = Math.max(request.releasedAt ?? 0, item?.begunAt ?? decidedAt);
  if (sentAt !== null) {
    return problem.kind !== "snapshot-not-found" && now < sentAt + LOOK_FOR
      ? doubt(request, sentAt, now, problem)
      : end(request, { kind: "unknown", problem }, now);
  }
  if (problem.kind === "locked") return hold(request, problem, now);
  const pause = problem.kind === "gcore-busy" ? (problem.retryAfter ?? undefined) : undefined;
  return passes(problem) && now + (pause ?? 0) < triedSince + TRY_FOR
    ? postpone(request, now, pause)
    : end(request, { kind: "failed", problem }, now);
}
