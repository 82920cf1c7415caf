import { optionsOf } from "../blocks/composition.ts";
import { bareValue, elementValue } from "../form.ts";
import { asObject, asString, type Json, type JsonObject, objectsOf, sameJson } from "../json.ts";
import { enter, type Here, slotAt } from "./at.ts";
import type { Client } from "./client.ts";
import { labelOf } from "./fields.ts";
import { textValue } from "./fill.ts";
import { isOfIds, knownOffers } from "./offers.ts";

const isMany = (type: string): boolean => type.startsWith("multi_") || type === "checkboxes";

/** Whether the element is filled by choosing; into the others something is written. */
const isChoice = ({ type }: JsonObject): boolean =>
  /select$|^checkboxes$|^radio_buttons$/.test(asString(type));

/** What the person can choose now: what is offered, and what stands there already. */
const choices = (client: Client, here: Here, offered: readonly JsonObject[]): Json[] => {
  const { element } = here.placed;
  if (isOfIds(element)) return knownOffers(client, element).map(({ value }) => value);
  const before = bareValue(slotAt(client, here));
  const kept = Array.isArray(before) ? before : [before];
  return [...optionsOf(element), ...objectsOf(kept), ...offered];
};

const chosen = (
  client: Client,
  here: Here,
  value: Json,
  offered: readonly JsonObject[],
): JsonObject => {
  const { block, element } = here.placed;
  const label = labelOf(here.placed);
  const all = Array.isArray(value) ? value : value === null ? [] : [value];
  const known = choices(client, here, offered);
  if (!all.every((one) => known.some((choice) => sameJson(choice, one)))) {
    throw new Error(`"${label}" does not offer that any more.`);
  }
  if (isMany(asString(element.type))) {
    if (all.length > Number(element.max_selected_items ?? Number.POSITIVE_INFINITY)) {
      throw new Error(`Choose at most ${element.max_selected_items}.`);
    }
    return elementValue(element, all) ?? {};
  }
  if (all.length === 0 && block.optional !== true) throw new Error(`"${label}" needs a choice.`);
  return elementValue(element, all[0] ?? null) ?? {};
};

/** Whether the bot is told of a new value at once, and not only with the whole form. */
const isReported = ({ placed: { block, element, isInput } }: Here): boolean => {
  if (!isInput) return true;
  if (block.dispatch_action !== true) return false;
  if (!/^(plain_text|email_text|url_text|number)_input$/.test(asString(element.type))) return true;
  return triggersOf(element).includes("on_character_entered");
};

const triggersOf = ({ dispatch_action_config: config }: JsonObject): Json[] => {
  const given = asObject(config).trigger_actions_on;
  return Array.isArray(given) ? given : ["on_enter_pressed"];
};

/** Whether the bot is told when the person presses Enter there. */
export const reportsEnter = ({ block, element }: Here["placed"]): boolean =>
  block.dispatch_action === true && triggersOf(element).includes("on_enter_pressed");

/**
 * Puts a value into an element: a text, options, or ids. `offered` are the options that the bot
 * offered when it was asked. @returns whether the bot is to be told at once.
 */
export function put(
  client: Client,
  here: Here,
  value: Json,
  offered: readonly JsonObject[],
): boolean {
  const { element } = here.placed;
  const slot = isChoice(element)
    ? chosen(client, here, value, offered)
    : (elementValue(element, textValue(element, labelOf(here.placed), asString(value))) ?? {});
  enter(client, here.place, here.placed, slot);
  return isReported(here);
}
