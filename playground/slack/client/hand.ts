import { optionsOf } from "../blocks/composition.ts";
import { type Json, type JsonObject, objectsOf, sameJson } from "../json.ts";
import { type ActionResult, act } from "./act.ts";
import { type At, elementAt, slotAt } from "./at.ts";
import type { Client } from "./client.ts";
import { type Offer, offers } from "./offers.ts";
import { put, reportsEnter } from "./put.ts";
import { type Ticket, ticketFor } from "./ticket.ts";

/** What a person does to what is before them, element by element: the words on it do not matter. */
export class Hand {
  readonly #client: Client;
  /** What the bot offered last in each menu that asks it. */
  readonly #offered = new Map<string, readonly JsonObject[]>();

  constructor(client: Client) {
    this.#client = client;
  }

  /** Puts a text, options or ids into an element. @returns whether the bot is to be told at once. */
  put(at: At, value: Json): boolean {
    const here = elementAt(this.#client, at);
    return put(this.#client, here, value, this.#offered.get(keyOf(at)) ?? []);
  }

  /** Tells the bot what stands in an element. */
  report(at: At): Promise<ActionResult> {
    const here = elementAt(this.#client, at);
    return act(this.#client, here.place, here.placed, slotAt(this.#client, here) ?? {}, {});
  }

  /** Presses Enter in a field. Nothing is told if it does not ask for that. */
  async enter(at: At): Promise<ActionResult | undefined> {
    return reportsEnter(elementAt(this.#client, at).placed) ? await this.report(at) : undefined;
  }

  /** Presses a button, or chooses an entry of a `…` menu. */
  press(at: At, entry?: Json): Promise<ActionResult> {
    const { place, placed } = elementAt(this.#client, at);
    if (placed.element.type !== "overflow") return act(this.#client, place, placed, {}, {});
    const option = optionsOf(placed.element).find((one) => sameJson(one, entry));
    if (option === undefined) throw new Error("That entry is not there any more.");
    return act(this.#client, place, placed, { selected_option: option }, {});
  }

  /** What Slack would hand the bot with something that this person does there. */
  ticket(channel: string): Ticket {
    return ticketFor(this.#client, channel);
  }

  /** What a menu offers after `typed` was typed into it. */
  async suggest(at: At, typed: string): Promise<Offer[]> {
    const found = await offers(this.#client, elementAt(this.#client, at), typed);
    this.#offered.set(keyOf(at), objectsOf(found.map(({ value }) => value)));
    return found;
  }
}

const keyOf = (at: At): string =>
  JSON.stringify(["view" in at ? at.view : [at.channel, at.ts], at.block, at.action]);
