import { objectsOf, sameJson } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import type { Choosing } from "./choice.ts";
import type { Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";

/** A menu whose options came with it. */
export function drawSelect({ fields }: Surface, choosing: Choosing): HTMLElement {
  const { ids, element, isOptional, named, choose } = choosing;
  const groups = objectsOf(element.option_groups);
  const offered = [element, ...groups].map((of) => objectsOf(of.options));
  const options = offered.flat();
  const lines = offered.map((some) =>
    some.map((one) => h("option", { value: `${options.indexOf(one)}` }, wordsOf(one.text))),
  );
  const none = h("option", { value: "" }, wordsOf(element.placeholder) || "Choose…");
  const menu = h(
    "select",
    named,
    none,
    ...(lines[0] ?? []),
    ...groups.map((group, index) =>
      h("optgroup", { label: wordsOf(group.label) }, ...(lines[index + 1] ?? [])),
    ),
  );
  menu.addEventListener("change", () => choose(options[Number(menu.value || "-1")] ?? null, menu));
  fields.follow(...ids, (value) => {
    const at = options.findIndex((one) => sameJson(one, value));
    none.hidden = !isOptional && at >= 0;
    none.disabled = none.hidden;
    menu.value = at < 0 ? "" : `${at}`;
  });
  return menu;
}
