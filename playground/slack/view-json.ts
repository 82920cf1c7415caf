import { asString, type Json, type JsonObject } from "./json.ts";
import type { View } from "./views.ts";
import type { Workspace } from "./workspace.ts";

/** A view as Slack hands it to the bot, in answers and in payloads. */
export function viewJson(view: View, workspace: Workspace): JsonObject {
  const { content } = view;
  const words = (key: string): Json => content[key] ?? null;
  const isModal = view.type === "modal";
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: view.type,
    blocks: [...view.blocks],
    private_metadata: asString(content.private_metadata),
    callback_id: asString(content.callback_id),
    external_id: asString(content.external_id),
    state: { values: view.values },
    hash: view.hash,
    ...(isModal ? { title: words("title") } : {}),
    close: words("close"),
    submit: words("submit"),
    clear_on_close: content.clear_on_close === true,
    notify_on_close: content.notify_on_close === true,
    root_view_id: view.root,
    previous_view_id: view.previous,
    app_id: workspace.appId,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.bot.botId,
  };
}
