import type { JsonObject } from "../json.ts";
import type { Member } from "../workspace.ts";
import { ApiError, botMethod, type Call, type Methods } from "./method.ts";

/** Minutes east of Greenwich are not asked for anywhere; the name of the zone is. */
const userJson = (call: Call, member: Member): JsonObject => ({
  id: member.id,
  team_id: member.team,
  name: member.name,
  real_name: member.realName,
  tz: member.timeZone,
  deleted: member.isDeactivated,
  is_bot: false,
  is_app_user: false,
  is_admin: false,
  is_owner: false,
  is_restricted: member.isGuest,
  is_ultra_restricted: false,
  ...(member.isStranger ? { is_stranger: true } : {}),
  profile: {
    real_name: member.realName,
    display_name: member.name,
    team: member.team,
    ...(call.core.scopes.has("users:read.email") ? { email: member.email } : {}),
  },
});

const botJson = ({ core: { workspace } }: Call): JsonObject => ({
  id: workspace.bot.userId,
  team_id: workspace.team.id,
  name: workspace.bot.name,
  real_name: workspace.bot.name,
  deleted: false,
  is_bot: true,
  profile: { bot_id: workspace.bot.botId, api_app_id: workspace.appId, team: workspace.team.id },
});

const info = (call: Call): JsonObject => {
  const id = call.args.required("user");
  if (id === call.core.workspace.bot.userId) return { user: botJson(call) };
  const member = call.core.workspace.member(id);
  if (member === undefined) throw new ApiError("user_not_found");
  return { user: userJson(call, member) };
};

const lookupByEmail = (call: Call): JsonObject => {
  const email = call.args.required("email").toLowerCase();
  const member = call.core.workspace.people().find((one) => one.email === email && !one.isStranger);
  if (member === undefined) throw new ApiError("users_not_found");
  return { user: userJson(call, member) };
};

const groupMembers = (call: Call): JsonObject => {
  const id = call.args.required("usergroup");
  const group = call.core.workspace.userGroups.find((one) => one.id === id);
  if (group === undefined) throw new ApiError("no_such_subteam");
  return { users: [...group.members] };
};

const authTest = ({ core: { workspace } }: Call): JsonObject => ({
  url: `https://${workspace.team.domain}.slack.com/`,
  team: workspace.team.name,
  user: workspace.bot.name,
  team_id: workspace.team.id,
  user_id: workspace.bot.userId,
  bot_id: workspace.bot.botId,
  is_enterprise_install: false,
});

/** Everything with which the bot asks who somebody is, itself included. */
export const peopleMethods: Methods = {
  "auth.test": botMethod([], [], authTest),
  "users.info": botMethod(["users:read"], ["user"], info),
  "users.lookupByEmail": botMethod(["users:read.email"], ["email"], lookupByEmail),
  "usergroups.users.list": botMethod(["usergroups:read"], ["usergroup"], groupMembers),
};
