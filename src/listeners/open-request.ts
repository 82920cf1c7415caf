import type { ChangeRequest } from "../approval/change-request.ts";
import type { Message } from "../blocks/kit.ts";
import { openingView, problemView } from "../blocks/plain-views.ts";
import { problemMessage } from "../blocks/replies.ts";
import type { Deps } from "../deps.ts";
import { noteFacts } from "../log-context.ts";
import type { Click } from "./adapters.ts";

/**
 * Opens a view for the request whose button was pressed, at once, or takes the one that the button
 * stands in; then `show` is called with the view's id and the request.
 * @returns what to tell the person when no view could be opened.
 */
export async function openRequest(
  { slack, requests }: Deps,
  { value, triggerId, view }: Click,
  show: (viewId: string, request: ChangeRequest) => Promise<void>,
): Promise<Message | undefined> {
  const opened = view === undefined ? await slack.openView(triggerId, openingView()) : undefined;
  if (opened === "late") return problemMessage({ kind: "form-late" });
  const viewId = view?.id ?? opened?.viewId ?? "";
  const request = await requests.request(value);
  if (request !== undefined) noteFacts({ request: request.id });
  if (request === undefined) await slack.updateView(viewId, problemView({ kind: "request-gone" }));
  else await show(viewId, request);
  return undefined;
}
