import { elementValue } from "../form.ts";
import { asString, type Json, type JsonObject, own } from "../json.ts";
import type { View } from "../views.ts";
import { fieldNamed } from "./fields.ts";

const forms: Readonly<Record<string, RegExp>> = {
  datepicker: /^\d{4}-\d\d-\d\d$/,
  timepicker: /^([01]\d|2[0-3]):[0-5]\d$/,
  datetimepicker: /^\d{10}$/,
};

/** What is typed, as the value of an element. @throws what the element does not take. */
export const textValue = (element: JsonObject, label: string, text: string): Json => {
  const type = asString(element.type);
  const form = own(forms, type);
  if (form !== undefined) {
    if (text === "") return null;
    if (!form.test(text)) throw new Error(`"${label}" is a ${type} and does not take "${text}"`);
    return type === "datetimepicker" ? Number(text) : text;
  }
  if (type !== "number_input" && !type.endsWith("_text_input")) {
    throw new Error(`nothing can be typed into "${label}", which is a ${type}`);
  }
  if (text.includes("\n") && element.multiline !== true) {
    throw new Error(`"${label}" has one line only`);
  }
  return text;
};

/** Where in the form a text goes that the person types, and as what. */
export function filled(
  view: View,
  label: string,
  text: string,
): { blockId: string; actionId: string; value: JsonObject } {
  const { block, element } = fieldNamed(view.blocks, label);
  return {
    blockId: asString(block.block_id),
    actionId: asString(element.action_id),
    value: elementValue(element, textValue(element, label, text)) ?? {},
  };
}
