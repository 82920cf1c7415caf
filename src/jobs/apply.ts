import { afterLook, afterPatch, afterProblem } from "../approval/attempt.ts";
import { judge } from "../approval/breaches.ts";
import type { Applying, ChangeRequest } from "../approval/change-request.ts";
import { SEND_WITHIN } from "../approval/claim.ts";
import { changeProblem } from "../approval/key-scope.ts";
import type { Deps } from "../deps.ts";
import { during } from "../log-context.ts";

/**
 * Takes the next request that is due (or this one) one step on: claim it, do it, and write down what
 * became of it. @returns the request as it is then, or undefined when none was due.
 */
export async function applyNext(
  deps: Deps,
  id?: string,
  taken?: () => void,
): Promise<ChangeRequest | undefined> {
  const { requests, clock, newId, nudge } = deps;
  const claimed = await requests.claim(newId(), clock.now(), id);
  if (claimed === undefined) return undefined;
  taken?.();
  const next = await attempt(deps, claimed);
  if (next === undefined || !(await requests.settle(claimed, next, clock.now()))) return claimed;
  nudge("say");
  return next;
}

/**
 * Takes a request that was agreed to just now on at once. The worker is woken for all else that comes
 * of the decision when it can no longer be in the way.
 */
export async function applyAtOnce(deps: Deps, id: string): Promise<void> {
  try {
    await applyNext(deps, id, () => deps.nudge("say"));
  } finally {
    deps.nudge("change");
  }
}

/** One attempt. @returns undefined when the claim has run out meanwhile: then it is somebody else's. */
export const attempt = (deps: Deps, request: Applying): Promise<ChangeRequest | undefined> =>
  during({ request: request.id }, () =>
    deps.tracer.during("attempt", "internal", () => attemptNow(deps, request)),
  );

async function attemptNow(deps: Deps, request: Applying): Promise<ChangeRequest | undefined> {
  const { keys, gcore, clock, log, policy } = deps;
  const { requester: person, ref, plan } = request;
  const key = await keys.get(person);
  if (!key.ok) return afterProblem(request, key.problem, clock.now());
  const caller = { person, apiKey: key.value.apiKey };

  const forbidden = changeProblem(key.value.scope, ref.projectId, clock.now());
  // Where a PATCH may have been sent the look comes first, as far as the key still can.
  if (forbidden !== undefined && request.sentAt === null) {
    return afterProblem(request, forbidden, clock.now());
  }
  const look = await gcore.getSnapshot(caller, ref);
  const step = afterLook(request, look, clock.now());
  if (step.kind === "next") return step.request;
  if (step.kind === "locked") {
    const problem = await gcore.describeLock(caller, step.taskId);
    return afterProblem({ ...request, sentAt: null }, problem, clock.now());
  }
  // The look showed that nothing was changed, and Gcore can no longer be at work on it.
  const broken = look.ok ? judge(policy.tagRules, look.value, plan.rows).broken : [];
  const forbidding =
    forbidden ??
    (broken.length === 0 ? undefined : ({ kind: "tag-rules-broken", breaches: broken } as const));
  if (forbidding !== undefined) {
    return afterProblem({ ...request, sentAt: null }, forbidding, clock.now());
  }

  const sentAt = clock.now();
  if (sentAt > request.claimedAt + SEND_WITHIN) return undefined;
  const answer = await gcore.updateSnapshot(caller, ref, plan.patch);
  const next = afterPatch(request, answer, sentAt, clock.now());
  log.info({ attempt: request.attempts, state: next.state }, "PATCH answered");
  return next;
}
