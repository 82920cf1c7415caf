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

/** Makes these the children of a region. Those that stay in their place are not touched. */
export function place(region: HTMLElement, children: readonly Node[]): void {
  const back = keepFocus(region);
  const wanted = new Set(children);
  for (const child of [...region.childNodes]) if (!wanted.has(child)) child.remove();
  for (const [index, child] of children.entries()) {
    const there = region.childNodes[index];
    if (there !== child) region.insertBefore(child, there ?? null);
  }
  back();
}

/** Remembers what has the focus in a region. @returns what gives it back to whatever has that id. */
function keepFocus(region: HTMLElement): () => void {
  const before = document.activeElement;
  if (!(before instanceof HTMLElement) || !region.contains(before)) return () => undefined;
  const caret = isWritten(before) ? [before.selectionStart, before.selectionEnd] : [];
  return () => {
    const now = before.isConnected ? before : document.getElementById(before.id);
    if (now === null || now === document.activeElement) return;
    now.focus();
    const [start = null, end = null] = caret;
    if (isWritten(now) && start !== null) now.setSelectionRange(start, end);
  };
}

const isWritten = (element: HTMLElement): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement ||
  (element instanceof HTMLInputElement && element.type === "text");

/** Draws a region again if what it shows has changed, and leaves the focus where it was. */
export function redraw(region: HTMLElement, shows: unknown, build: () => readonly Child[]): void {
  const now = JSON.stringify(shows);
  if (drawn.get(region) === now) return;
  drawn.set(region, now);
  const children = build().filter((child) => child !== false && child !== undefined);
  place(
    region,
    children.map((child) => (typeof child === "string" ? document.createTextNode(child) : child)),
  );
}
