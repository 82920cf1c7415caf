import type { Json } from "../../../slack/json.ts";
import { h, redraw } from "../dom.ts";

/** What was chosen where several may be, each with a button to take it away. */
export function drawChips(
  chips: HTMLElement,
  chosen: readonly Json[],
  words: (value: Json) => string,
  drop: (value: Json) => void,
): void {
  chips.hidden = chosen.length === 0;
  redraw(chips, chosen, () =>
    chosen.map((one) => {
      const label = `Remove ${words(one)}`;
      const props = { type: "button", "aria-label": label, onclick: () => drop(one) };
      // The field keeps the focus: were its list to close now, the button would move from under the mouse.
      const onmousedown = (event: Event): void => event.preventDefault();
      return h("li", {}, words(one), h("button", { ...props, onmousedown }, "✕"));
    }),
  );
}
