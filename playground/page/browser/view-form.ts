import type { PageState, PageView } from "../state.ts";
import { drawBlocks } from "./blocks/blocks.ts";
import type { Surface } from "./blocks/surface.ts";
import { h } from "./dom.ts";
import { act, type Outcome } from "./net.ts";
import { readerOf } from "./reader.ts";
import { Typed } from "./typed.ts";
import { viewFrame } from "./view-frame.ts";

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
  const form = viewFrame(view, {
    id: "modal",
    before: depth > 1 && h("span", { class: "depth" }, `${depth} of 3`),
    heading: h("h2", { class: "title", id: "modal-title", tabindex: -1 }, view.title),
    content: h(
      "div",
      { class: "view", tabindex: 0, role: "group", "aria-label": view.title },
      ...drawBlocks(view.blocks, surface),
    ),
    close,
  });
  return { form, close, submit: () => after(() => act({ do: "submit", ...where })) };
}
