import { optionsOf } from "../blocks/composition.ts";
import { bareValue } from "../form.ts";
import { asString, isObject, type Json, type JsonObject, sameJson } from "../json.ts";
import type { Reader } from "./reader.ts";
import { readText } from "./text.ts";

const readChoice = (value: Json, reader: Reader): string => {
  if (isObject(value)) return readText(value.text, reader);
  const id = String(value);
  if (/^[UW][A-Z0-9]{8,}$/.test(id)) return `@${reader.personName(id)}`;
  return /^[CDG][A-Z0-9]{8,}$/.test(id) ? `#${reader.channelName(id)}` : id;
};

/** The list under checkboxes and radio buttons, with what is chosen marked. */
const readList = (element: JsonObject, value: Json, reader: Reader): string => {
  const chosen = Array.isArray(value) ? value : [value];
  return optionsOf(element)
    .map((option) => {
      const isChosen = chosen.some((one) => sameJson(one, option));
      const description = option.description ? ` (${readText(option.description, reader)})` : "";
      return `(${isChosen ? "x" : " "}) ${readText(option.text, reader)}${description}`;
    })
    .join(" ");
};

/** What stands in an element, or what it says while nothing does. */
export function readValue(
  element: JsonObject,
  slot: JsonObject | undefined,
  reader: Reader,
): string {
  const value = bareValue(slot);
  if (element.type === "checkboxes" || element.type === "radio_buttons") {
    return readList(element, value, reader);
  }
  if (Array.isArray(value) && value.length > 0) {
    return value.map((one) => readChoice(one, reader)).join(", ");
  }
  if (value !== null && !Array.isArray(value)) return readChoice(value, reader);
  const placeholder = readText(element.placeholder, reader);
  return placeholder === "" ? "…" : `(${placeholder})`;
}

/** An element outside of a form, as a person sees it. */
export function readElement(
  element: JsonObject,
  slot: JsonObject | undefined,
  reader: Reader,
): string {
  switch (element.type) {
    case "button":
      return `[${readText(element.text, reader)}]`;
    case "overflow":
      return `[… ${optionsOf(element)
        .map((option) => readText(option.text, reader))
        .join(" | ")}]`;
    case "image":
      return `[image: ${asString(element.alt_text)}]`;
    case "plain_text":
    case "mrkdwn":
      return readText(element, reader);
    default:
      return slot === undefined && !asString(element.type).includes("_")
        ? `[?${element.type}]`
        : `[${readValue(element, slot, reader)} ▾]`;
  }
}
