import type { PlanRow } from "../approval/bulk-page.ts";
import { type ChangeRequest, isUnderWay } from "../approval/change-request.ts";
import type { Progress } from "../blocks/bulk-progress.ts";
import { SAMPLES } from "../blocks/bulk-views.ts";
import type { Deps } from "../deps.ts";

/** So many of those that could not be changed are told of at the end; all of them can be seen. */
const MOST_TROUBLES = 5;

/** How far a request about many has come, while it is under way. */
export async function progressOf(
  { requests, clock }: Deps,
  request: ChangeRequest,
): Promise<Progress | undefined> {
  if (!isUnderWay(request)) return undefined;
  return { counts: await requests.counts(request), now: clock.now() };
}

/** The first of those that could not be changed, when it is over. */
export const troublesOf = async (
  { plans }: Deps,
  request: ChangeRequest,
): Promise<readonly PlanRow[]> =>
  request.state === "finished"
    ? (await plans.page(request.id, "trouble", 0, MOST_TROUBLES)).rows
    : [];

/** The first items of a plan, for its view. */
export const samplesOf = async (
  { plans }: Pick<Deps, "plans">,
  planId: string,
): Promise<readonly PlanRow[]> => (await plans.page(planId, "change", 0, SAMPLES)).rows;
