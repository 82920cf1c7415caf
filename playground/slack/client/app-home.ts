import type { Delivery } from "../journal.ts";
import { eventPayload } from "../payloads.ts";
import { viewJson } from "../view-json.ts";
import type { Client } from "./client.ts";

/** The tabs of the conversation with the app. */
export type AppTab = "home" | "messages";

/**
 * The person turns to a tab of the app. The bot hears of it if it subscribed to that, with the
 * home tab as it is now, once there is one.
 */
export async function openApp(client: Client, tab: AppTab): Promise<Delivery | undefined> {
  const { core, courier, member } = client;
  const { features, workspace } = core;
  const isThere = tab === "home" ? features.hasHomeTab : features.hasMessagesTab;
  if (!isThere) throw new Error(`the app has no tab "${tab}"`);
  const channel = workspace.openDirectMessages(workspace.bot.userId, member.id);
  if (!features.events.includes("app_home_opened")) return undefined;
  const home = core.views.home(member.id);
  const payload = eventPayload(core, {
    type: "app_home_opened",
    user: member.id,
    channel: channel.id,
    tab,
    event_ts: core.timestamps.next(),
    ...(tab === "messages" || home === undefined ? {} : { view: viewJson(home, workspace) }),
  });
  return await courier.deliverEvent({ kind: "events_api", label: "app_home_opened", payload });
}
