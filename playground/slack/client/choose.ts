import { optionsOf } from "../blocks/composition.ts";
import type { Placed } from "../blocks/walk.ts";
import { elementValue } from "../form.ts";
import { asObject, asString, type Json, type JsonObject } from "../json.ts";
import { decodeEntities } from "../mrkdwn.ts";
import type { Place } from "./act.ts";
import type { Client } from "./client.ts";
import { labelOf } from "./fields.ts";
import { minQueryLength, suggest } from "./suggest.ts";

/** The text of an option as it is shown. */
export const optionText = (option: JsonObject): string => {
  const text = asObject(option.text);
  return text.type === "mrkdwn" ? decodeEntities(asString(text.text)) : asString(text.text);
};

const isMany = (type: string): boolean => type.startsWith("multi_") || type === "checkboxes";

const pick = (options: readonly JsonObject[], text: string, label: string): JsonObject => {
  const found = options.find((option) => optionText(option) === text);
  if (found !== undefined) return found;
  const offered = options.map((option) => JSON.stringify(optionText(option))).join(", ");
  throw new Error(`"${label}" does not offer "${text}", only: ${offered || "nothing"}`);
};

/** What a person looks through first, and then types, until they see the option. */
const pickRemote = async (
  client: Client,
  place: Place,
  placed: Placed,
  text: string,
  typed: string | undefined,
): Promise<JsonObject> => {
  if (typed === undefined && minQueryLength(placed.element) === 0) {
    const shown = optionsOf(await suggest(client, place, placed, ""));
    const found = shown.find((option) => optionText(option) === text);
    if (found !== undefined) return found;
  }
  const found = optionsOf(await suggest(client, place, placed, typed ?? text));
  return pick(found, text, labelOf(placed));
};

const pickId = ({ core: { workspace } }: Client, type: string, text: string): Json => {
  if (type.endsWith("users_select")) {
    const member = workspace.people().find((one) => one.name === text || one.realName === text);
    if (member === undefined) throw new Error(`there is nobody called ${text}`);
    return member.id;
  }
  return workspace.channelOf(text).id;
};

/**
 * The value of an element after the person chose `texts` in it: exactly these, where several may
 * be chosen.
 */
export async function chosen(
  client: Client,
  place: Place,
  placed: Placed,
  given: string | readonly string[],
  typed?: string,
): Promise<JsonObject> {
  const { element } = placed;
  const texts = typeof given === "string" ? [given] : given;
  const type = asString(element.type);
  const label = labelOf(placed);
  const pickOne = (text: string): Json | Promise<Json> => {
    if (type.endsWith("external_select")) return pickRemote(client, place, placed, text, typed);
    if (/(users|conversations|channels)_select$/.test(type)) return pickId(client, type, text);
    return pick(optionsOf(element), text, label);
  };
  if (!/select$|^checkboxes$|^radio_buttons$|^overflow$/.test(type)) {
    throw new Error(`nothing can be chosen in "${label}", which is a ${type}`);
  }
  if (!isMany(type) && texts.length > 1) throw new Error(`"${label}" takes one choice`);
  if (texts.length > Number(element.max_selected_items ?? Number.POSITIVE_INFINITY)) {
    throw new Error(`"${label}" takes at most ${element.max_selected_items}`);
  }
  const values: Json[] = [];
  for (const text of texts) values.push(await pickOne(text));
  if (type === "overflow") return { selected_option: values[0] ?? null };
  return elementValue(element, isMany(type) ? values : (values[0] ?? null)) ?? {};
}
