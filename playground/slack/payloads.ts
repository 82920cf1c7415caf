import type { Core } from "./core.ts";
import { newId } from "./ids.ts";
import type { JsonObject } from "./json.ts";
import type { Channel, Member } from "./workspace.ts";

/** The deprecated token that still comes with everything. It proves nothing. */
const VERIFICATION_TOKEN = "local-verification-token";

/** What comes with every interaction. */
export const whoAndWhere = (core: Core, member: Member): JsonObject => ({
  team: { id: core.workspace.team.id, domain: core.workspace.team.domain },
  enterprise: null,
  is_enterprise_install: false,
  user: { id: member.id, username: member.name, name: member.name, team_id: member.team },
  api_app_id: core.workspace.appId,
  token: VERIFICATION_TOKEN,
});

/** A channel as interactions name it. */
export const channelName = (channel: Channel): string => {
  if (channel.kind === "im") return "directmessage";
  return channel.kind === "private" ? "privategroup" : channel.name;
};

/** The fields of a slash command; all of them are strings. */
export const commandPayload = (
  core: Core,
  member: Member,
  channel: Channel,
  given: { command: string; text: string; trigger: string; responseUrl: string },
): JsonObject => ({
  token: VERIFICATION_TOKEN,
  team_id: core.workspace.team.id,
  team_domain: core.workspace.team.domain,
  channel_id: channel.id,
  channel_name: channelName(channel),
  user_id: member.id,
  user_name: member.name,
  command: given.command,
  text: given.text,
  api_app_id: core.workspace.appId,
  is_enterprise_install: "false",
  response_url: given.responseUrl,
  trigger_id: given.trigger,
});

/** An event in its envelope. */
export const eventPayload = (core: Core, event: JsonObject): JsonObject => ({
  token: VERIFICATION_TOKEN,
  team_id: core.workspace.team.id,
  context_team_id: core.workspace.team.id,
  context_enterprise_id: null,
  api_app_id: core.workspace.appId,
  event,
  type: "event_callback",
  event_id: newId("Ev"),
  event_time: Math.floor(core.clock.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: core.workspace.team.id,
      user_id: core.workspace.bot.userId,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
  event_context: newId("4-"),
});
