import { type Child, h } from "./dom.ts";

const opened = new Set<string>();

/** Opens it the next time that it is drawn. */
export const unfold = (id: string): void => void opened.add(id);

/** A list of things of which each can be opened to see all of it. What was opened stays open. */
export const foldedList = (hint: string, nothing: string, rows: readonly HTMLElement[]) => [
  h("p", { class: "hint" }, hint),
  rows.length === 0 ? h("p", { class: "nothing" }, nothing) : h("ul", { class: "folded" }, ...rows),
];

/** One of them: what stands in its line, and what it holds. */
export function folded(id: string, line: readonly Child[], ...all: readonly Child[]): HTMLElement {
  const details = h(
    "details",
    { open: opened.has(id) },
    h("summary", { id: `seen-${id}` }, ...line),
    ...all,
  );
  details.addEventListener("toggle", () => {
    if (details.open) opened.add(id);
    else opened.delete(id);
  });
  return h("li", {}, details);
}

/** A text as it is, under its name. */
export const part = (words: string, text: string): HTMLElement =>
  h("div", {}, h("h3", {}, words), h("pre", { tabindex: 0 }, text));
