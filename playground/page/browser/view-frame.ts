import type { PageView } from "../state.ts";
import { type Child, h } from "./dom.ts";

/** What stands in the frame of a view. */
export interface Framed {
  /** Begins the ids of the frame's own elements. */
  readonly id: string;
  readonly before?: Child;
  readonly heading: HTMLHeadingElement;
  readonly content: HTMLElement;
  close(all: boolean): void;
}

/** A view's title, its content, and its buttons at the bottom. */
export const viewFrame = (
  { submit, close }: Pick<PageView, "submit" | "close">,
  framed: Framed,
): HTMLFormElement =>
  h(
    "form",
    { novalidate: true },
    h(
      "header",
      {},
      framed.before,
      framed.heading,
      button("cross", "✕", () => framed.close(true), "Close all"),
    ),
    h("div", { class: "trouble", role: "alert", hidden: true }),
    framed.content,
    h(
      "footer",
      {},
      button("button", close, () => framed.close(false)),
      submit !== null &&
        h("button", { type: "submit", class: "button primary", id: `${framed.id}-submit` }, submit),
    ),
  );

const button = (look: string, words: string, onclick: () => void, name?: string): HTMLElement =>
  h("button", { type: "button", class: look, "aria-label": name, onclick }, words);
