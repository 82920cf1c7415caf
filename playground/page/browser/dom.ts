type Value = string | number | boolean | undefined | ((event: Event) => void);

export type Child = Node | string | false | undefined;

/**
 * An element with attributes and children. A function is a listener (`onclick`), `true` an empty
 * attribute, `false` and `undefined` none. Texts stay texts.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  props: Readonly<Record<string, Value>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== false && child !== undefined));
  return element;
}

/** The element of the page with that id. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

const drawn = new WeakMap<HTMLElement, string>();

/** Draws a region again if what it shows has changed, and leaves the focus where it was. */
export function redraw(region: HTMLElement, shows: unknown, build: () => readonly Child[]): void {
  const now = JSON.stringify(shows);
  if (drawn.get(region) === now) return;
  drawn.set(region, now);
  const focused = region.contains(document.activeElement) ? document.activeElement?.id : undefined;
  region.replaceChildren(...build().filter((child) => child !== false && child !== undefined));
  if (focused) document.getElementById(focused)?.focus();
}
