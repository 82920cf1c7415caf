import { asString, isObject, type JsonObject, objectsOf } from "../../../slack/json.ts";
import { readText } from "../../../slack/render/text.ts";
import { h } from "../dom.ts";
import { withMenu } from "../menu.ts";
import { drawChoice, isChoice } from "./choice.ts";
import { isAgreed } from "./confirm.ts";
import { drawDate, isDate } from "./date.ts";
import { whileBusy } from "./outcome.ts";
import { unknown } from "./stand-in.ts";
import { elementId, type Ids, type Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";

/** An element that people act on outside of a form's fields. */
export function drawElement(block: JsonObject, element: JsonObject, surface: Surface): HTMLElement {
  const ids: Ids = [asString(block.block_id), asString(element.action_id)];
  const id = elementId(surface, ids);
  if (element.type === "button") return drawButton(ids, id, element, surface);
  if (element.type === "overflow") return drawOverflow(ids, id, element, surface);
  const words = readText(block.text, surface.reader) || wordsOf(element.placeholder);
  const named = { id, "aria-label": words || asString(element.action_id) };
  if (isChoice(element)) return drawChoice(block, element, surface, named);
  if (isDate(element)) return drawDate(block, element, surface, named);
  return unknown(element);
}

const mayGoOn = async ({ confirm }: JsonObject, { reader }: Surface): Promise<boolean> =>
  !isObject(confirm) || (await isAgreed(confirm, reader));

function drawButton(ids: Ids, id: string, element: JsonObject, surface: Surface): HTMLElement {
  const label = asString(element.accessibility_label) || undefined;
  const look = { class: `button ${asString(element.style)}`, "aria-label": label };
  const button = h("button", { type: "button", id, ...look }, wordsOf(element.text));
  button.addEventListener("click", async () => {
    if (await mayGoOn(element, surface)) await whileBusy(button, () => surface.press(...ids));
  });
  return button;
}

function drawOverflow(ids: Ids, id: string, element: JsonObject, surface: Surface): HTMLElement {
  const props = { type: "button", id, class: "button", "aria-label": "More actions" };
  const button = h("button", props, "⋯");
  const entries = objectsOf(element.options).map((option) => ({
    words: wordsOf(option.text),
    hint: wordsOf(option.description),
    run: async () => {
      if (!(await mayGoOn(element, surface))) return;
      await whileBusy(button, () => surface.press(...ids, option));
    },
  }));
  return h("div", { class: "overflow" }, withMenu(button, entries));
}
