import { type Placed, placedIn } from "../blocks/walk.ts";
import type { FormValues } from "../form.ts";
import { asString, type JsonObject } from "../json.ts";
import type { Place } from "./act.ts";
import type { Client } from "./client.ts";

/** An element by its ids, in a view or in a message. */
export type At = ({ readonly view: string } | { readonly channel: string; readonly ts: string }) & {
  readonly block: string;
  readonly action: string;
};

/** An element that the person has before them, and where. */
export interface Here {
  readonly place: Place;
  readonly placed: Placed;
  readonly at: At;
}

const placeOf = ({ core, member }: Client, at: At): Place => {
  if ("view" in at) {
    const shown = [...core.views.stack(member.id), core.views.home(member.id)];
    const view = shown.find((one) => one?.id === at.view);
    if (view === undefined) throw new Error("That view is not open any more.");
    return { view };
  }
  const channel = core.workspace.channelOf(at.channel);
  if (!channel.members.has(member.id)) throw new Error("You are not in that channel.");
  const message = core.messages.of(channel.id, member.id).find((one) => one.ts === at.ts);
  if (message === undefined) throw new Error("That message is not there any more.");
  return { message };
};

/** Finds an element. @throws when the person does not have it before them. */
export function elementAt(client: Client, at: At): Here {
  const place = placeOf(client, at);
  const { blocks } = "view" in place ? place.view : place.message;
  const placed = placedIn(blocks).find(
    ({ block, element }) => block.block_id === at.block && element.action_id === at.action,
  );
  if (placed === undefined) throw new Error("That is not there any more.");
  return { place, placed, at };
}

/** What stands in the elements of a view or a message, for that person. */
export const valuesIn = ({ core, member }: Client, place: Place): FormValues =>
  "view" in place ? place.view.values : core.messageForms.values(member.id, place.message);

/** What stands in one element. */
export const slotAt = (client: Client, { place, placed }: Pick<Here, "place" | "placed">) =>
  valuesIn(client, place)[asString(placed.block.block_id)]?.[asString(placed.element.action_id)];

/** Changes what stands in an element. */
export function enter(client: Client, place: Place, placed: Placed, slot: JsonObject): void {
  const { core, member } = client;
  const ids = [asString(placed.block.block_id), asString(placed.element.action_id)] as const;
  if ("view" in place) core.views.enter(place.view.id, ...ids, slot);
  else core.messageForms.enter(member.id, place.message, ...ids, slot);
}
