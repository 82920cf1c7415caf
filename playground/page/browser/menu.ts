import { h } from "./dom.ts";

/** One line of a menu. */
export interface Entry {
  readonly words: string;
  readonly hint?: string;
  readonly run: () => unknown;
}

let count = 0;

/** Opens a menu at the button that has the focus, and gives the focus back when it closes. */
function openMenu(button: HTMLElement, entries: readonly Entry[]): void {
  count += 1;
  const items = entries.map(({ words, hint, run }) =>
    h(
      "button",
      {
        ...{ type: "button", role: "menuitem", tabindex: -1, class: "entry" },
        onclick: () => {
          menu.hidePopover();
          run();
        },
      },
      words,
      hint !== undefined && h("span", { class: "hint" }, hint),
    ),
  );
  const label = button.getAttribute("aria-label") ?? button.textContent ?? "";
  const props = { id: `menu-${count}`, class: "menu", role: "menu", "aria-label": label };
  const menu = h("div", { ...props, popover: "auto" }, ...items);
  const step = (event: KeyboardEvent): number | undefined => {
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    return Object.entries(steps).find(([key]) => key === event.key)?.[1];
  };
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      menu.hidePopover();
    }
    const to = step(event);
    if (to === undefined) return;
    event.preventDefault();
    items.at(to % items.length)?.focus();
  });
  menu.addEventListener("toggle", (event) => {
    if ((event as ToggleEvent).newState === "open") return;
    const hadFocus =
      menu.contains(document.activeElement) || document.activeElement === document.body;
    button.setAttribute("aria-expanded", "false");
    menu.remove();
    if (hadFocus) button.focus();
  });
  button.after(menu);
  button.setAttribute("aria-expanded", "true");
  menu.showPopover();
  beside(button, menu);
  items[0]?.focus();
}

/** Puts a menu under its button, or above it where there is no room. */
function beside(button: HTMLElement, menu: HTMLElement): void {
  const { left, top, bottom } = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const isAbove = bottom + height + 8 > innerHeight;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${isAbove ? Math.max(8, top - height - 4) : bottom + 4}px`;
}

/** Makes a button open a menu. */
export function withMenu(button: HTMLElement, entries: readonly Entry[]): HTMLElement {
  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  let wasOpen = false;
  // The press itself closes an open menu before the click arrives.
  button.addEventListener("pointerdown", () => {
    wasOpen = button.getAttribute("aria-expanded") === "true";
  });
  button.addEventListener("click", () => {
    if (!wasOpen) openMenu(button, entries);
    wasOpen = false;
  });
  return button;
}
