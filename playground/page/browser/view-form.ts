import type { PageState, PageView } from "../state.ts";
import { drawBlocks } from "./blocks/blocks.ts";
import type { Surface } from "./blocks/surface.ts";
import { type Child, h } from "./dom.ts";
import { act, type Outcome } from "./net.ts";
import { readerOf } from "./reader.ts";
import { Typed } from "./typed.ts";

/** A view that is open, drawn, with what can be done in it. */
export interface ViewForm {
  readonly form: HTMLFormElement;
  /** Sends the form, after everything that was typed has arrived. */
  submit(): Promise<Outcome>;
  close(all: boolean): Promise<Outcome>;
}

/** Draws a view: its title, its blocks, and its buttons at the bottom. */
export function viewForm(state: PageState, view: PageView, depth: number): ViewForm {
  const as = state.me.name;
  const where = { as, view: view.id };
  const typed = new Typed(where);
  const after = (send: () => Promise<Outcome>): Promise<Outcome> => typed.settle().then(send);
  const close = (all: boolean): Promise<Outcome> => {
    typed.drop();
    return act({ do: "close", ...where, all });
  };
  const surface: Surface = {
    id: view.id,
    reader: readerOf(state),
    names: state.names,
    values: view.values,
    press: (action, text) => after(() => act({ do: "press", ...where, action, text })),
    choose: (block, action, options, looked) =>
      after(() =>
        act({
          ...{ do: "choose", ...where, block, action, options: [...options] },
          ...(looked === undefined ? {} : { typed: looked }),
        }),
      ),
    type: (block, action, value) => typed.put(block, action, value),
    enter: (block, action) => void after(() => act({ do: "enter", ...where, block, action })),
    suggest: (block, action, looked) =>
      act({ do: "suggest", ...where, block, action, typed: looked }),
  };
  const form = h(
    "form",
    { novalidate: true },
    h(
      "header",
      {},
      depth > 1 && h("span", { class: "depth" }, `${depth} of 3`),
      h("h2", { id: "modal-title", tabindex: -1 }, view.title),
      h(
        "button",
        { type: "button", class: "cross", "aria-label": "Close all", onclick: () => close(true) },
        "✕",
      ),
    ),
    h("div", { class: "trouble", role: "alert", hidden: true }),
    h(
      "div",
      { class: "view", tabindex: 0, role: "group", "aria-label": view.title },
      ...drawBlocks(view.blocks, surface),
    ),
    h(
      "footer",
      {},
      h("button", { type: "button", class: "button", onclick: () => close(false) }, view.close),
      submitButton(view),
    ),
  );
  return { form, close, submit: () => after(() => act({ do: "submit", ...where })) };
}

const submitButton = ({ submit }: PageView): Child =>
  submit !== null && h("button", { type: "submit", class: "button primary", id: "submit" }, submit);
