import { asString } from "../json.ts";
import { whoAndWhere } from "../payloads.ts";
import { viewJson } from "../view-json.ts";
import type { View } from "../views.ts";
import { type Client, tell } from "./client.ts";

/** Closes a view, or the whole modal, and tells the bot about those views that asked for it. */
export async function closeView(client: Client, top: View, isAll: boolean): Promise<void> {
  const { core, member } = client;
  const isCleared = isAll || top.content.clear_on_close === true;
  const closed = isCleared ? [...core.views.stack(member.id)].reverse() : [top];
  if (isCleared) core.views.clear(member.id);
  else core.views.close(top.id);
  for (const view of closed.filter((one) => one.content.notify_on_close === true)) {
    const payload = {
      type: "view_closed",
      ...whoAndWhere(core, member),
      view: viewJson(view, core.workspace),
      is_cleared: isCleared,
    };
    const label = `view_closed ${asString(view.content.callback_id)}`;
    await tell(client, { kind: "interactive", label, payload }, {});
  }
}
