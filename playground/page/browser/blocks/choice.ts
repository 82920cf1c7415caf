import { asObject, asString, isObject, type JsonObject, objectsOf } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import { notice } from "../notice.ts";
import { drawLookup } from "./lookup.ts";
import type { Surface } from "./surface.ts";
import { drawText, wordsOf } from "./text.ts";

type Named = Readonly<Record<string, string>>;

/** Whether the element offers a choice. */
export const isChoice = ({ type }: JsonObject): boolean =>
  /select$|^checkboxes$|^radio_buttons$/.test(asString(type));

/** A menu, radio buttons or checkboxes. */
export function drawChoice(
  block: JsonObject,
  element: JsonObject,
  surface: Surface,
  named: Named,
): HTMLElement {
  const type = asString(element.type);
  const ids = [asString(block.block_id), asString(element.action_id)] as const;
  const chosen = chosenIn(asObject(surface.values[ids[0]]?.[ids[1]]), surface);
  const choose = async (texts: readonly string[]): Promise<void> => {
    const { refused } = await surface.choose(...ids, texts);
    if (refused !== undefined) notice(refused);
  };
  if (type === "checkboxes" || type === "radio_buttons") {
    return drawList(element, surface, { ids, chosen, choose, named });
  }
  if (type.endsWith("external_select")) return drawLookup(element, surface, ids, chosen, named);
  return drawMenu(element, surface, { chosen, choose, named });
}

const chosenIn = ({ type: _, ...slot }: JsonObject, { names }: Surface): string[] => {
  const { selected_option: one, selected_options: many } = slot;
  const options = isObject(one) ? [one] : objectsOf(many);
  if (options.length > 0) return options.map((option) => wordsOf(option.text));
  const ids = Object.values(slot)
    .flat()
    .filter((value) => typeof value === "string");
  return ids.map((id) => names.people[id] ?? names.channels[id] ?? id);
};

interface Choosing {
  readonly chosen: readonly string[];
  readonly choose: (texts: readonly string[]) => Promise<void>;
  readonly named: Named;
}

function drawList(
  element: JsonObject,
  surface: Surface,
  { ids, chosen, choose, named }: Choosing & { readonly ids: readonly [string, string] },
): HTMLElement {
  const type = element.type === "checkboxes" ? "checkbox" : "radio";
  const name = `${surface.id}-${ids.join("-")}`;
  const boxes = objectsOf(element.options).map((option, index) => {
    const box = h("input", { type, name, id: `${name}-${index}`, value: wordsOf(option.text) });
    box.checked = chosen.includes(box.value);
    return { box, option };
  });
  const list = h("div", { class: "options", role: "group", ...named });
  for (const { box, option } of boxes) {
    box.addEventListener("change", () =>
      choose(boxes.filter((one) => one.box.checked).map((one) => one.box.value)),
    );
    list.append(
      h(
        "label",
        { for: box.id },
        box,
        h("span", {}, ...drawText(option.text, surface.reader)),
        isObject(option.description) &&
          h("span", { class: "hint" }, ...drawText(option.description, surface.reader)),
      ),
    );
  }
  return list;
}

const offered = (element: JsonObject, { names }: Surface): (string | [string, string[]])[] => {
  const type = asString(element.type);
  const texts = (of: unknown): string[] => objectsOf(of).map((one) => wordsOf(one.text));
  if (type.endsWith("users_select")) return Object.values(names.people);
  if (/(conversations|channels)_select$/.test(type)) return Object.values(names.channels);
  const groups = objectsOf(element.option_groups);
  if (groups.length === 0) return texts(element.options);
  return groups.map((group) => [wordsOf(group.label), texts(group.options)]);
};

function drawMenu(
  element: JsonObject,
  surface: Surface,
  { chosen, choose, named }: Choosing,
): HTMLElement {
  const multiple = asString(element.type).startsWith("multi_");
  const entry = (text: string): HTMLOptionElement => {
    const option = h("option", { value: text }, text);
    option.selected = chosen.includes(text);
    return option;
  };
  const placeholder = h("option", { value: "" }, wordsOf(element.placeholder) || "Choose…");
  const menu = h(
    "select",
    { multiple, ...named },
    !multiple && chosen.length === 0 && placeholder,
    ...offered(element, surface).map((one) =>
      typeof one === "string" ? entry(one) : h("optgroup", { label: one[0] }, ...one[1].map(entry)),
    ),
  );
  menu.addEventListener("change", () => {
    const texts = [...menu.selectedOptions].map((option) => option.value);
    return choose(texts.filter((text) => text !== ""));
  });
  return menu;
}
