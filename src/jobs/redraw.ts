import type { ChangeRequest } from "../approval/change-request.ts";
import type { RequestNotice } from "../approval/notice.ts";
import { samePerson } from "../approval/person.ts";
import { requestView } from "../blocks/plain-views.ts";
import { reviewView } from "../blocks/review-view.ts";
import type { Deps } from "../deps.ts";

/** Shows in an open view how its request stands now; whoever may still decide keeps the buttons for it. */
export async function redraw(
  { slack }: Deps,
  notice: RequestNotice & { readonly kind: "view" | "review" },
  request: ChangeRequest,
): Promise<"updated" | "gone"> {
  const view =
    notice.kind === "view"
      ? requestView(request, request.requester)
      : request.state === "pending" &&
          !request.approvals.some(({ by }) => samePerson(by, notice.viewer))
        ? reviewView(request, notice.viewer, notice.seen, notice.obstacle)
        : requestView(request, notice.viewer);
  return await slack.updateView(notice.target, view);
}
