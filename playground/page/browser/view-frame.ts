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

/** A frame around a view, and what writes the view's own words on its buttons. */
export interface ViewFrame {
  readonly form: HTMLFormElement;
  say(words: Pick<PageView, "submit" | "close">): void;
}

/** A view's title, its content, and its buttons at the bottom. */
export function viewFrame({ id, before, heading, content, close }: Framed): ViewFrame {
  const cross = { type: "button", class: "cross", "aria-label": "Close all" };
  const back = h("button", { type: "button", class: "button", onclick: () => close(false) });
  const send = h("button", { type: "submit", class: "button primary", id: `${id}-submit` });
  const form = h(
    "form",
    { novalidate: true },
    h("header", {}, before, heading, h("button", { ...cross, onclick: () => close(true) }, "✕")),
    h("div", { class: "trouble", role: "alert", hidden: true }),
    content,
    h("footer", {}, back, send),
  );
  const say: ViewFrame["say"] = (words) => {
    back.textContent = words.close;
    send.textContent = words.submit ?? "";
    send.hidden = words.submit === null;
  };
  return { form, say };
}
