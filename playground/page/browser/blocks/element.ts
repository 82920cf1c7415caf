import { asString, isObject, type JsonObject, objectsOf } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import type { Outcome } from "../net.ts";
import { notice } from "../notice.ts";
import { drawChoice, isChoice } from "./choice.ts";
import { isAgreed } from "./confirm.ts";
import { drawDate, isDate } from "./date.ts";
import { unknown } from "./stand-in.ts";
import type { Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";

/** An element that people act on outside of a form's fields. */
export function drawElement(block: JsonObject, element: JsonObject, surface: Surface): HTMLElement {
  if (element.type === "button") return drawButton(block, element, surface);
  if (element.type === "overflow") return drawOverflow(element, surface);
  const name = wordsOf(block.text) || wordsOf(element.placeholder) || asString(element.action_id);
  if (isChoice(element)) return drawChoice(block, element, surface, { "aria-label": name });
  if (isDate(element)) return drawDate(block, element, surface, { "aria-label": name });
  return unknown(element);
}

/** Does something while a button shows that it is on its way, and says beside it if it failed. */
async function whileBusy(button: HTMLElement, run: () => Promise<Outcome>): Promise<void> {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const { refused, error, url } = await run();
  button.removeAttribute("aria-busy");
  if (refused !== undefined) notice(refused);
  if (url !== undefined) notice(`In Slack this opens ${url}`);
  button.parentElement?.querySelector(".warning")?.remove();
  if (error !== undefined) {
    button.after(
      h("span", { class: "warning", role: "alert" }, `⚠ This app did not respond (${error}).`),
    );
  }
}

function drawButton(block: JsonObject, element: JsonObject, surface: Surface): HTMLElement {
  const action = asString(element.action_id);
  const text = wordsOf(element.text);
  const button = h(
    "button",
    {
      type: "button",
      id: `${surface.id}-${asString(block.block_id)}-${action}`,
      class: `button ${asString(element.style)}`,
      "aria-label": asString(element.accessibility_label) || undefined,
      onclick: async () => {
        if (isObject(element.confirm) && !(await isAgreed(element.confirm, surface.reader))) return;
        await whileBusy(button, () => surface.press(action, text));
      },
    },
    text,
  );
  return button;
}

function drawOverflow(element: JsonObject, surface: Surface): HTMLElement {
  const menu = h("div", { class: "menu" });
  for (const option of objectsOf(element.options)) {
    const text = wordsOf(option.text);
    const button = h("button", { type: "button", class: "entry" }, text);
    button.addEventListener("click", async () => {
      if (isObject(element.confirm) && !(await isAgreed(element.confirm, surface.reader))) return;
      await whileBusy(button, () => surface.press(asString(element.action_id), text));
      button.closest("details")?.removeAttribute("open");
    });
    menu.append(button);
  }
  return h(
    "details",
    { class: "overflow" },
    h("summary", { class: "button", "aria-label": "More actions" }, "⋯"),
    menu,
  );
}
