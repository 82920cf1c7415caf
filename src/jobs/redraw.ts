import type { ModalView } from "@slack/types";
import type { ChangeRequest } from "../approval/change-request.ts";
import type { RequestNotice } from "../approval/notice.ts";
import { samePerson } from "../approval/person.ts";
import { bulkReviewView } from "../blocks/bulk-views.ts";
import { requestView } from "../blocks/plain-views.ts";
import { reviewView } from "../blocks/review-view.ts";
import type { Deps } from "../deps.ts";
import { progressOf, samplesOf } from "./progress.ts";

type OpenView = RequestNotice & { readonly kind: "view" | "review" };

/** Shows in an open view how its request stands now; whoever may still decide keeps the buttons for it. */
export const redraw = async (
  deps: Deps,
  notice: OpenView,
  request: ChangeRequest,
): Promise<"updated" | "gone"> =>
  deps.slack.updateView(notice.target, await viewOf(deps, notice, request));

async function viewOf(deps: Deps, notice: OpenView, request: ChangeRequest): Promise<ModalView> {
  const viewer = notice.kind === "view" ? request.requester : notice.viewer;
  const mayDecide =
    notice.kind === "review" &&
    request.state === "pending" &&
    !request.approvals.some(({ by }) => samePerson(by, viewer));
  if (!mayDecide) return requestView(request, viewer, await progressOf(deps, request));
  if (!("bulk" in request)) return reviewView(request, viewer, notice.seen, notice.obstacle);
  return bulkReviewView(request, viewer, await samplesOf(deps, request.id));
}
