import { isRefusal, readView } from "../content.ts";
import type { JsonObject } from "../json.ts";
import type { Trigger } from "../triggers.ts";
import { viewJson } from "../view-json.ts";
import type { View, ViewError } from "../views.ts";
import { ApiError, botMethod, type Call, invalidArguments, type Methods } from "./method.ts";

/** The view of the call, if Slack would show it. */
const readable = (call: Call, surface: "modal" | "home"): JsonObject => {
  const view = readView(call.core, call.args.json("view"), surface, call.method);
  if (!isRefusal(view)) return view;
  throw view.error === "invalid_arguments"
    ? invalidArguments(...view.errors)
    : new ApiError(view.error);
};

const exchanged = (call: Call): Trigger => {
  const { core, args } = call;
  if (!args.has("trigger_id")) throw invalidArguments("missing required field: trigger_id");
  const trigger = core.triggers.exchange(args.required("trigger_id"));
  if (typeof trigger === "string") throw new ApiError(trigger);
  return trigger;
};

const answer = (call: Call, view: View | ViewError): JsonObject => {
  if (typeof view === "string") throw new ApiError(view);
  return { view: viewJson(view, call.core.workspace) };
};

const open = (call: Call): JsonObject => {
  const content = readable(call, "modal");
  const { user, channel } = exchanged(call);
  return answer(call, call.core.views.open(user, content, channel));
};

/** A push needs something that was done inside a modal that is still open. */
const push = (call: Call): JsonObject => {
  const { views } = call.core;
  const content = readable(call, "modal");
  const trigger = exchanged(call);
  const isOpen = views.stack(trigger.user).some((view) => view.id === trigger.view);
  return answer(call, isOpen ? views.push(trigger.user, content) : "not_found");
};

const update = (call: Call): JsonObject => {
  const { args, core } = call;
  if (!args.has("view_id") && !args.has("external_id")) {
    throw invalidArguments("missing required field: view_id");
  }
  const found = args.has("view_id")
    ? core.views.find(args.required("view_id"))
    : core.views.withExternalId(args.required("external_id"));
  const content = readable(call, found?.type ?? "modal");
  if (found === undefined) throw new ApiError("not_found");
  return answer(call, core.views.update(found.id, content, hashOf(call)));
};

const publish = (call: Call): JsonObject => {
  const { args, core } = call;
  const content = readable(call, "home");
  if (!core.features.hasHomeTab) throw new ApiError("not_enabled");
  const user = args.required("user_id");
  if (core.workspace.member(user) === undefined) {
    throw invalidArguments("user_not_found [json-pointer:/user_id]");
  }
  return answer(call, core.views.publish(user, content, hashOf(call)));
};

const hashOf = ({ args }: Call): string | undefined =>
  args.has("hash") ? args.required("hash") : undefined;

/** Everything with which the bot shows modals and home tabs. None needs a scope. */
export const viewMethods: Methods = {
  "views.open": botMethod([], ["view"], open),
  "views.push": botMethod([], ["view"], push),
  "views.update": botMethod([], ["view"], update),
  "views.publish": botMethod([], ["user_id", "view"], publish),
};
