import { asString, type JsonObject } from "../../../slack/json.ts";
import { h } from "../dom.ts";
import { notice } from "../notice.ts";
import type { Surface } from "./surface.ts";
import { wordsOf } from "./text.ts";

const PAUSE_MS = 250;

/** A menu that asks the bot for its options while the person types. */
export function drawLookup(
  element: JsonObject,
  surface: Surface,
  [block, action]: readonly [string, string],
  chosen: readonly string[],
  named: Readonly<Record<string, string>>,
): HTMLElement {
  const isMany = asString(element.type).startsWith("multi_");
  const least = typeof element.min_query_length === "number" ? element.min_query_length : 3;
  const listId = `${surface.id}-${action}-list`;
  const list = h("ul", { id: listId, class: "found", role: "listbox", hidden: true });
  const input = h("input", {
    ...{ type: "text", role: "combobox", autocomplete: "off", ...named },
    ...{ "aria-expanded": "false", "aria-controls": listId },
    placeholder: wordsOf(element.placeholder),
  });
  input.value = isMany ? "" : (chosen[0] ?? "");
  const taken = h("p", { class: "hint" }, isMany ? chosen.join(", ") : "");
  let at = -1;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
  };
  const mark = (index: number): void => {
    const entries = [...list.children];
    at = entries.length === 0 ? -1 : (index + entries.length) % entries.length;
    for (const [n, entry] of entries.entries()) entry.setAttribute("aria-selected", `${n === at}`);
    input.setAttribute("aria-activedescendant", at < 0 ? "" : `${listId}-${at}`);
  };
  const take = async (text: string, typed: string): Promise<void> => {
    show(false);
    const texts = isMany ? [...chosen.filter((one) => one !== text), text] : [text];
    input.value = isMany ? "" : text;
    const { refused } = await surface.choose(block, action, texts, typed);
    if (refused !== undefined) notice(refused);
    else if (isMany) taken.textContent = texts.join(", ");
  };
  const look = async (): Promise<void> => {
    const typed = input.value;
    if (typed.length < least) {
      show(false);
      return;
    }
    const { options = [], refused } = await surface.suggest(block, action, typed);
    if (refused !== undefined) notice(refused);
    if (input.value !== typed) return;
    list.replaceChildren(
      ...options.map((text, index) =>
        h(
          "li",
          {
            ...{ id: `${listId}-${index}`, role: "option", "aria-selected": "false" },
            onmousedown: (event) => {
              event.preventDefault();
              void take(text, typed);
            },
          },
          text,
        ),
      ),
    );
    if (options.length === 0) list.append(h("li", { class: "faint" }, "No results"));
    at = -1;
    show(true);
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE_MS);
  });
  input.addEventListener("focus", () => void (least === 0 && look()));
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Escape") {
      event.stopPropagation();
      show(false);
    } else if (event.key === "Enter" && at >= 0) {
      void take(list.children[at]?.textContent ?? "", input.value);
    } else return;
    event.preventDefault();
  });
  return h("div", { class: "lookup" }, taken, input, list);
}
