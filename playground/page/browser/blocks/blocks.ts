import { asString, isObject, type JsonObject, objectsOf } from "../../../slack/json.ts";
import { h, place } from "../dom.ts";
import { drawElement } from "./element.ts";
import { drawInput } from "./input.ts";
import { drawRichText } from "./rich-text.ts";
import { picture, unknown } from "./stand-in.ts";
import type { Surface } from "./surface.ts";
import { drawTable } from "./table.ts";
import { drawText } from "./text.ts";

const drawn = new WeakMap<Node, string>();

/**
 * Shows blocks one under the other. Those that did not change are left alone, with the focus and
 * what is being typed in them. @returns whether any was there before.
 */
export function showBlocks(
  region: HTMLElement,
  blocks: readonly JsonObject[],
  surface: Surface,
): boolean {
  const before = new Map([...region.children].map((child) => [drawn.get(child), child]));
  let isKept = false;
  const wanted = blocks.map((block) => {
    const json = JSON.stringify(block);
    const known = before.get(json);
    isKept ||= known !== undefined;
    const element = known ?? drawBlock(block, surface);
    drawn.set(element, json);
    return element;
  });
  place(region, wanted);
  return isKept;
}

function drawBlock(block: JsonObject, surface: Surface): HTMLElement {
  const { reader } = surface;
  switch (block.type) {
    case "rich_text":
      return drawRichText(block, reader);
    case "header":
      return h("h3", { class: "b-header" }, ...drawText(block.text, reader));
    case "divider":
      return h("hr");
    case "section":
      return drawSection(block, surface);
    case "context":
      return h(
        "div",
        { class: "b-context" },
        ...objectsOf(block.elements).map((one) =>
          one.type === "image" ? picture(one) : h("span", {}, ...drawText(one, reader)),
        ),
      );
    case "actions":
      return h(
        "div",
        { class: "b-actions" },
        ...objectsOf(block.elements).map((one) => drawElement(block, one, surface)),
      );
    case "image":
      return picture(block);
    case "alert":
      return h(
        "p",
        { class: `b-alert ${asString(block.level)}`, role: "note" },
        ...drawText(block.text, reader),
      );
    case "markdown":
      return h("p", { class: "text" }, asString(block.text));
    case "table":
      return drawTable(block, reader);
    case "input":
      return drawInput(block, surface);
    default:
      return unknown(block);
  }
}

function drawSection(block: JsonObject, surface: Surface): HTMLElement {
  const { accessory } = block;
  return h(
    "div",
    { class: "b-section" },
    h(
      "div",
      { class: "b-words" },
      isObject(block.text) && h("p", { class: "text" }, ...drawText(block.text, surface.reader)),
      ...objectsOf(block.fields).map((one) =>
        h("p", { class: "text field" }, ...drawText(one, surface.reader)),
      ),
    ),
    isObject(accessory) &&
      (accessory.type === "image" ? picture(accessory) : drawElement(block, accessory, surface)),
  );
}
