import { asObject, asString, isObject, type JsonObject } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import { drawChoice, isChoice } from "./choice.ts";
import { drawDate, isDate } from "./date.ts";
import { unknown } from "./stand-in.ts";
import { elementId, type Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";
import { drawTyping, isTyped } from "./typing.ts";

/** A field of a form with its label, its hint and room for what is wrong with it. */
export function drawInput(block: JsonObject, surface: Surface): HTMLElement {
  const element = asObject(block.element);
  const id = elementId(surface, [asString(block.block_id), asString(element.action_id)]);
  const hint = wordsOf(block.hint);
  const isOptional = block.optional === true;
  const described = [...(hint === "" ? [] : [`${id}-hint`]), `${id}-error`].join(" ");
  const more = {
    "aria-describedby": described,
    ...(isOptional ? {} : { "aria-required": "true" }),
  };
  const grouped = { id, "aria-labelledby": `${id}-label`, "aria-describedby": described };
  const isGroup = element.type === "checkboxes" || element.type === "radio_buttons";
  const field = isTyped(element)
    ? drawTyping(block, element, surface, { id, ...more })
    : isChoice(element)
      ? drawChoice(block, element, surface, isGroup ? grouped : { id, ...more })
      : isDate(element)
        ? drawDate(block, element, surface, { id, ...more })
        : unknown(element);
  const label = [
    wordsOf(block.label),
    isOptional
      ? h("span", { class: "optional" }, " (optional)")
      : h("span", { class: "required", "aria-hidden": "true" }, " *"),
  ];
  return h(
    "div",
    { class: "b-input", "data-block": asString(block.block_id) },
    isGroup
      ? h("span", { class: "label", id: `${id}-label` }, ...label)
      : h("label", { class: "label", for: id }, ...label),
    field,
    isObject(block.hint) && h("p", { class: "hint", id: `${id}-hint` }, hint),
    h("p", { class: "error", id: `${id}-error` }),
  );
}

/** Shows what is wrong under the fields of a form, and nothing under the others. */
export function showErrors(form: HTMLElement, errors: Readonly<Record<string, string>>): void {
  for (const row of form.querySelectorAll<HTMLElement>("[data-block]")) {
    const error = errors[row.dataset.block ?? ""];
    const words = row.querySelector<HTMLElement>(".error");
    if (words !== null) words.textContent = error ?? "";
    const field = row.querySelector("input, textarea, select");
    if (error === undefined) field?.removeAttribute("aria-invalid");
    else field?.setAttribute("aria-invalid", "true");
  }
}

/** Goes to the first field with something wrong. */
export function focusFirstError(form: HTMLElement): void {
  const field = form.querySelector<HTMLElement>("[aria-invalid]");
  field?.focus();
  field?.closest("[data-block]")?.scrollIntoView({ block: "nearest" });
}
