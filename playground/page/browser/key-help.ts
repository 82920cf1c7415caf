import type { PageKey } from "../state.ts";
import { h } from "./dom.ts";

/** Puts the person's ready-made keys under a field that asks for one. */
export function keyHelp(form: HTMLElement, keys: readonly PageKey[]): void {
  for (const row of form.querySelectorAll<HTMLElement>(".b-input")) {
    const field = row.querySelector("input");
    if (row.querySelector(".key-help") !== null) continue;
    if (field === null || !/api key/i.test(row.querySelector("label")?.textContent ?? "")) continue;
    const buttons = keys.map(({ name, use, text }) =>
      h(
        "button",
        {
          type: "button",
          class: "chip",
          title: use,
          onclick: () => {
            field.value = text;
            field.dispatchEvent(new Event("input"));
            field.focus();
          },
        },
        name,
      ),
    );
    row.append(
      h(
        "div",
        { class: "key-help", role: "group", "aria-label": "Ready-made keys" },
        h("span", {}, "Playground: paste a key"),
        ...buttons,
      ),
    );
  }
}
