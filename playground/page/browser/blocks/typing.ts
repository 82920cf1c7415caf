import { asString, type JsonObject } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import { tellOutcome } from "./outcome.ts";
import type { Ids, Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";

/** Whether the element is filled by typing. */
export const isTyped = ({ type }: JsonObject): boolean =>
  type === "number_input" || /^(plain|email|url)_text_input$/.test(asString(type));

/** A field for text or a number, on one line or several. */
export function drawTyping(
  block: JsonObject,
  element: JsonObject,
  { fields, enter }: Surface,
  props: Readonly<Record<string, string>>,
): HTMLElement {
  const ids: Ids = [asString(block.block_id), asString(element.action_id)];
  const placeholder = wordsOf(element.placeholder);
  const all = { ...props, placeholder, autocomplete: "off", spellcheck: "false" };
  const isNumber = element.type === "number_input";
  const field =
    element.multiline === true
      ? h("textarea", { ...all, rows: 3 })
      : h("input", { ...all, type: "text", ...(isNumber ? { inputmode: "numeric" } : {}) });
  fields.follow(...ids, (value) => {
    const text = value === null ? "" : String(value);
    if (field.value !== text) field.value = text;
  });
  field.addEventListener("input", () => fields.type(...ids, field.value));
  field.addEventListener("keydown", async (event) => {
    const isEnter = event instanceof KeyboardEvent && event.key === "Enter";
    if (!isEnter || block.dispatch_action !== true || event.isComposing) return;
    event.preventDefault();
    tellOutcome(field, await enter(...ids));
  });
  return field;
}
