import { optionsOf } from "./blocks/composition.ts";
import { placedIn } from "./blocks/walk.ts";
import { asString, type Json, type JsonObject, objectsOf, own, sameJson } from "./json.ts";

/** What stands in the inputs of a view: by block id, then by action id. */
export type FormValues = { [blockId: string]: { [actionId: string]: JsonObject } };

/** Where each kind of element keeps its value, and what the element calls its first one. */
const places: Readonly<Record<string, readonly [key: string, initial: string, none: Json]>> = {
  plain_text_input: ["value", "initial_value", null],
  email_text_input: ["value", "initial_value", null],
  url_text_input: ["value", "initial_value", null],
  number_input: ["value", "initial_value", null],
  rich_text_input: ["rich_text_value", "initial_value", null],
  static_select: ["selected_option", "initial_option", null],
  external_select: ["selected_option", "initial_option", null],
  radio_buttons: ["selected_option", "initial_option", null],
  users_select: ["selected_user", "initial_user", null],
  conversations_select: ["selected_conversation", "initial_conversation", null],
  channels_select: ["selected_channel", "initial_channel", null],
  checkboxes: ["selected_options", "initial_options", []],
  multi_static_select: ["selected_options", "initial_options", []],
  multi_external_select: ["selected_options", "initial_options", []],
  multi_users_select: ["selected_users", "initial_users", []],
  multi_conversations_select: ["selected_conversations", "initial_conversations", []],
  multi_channels_select: ["selected_channels", "initial_channels", []],
  datepicker: ["selected_date", "initial_date", null],
  timepicker: ["selected_time", "initial_time", null],
  datetimepicker: ["selected_date_time", "initial_date_time", null],
  file_input: ["files", "", []],
};

/** An element's value as the bot is told it, or `undefined` for a button, which has none. */
export function elementValue(element: JsonObject, given?: Json): JsonObject | undefined {
  const type = asString(element.type);
  const place = own(places, type);
  if (place === undefined) return undefined;
  const [key, initial, none] = place;
  const value = given === undefined ? (element[initial] ?? none) : given;
  // An input that is emptied by hand is the same as one that was never touched.
  return { type, [key]: value === "" ? none : value };
}

/** The bare value inside what the bot is told. */
export const bareValue = (value: JsonObject | undefined): Json => {
  const place = own(places, asString(value?.type));
  return place === undefined ? null : (value?.[place[0]] ?? null);
};

/** The conversation that an element begins with where the person is in one, if it asks for that. */
const current = (element: JsonObject, channel: string | undefined): Json | undefined => {
  const isWanted = element.default_to_current_conversation === true && channel !== undefined;
  const [, initial = "", none] = own(places, asString(element.type)) ?? [];
  if (!isWanted || element[initial] !== undefined) return undefined;
  return Array.isArray(none) ? [channel] : channel;
};

/** What stands in blocks before anybody touches them; `channel` is where the person is. */
export function initialValues(blocks: readonly JsonObject[], channel?: string): FormValues {
  const values: FormValues = {};
  for (const { block, element } of placedIn(blocks)) {
    const value = elementValue(element, current(element, channel));
    if (value === undefined) continue;
    const blockId = asString(block.block_id);
    values[blockId] = { ...values[blockId], [asString(element.action_id)]: value };
  }
  return values;
}

interface Form {
  readonly blocks: readonly JsonObject[];
  readonly values: FormValues;
}

/** The values of a view that took the place of another: kept where both ids are the same. */
export function keptValues(before: Form, after: Form): FormValues {
  const values: FormValues = structuredClone(after.values);
  for (const { block, element } of placedIn(after.blocks)) {
    const blockId = asString(block.block_id);
    const actionId = asString(element.action_id);
    const old = before.values[blockId]?.[actionId];
    const slot = values[blockId];
    if (old === undefined || slot === undefined || old.type !== element.type) continue;
    if (canHold(element, old)) slot[actionId] = old;
  }
  return values;
}

/** A choice is kept only while it is still on offer. */
const canHold = (element: JsonObject, value: JsonObject): boolean => {
  const options = optionsOf(element);
  if (options.length === 0) return true;
  const bare = bareValue(value);
  const chosen = Array.isArray(bare) ? objectsOf(bare) : objectsOf([bare]);
  return chosen.every((one) => options.some((option) => sameJson(option, one)));
};
