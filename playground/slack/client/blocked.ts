import { placedIn } from "../blocks/walk.ts";
import { bareValue } from "../form.ts";
import { asString, type Json, type JsonObject } from "../json.ts";
import type { View } from "../views.ts";
import { labelOf } from "./fields.ts";

const isEmpty = (value: Json): boolean =>
  value === null || value === "" || (Array.isArray(value) && value.length === 0);

const wrongNumber = (element: JsonObject, text: string): string | undefined => {
  const isDecimal = element.is_decimal_allowed === true;
  if (!(isDecimal ? /^-?(\d+\.?\d*|\.\d+)$/ : /^-?\d+$/).test(text)) {
    return isDecimal ? "Must be a number." : "Must be a whole number.";
  }
  const { min_value: least, max_value: most } = element;
  if (least !== undefined && Number(text) < Number(least)) return `Must be at least ${least}.`;
  if (most !== undefined && Number(text) > Number(most)) return `Must be at most ${most}.`;
  return undefined;
};

const wrongText = (element: JsonObject, text: string): string | undefined => {
  const { min_length: least = 0, max_length: most = 3000 } = element;
  if (text.length < Number(least)) return `Must be at least ${least} characters long.`;
  if (text.length > Number(most)) return `Must be at most ${most} characters long.`;
  if (element.type === "email_text_input" && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)) {
    return "Must be a valid email address.";
  }
  if (element.type === "url_text_input" && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(text)) {
    return "Must be a valid URL.";
  }
  return undefined;
};

const wrongWith = (element: JsonObject, value: Json): string | undefined => {
  if (Array.isArray(value) && value.length > Number(element.max_selected_items ?? 1e9)) {
    return `Choose at most ${element.max_selected_items}.`;
  }
  if (element.type === "number_input") return wrongNumber(element, String(value));
  return typeof value === "string" && asString(element.type).endsWith("_text_input")
    ? wrongText(element, value)
    : undefined;
};

/** Why the client does not send the form, by label; the bot never hears of it. */
export function blockedInputs({ blocks, values }: View): Record<string, string> {
  const blocked: Record<string, string> = {};
  for (const placed of placedIn(blocks).filter((one) => one.isInput)) {
    const { block, element } = placed;
    const slot = values[asString(block.block_id)]?.[asString(element.action_id)];
    const value = bareValue(slot);
    if (isEmpty(value)) {
      if (block.optional !== true)
        blocked[labelOf(placed)] = "Please complete this required field.";
      continue;
    }
    const wrong = wrongWith(element, value);
    if (wrong !== undefined) blocked[labelOf(placed)] = wrong;
  }
  return blocked;
}
