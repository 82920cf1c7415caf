import { placedIn } from "../blocks/walk.ts";
import { isRefusal, readView } from "../content.ts";
import { complain } from "../delivery/courier.ts";
import { hiddenCharacters } from "../foreign.ts";
import { bareValue } from "../form.ts";
import type { Delivery } from "../journal.ts";
import { asString, isObject, type JsonObject } from "../json.ts";
import { whoAndWhere } from "../payloads.ts";
import { viewJson } from "../view-json.ts";
import type { View } from "../views.ts";
import { blockedInputs } from "./blocked.ts";
import { type Client, type Manner, TROUBLE, tell } from "./client.ts";
import { errorsByLabel } from "./modal.ts";

/** What became of a form that was sent, or that the client did not send. */
export interface SubmitResult {
  readonly outcome: "blocked" | "closed" | "updated" | "pushed" | "cleared" | "errors" | "trouble";
  /** What the bot found wrong, by label. */
  readonly errors?: Record<string, string>;
  /** What the client itself found wrong, by label: nothing was sent. */
  readonly blocked?: Record<string, string>;
}

/** The addresses that come with a form in which a conversation for the answer was chosen. */
const responseUrls = (client: Client, view: View): JsonObject[] =>
  placedIn(view.blocks).flatMap(({ block, element, isInput }) => {
    if (!isInput || element.response_url_enabled !== true) return [];
    const [blockId, actionId] = [asString(block.block_id), asString(element.action_id)];
    const channel = asString(bareValue(view.values[blockId]?.[actionId]));
    if (channel === "") return [];
    const { core, member } = client;
    const target = { kind: "actions", channel, user: member.id } as const;
    const url = core.responseUrls.issue(target, core.workspace.team.id);
    return [{ block_id: blockId, action_id: actionId, channel_id: channel, response_url: url }];
  });

/** Presses the button that sends the form on top. */
export async function submit(client: Client, view: View, manner: Manner): Promise<SubmitResult> {
  const { core, member } = client;
  if (!isObject(view.content.submit)) throw new Error("there is no button to submit this view");
  const blocked = blockedInputs(view);
  if (Object.keys(blocked).length > 0) return { outcome: "blocked", blocked };
  core.views.showErrors(view.id, {});
  const payload = {
    type: "view_submission",
    ...whoAndWhere(core, member),
    trigger_id: core.triggers.issue({ user: member.id, view: view.id }),
    view: viewJson(view, core.workspace),
    response_urls: responseUrls(client, view),
  };
  const label = `view_submission ${asString(view.content.callback_id)}`;
  const delivery = await tell(client, { kind: "interactive", label, payload }, manner);
  const outcome =
    delivery.failure === undefined ? applyAnswer(client, view, delivery) : ("trouble" as const);
  if (outcome === "trouble") client.errors.push(TROUBLE);
  if (outcome !== "errors") return { outcome };
  return { outcome, errors: errorsByLabel(core.views.find(view.id) ?? view) };
}

/** Does to the modal what the answer says, or nothing if it makes no sense. */
function applyAnswer(client: Client, view: View, delivery: Delivery): SubmitResult["outcome"] {
  const { views } = client.core;
  const { answer } = delivery;
  if (answer === undefined) {
    views.close(view.id);
    return "closed";
  }
  const wrong = (sentence: string): "trouble" => {
    complain(client.core, delivery, sentence);
    return "trouble";
  };
  if (!isObject(answer)) return wrong(`an answer that is no response_action: ${delivery.body}`);
  switch (answer.response_action) {
    case "clear":
      views.clear(view.user);
      return "cleared";
    case "errors":
      return applyErrors(client, view, delivery);
    case "update":
    case "push":
      return applyView(client, view, delivery, answer.response_action);
    default:
      return wrong(`an answer that is no response_action: ${delivery.body}`);
  }
}

function applyErrors(client: Client, view: View, delivery: Delivery): "errors" | "trouble" {
  const { core } = client;
  const given = isObject(delivery.answer) ? delivery.answer.errors : undefined;
  const inputs = new Set(
    placedIn(view.blocks)
      .filter((one) => one.isInput)
      .map((one) => asString(one.block.block_id)),
  );
  const entries = Object.entries(isObject(given) ? given : {});
  const fits = ([id, text]: [string, unknown]): boolean =>
    inputs.has(id) && typeof text === "string" && text !== "";
  if (entries.length === 0 || !entries.every(fits)) {
    complain(core, delivery, `errors that belong to no input: ${JSON.stringify(given)}`);
    return "trouble";
  }
  for (const [id, text] of entries) {
    for (const sentence of hiddenCharacters(asString(text), `errors/${id}`)) {
      complain(core, delivery, sentence);
    }
  }
  core.views.showErrors(
    view.id,
    Object.fromEntries(entries.map(([id, text]) => [id, asString(text)])),
  );
  return "errors";
}

function applyView(
  client: Client,
  view: View,
  delivery: Delivery,
  action: "update" | "push",
): "updated" | "pushed" | "trouble" {
  const { core } = client;
  const given = isObject(delivery.answer) ? delivery.answer.view : undefined;
  const origin = `${delivery.label} (${action})`;
  const content = readView(core, given, "modal", origin);
  if (isRefusal(content)) {
    delivery.violations.push(`an invalid view: ${content.errors.join("; ")}`);
    return "trouble";
  }
  const shown =
    action === "update" ? core.views.update(view.id, content) : core.views.push(view.user, content);
  if (typeof shown === "string") {
    complain(core, delivery, `${action} refused: ${shown}`);
    return "trouble";
  }
  return action === "update" ? "updated" : "pushed";
}
