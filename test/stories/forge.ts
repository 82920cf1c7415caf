import { signed } from "../../playground/slack/delivery/signature.ts";
import type { Delivery } from "../../playground/slack/journal.ts";
import type { JsonObject } from "../../playground/slack/json.ts";
import type { Person } from "../../playground/slack/slack.ts";
import type { Bed } from "../bed.ts";

/** The last thing that Slack told the bot and whose label has these words in it. */
export function lastDelivery(bed: Bed, words: string): Delivery {
  const found = bed.slack.journal.deliveries.findLast(({ label }) => label.includes(words));
  if (found === undefined) throw new Error(`the bot was never told of ${words}`);
  return found;
}

/** Tells the bot of an interaction that no client would send, with Slack's signature. @returns its answer. */
export async function tell(bed: Bed, payload: JsonObject): Promise<string> {
  const body = `payload=${encodeURIComponent(JSON.stringify(payload))}`;
  const response = await fetch(`${bed.bot.url}/slack/events`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...signed(bed.slack.signingSecret, body, bed.clock.now()),
    },
    body,
  });
  return await response.text();
}

/** The view on top of what a person has open, with another id in it than the bot has put there. */
export function forgeView(bed: Bed, person: Person, privateMetadata: string): void {
  const view = bed.slack.stack(person.id).at(-1);
  if (view === undefined) throw new Error(`${person.name} has no view open`);
  Object.assign(view.content, { private_metadata: privateMetadata });
}

/** The id of the only request that there is. */
export async function onlyRequest(bed: Bed): Promise<string> {
  const rows = await bed.bot.database.all("SELECT id FROM request");
  if (rows.length !== 1) throw new Error(`there are ${rows.length} requests`);
  return String(rows[0]?.id);
}

/** A button in the view that the person has open, which that view does not have. */
export function clickOf(bed: Bed, userId: string, actionId: string, value: string): JsonObject {
  const view = bed.slack.stack(userId).at(-1);
  return {
    type: "block_actions",
    team: { id: "T0LOCAL1", domain: "snapshot-cloud" },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: userId, username: "x", name: "x", team_id: "T0LOCAL1" },
    trigger_id: "1.2.3",
    view: { id: view?.id ?? "VNONE", type: "modal", private_metadata: "" },
    container: { type: "view", view_id: view?.id ?? "VNONE" },
    actions: [{ type: "button", action_id: actionId, block_id: "x", value }],
  };
}
