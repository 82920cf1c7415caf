import { isObject, type Json, objectsOf, sameJson } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import type { Choosing } from "./choice.ts";
import { elementId, type Surface } from "./surface.ts";
import { drawText } from "./text.ts";

/** Checkboxes or radio buttons, one under the other. */
export function drawList(surface: Surface, choosing: Choosing): HTMLElement {
  const { ids, element, named, choose } = choosing;
  const { reader, fields } = surface;
  const isMany = element.type === "checkboxes";
  const name = elementId(surface, ids);
  const rows = objectsOf(element.options).map((option, index) => {
    const type = isMany ? "checkbox" : "radio";
    const box = h("input", { type, name, id: `${name}-${index}` });
    return { box, option };
  });
  const chosen = (): Json => {
    const options = rows.filter(({ box }) => box.checked).map(({ option }) => option);
    return isMany ? options : (options[0] ?? null);
  };
  const lines = rows.map(({ box, option }) => {
    const hint = isObject(option.description) && drawText(option.description, reader);
    return h(
      "label",
      { for: box.id },
      box,
      h("span", {}, ...drawText(option.text, reader)),
      hint && h("span", { class: "hint" }, ...hint),
    );
  });
  const role = isMany ? "group" : "radiogroup";
  const list = h("div", { ...named, class: "options", role }, ...lines);
  list.addEventListener("change", () => choose(chosen(), list));
  fields.follow(...ids, (value) => {
    const all = Array.isArray(value) ? value : [value];
    for (const { box, option } of rows) box.checked = all.some((one) => sameJson(one, option));
  });
  return list;
}
