import { asObject, asString, type JsonObject } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import type { Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";

/** Whether the element is filled by typing. */
export const isTyped = ({ type }: JsonObject): boolean =>
  type === "number_input" || /^(plain|email|url)_text_input$/.test(asString(type));

/** A field for text or a number, on one line or several. */
export function drawTyping(
  block: JsonObject,
  element: JsonObject,
  surface: Surface,
  props: Readonly<Record<string, string>>,
): HTMLElement {
  const [blockId, actionId] = [asString(block.block_id), asString(element.action_id)];
  const placeholder = wordsOf(element.placeholder);
  const all = { ...props, placeholder, autocomplete: "off", spellcheck: "false" };
  const isNumber = element.type === "number_input";
  const field =
    element.multiline === true
      ? h("textarea", { ...all, rows: 3 })
      : h("input", { ...all, type: "text", ...(isNumber ? { inputmode: "numeric" } : {}) });
  field.value = asString(asObject(surface.values[blockId]?.[actionId]).value);
  field.addEventListener("input", () => surface.type(blockId, actionId, field.value));
  field.addEventListener("keydown", (event) => {
    const isEnter = event instanceof KeyboardEvent && event.key === "Enter";
    if (!isEnter || block.dispatch_action !== true) return;
    event.preventDefault();
    surface.enter(blockId, actionId);
  });
  return field;
}
