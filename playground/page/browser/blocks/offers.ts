import type { Offer } from "../../../slack/client/offers.ts";
import {
  asString,
  isObject,
  type Json,
  type JsonObject,
  objectsOf,
  sameJson,
} from "../../../slack/json.ts";
import type { Reader } from "../../../slack/render/reader.ts";
import { wordsOf } from "./text.ts";

/** How many letters Slack waits for before it asks the bot; of itself it asks at once. */
export const leastLetters = ({ type, min_query_length: least }: JsonObject): number => {
  if (!asString(type).endsWith("external_select")) return 0;
  return typeof least === "number" ? least : 3;
};

/** A value of a menu as it is read: an option, or the id of somebody or of a conversation. */
export const wordsOfValue = (value: Json, { type }: JsonObject, reader: Reader): string => {
  if (isObject(value)) return wordsOf(value.text);
  const id = asString(value);
  return asString(type).endsWith("users_select") ? reader.personName(id) : reader.channelName(id);
};

/** Whether two values mean the same: what an option says of itself may change, its value does not. */
export const sameChoice = (one: Json, other: Json): boolean =>
  isObject(one) && isObject(other) ? sameJson(one.value, other.value) : sameJson(one, other);

const linesOf = (of: JsonObject, group?: string): Offer[] =>
  objectsOf(of.options).map((one) => ({
    words: wordsOf(one.text),
    value: one,
    ...(group === undefined ? {} : { group }),
  }));

/** What a menu that came with its options offers; `undefined` if it has to ask for them. */
export function offersIn(element: JsonObject, typed: string): Offer[] | undefined {
  if (!asString(element.type).endsWith("static_select")) return undefined;
  const groups = objectsOf(element.option_groups);
  const all = [...linesOf(element), ...groups.flatMap((one) => linesOf(one, wordsOf(one.label)))];
  return all.filter(({ words }) => words.toLowerCase().includes(typed.toLowerCase()));
}
