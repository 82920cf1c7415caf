import { asString, type JsonObject } from "../../../slack/json.ts";
import { h } from "../dom.ts";

/** What cannot be drawn is seen, not passed over. */
export const unknown = (given: JsonObject): HTMLElement =>
  h(
    "div",
    { class: "b-unknown" },
    h("b", {}, `The playground cannot draw "${asString(given.type)}".`),
    h("pre", { tabindex: 0 }, JSON.stringify(given, null, 2)),
  );

/** Pictures are never fetched: their alternative text stands for them. */
export const picture = (given: JsonObject): HTMLElement =>
  h(
    "span",
    { class: "b-image", role: "img", "aria-label": asString(given.alt_text) },
    `▨ ${asString(given.alt_text)}`,
  );
