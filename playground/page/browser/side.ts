import type { PageState } from "../state.ts";
import { byId, h } from "./dom.ts";
import { drawInspector } from "./inspector.ts";
import { drawKnobs } from "./knobs.ts";
import { themeSwitch } from "./theme.ts";
import { drawTry } from "./try.ts";

const tabs = {
  try: { words: "Try this", draw: drawTry },
  inspector: { words: "Inspector", draw: drawInspector },
  knobs: { words: "Knobs", draw: drawKnobs },
} as const;

type Tab = keyof typeof tabs;

const isNarrow = matchMedia("(max-width: 1000px)");
let open: Tab | undefined = "try";

/** The switches in the bar: what stands beside the conversation, and the colours. */
export function drawTools(again: () => void): void {
  const names = Object.keys(tabs) as Tab[];
  const buttons = names.map((name) =>
    h(
      "button",
      {
        ...{ type: "button", class: "tool", id: `tool-${name}` },
        onclick: () => {
          open = open === name ? undefined : name;
          again();
        },
      },
      tabs[name].words,
    ),
  );
  byId("tools").append(...buttons, themeSwitch());
}

/** Makes room for the conversation where both do not fit. */
export function makeRoom(): void {
  if (isNarrow.matches && open !== undefined) byId(`tool-${open}`).click();
}

/** Opens the inspector, if it is not open. */
export function openInspector(): void {
  if (open !== "inspector") byId("tool-inspector").click();
}

/** Draws what stands beside the conversation. */
export function drawSide(state: PageState): void {
  for (const name of Object.keys(tabs)) {
    byId(`tool-${name}`).setAttribute("aria-pressed", String(name === open));
  }
  const side = byId("side");
  side.hidden = open === undefined;
  side.dataset.tab = open ?? "";
  if (open !== undefined) tabs[open].draw(side, state);
}
