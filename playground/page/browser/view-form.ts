import type { PageState, PageView } from "../state.ts";
import { showBlocks } from "./blocks/blocks.ts";
import { h } from "./dom.ts";
import { act, type Outcome } from "./net.ts";
import { surfaceFor } from "./use.ts";
import { viewFrame } from "./view-frame.ts";

/** A view that is open, drawn, with what can be done in it. */
export interface ViewForm {
  readonly form: HTMLFormElement;
  /** Shows the view as it is now. @returns whether anything of it was there before. */
  update(state: PageState, view: PageView): boolean;
  /** Sends the form, after everything that was typed has arrived. */
  submit(): Promise<Outcome>;
  close(all: boolean): Promise<Outcome>;
  /** Sends what was typed: the view goes out of sight. */
  leave(): void;
}

/** Draws a view: its title, its blocks, and its buttons at the bottom. */
export function viewForm(state: PageState, { id }: PageView, depth: number): ViewForm {
  const where = { as: state.me.name, view: id };
  const surface = surfaceFor(state, id, where);
  const { fields } = surface;
  const close = (all: boolean): Promise<Outcome> => {
    fields.drop();
    return act({ do: "close", ...where, all });
  };
  const title = h("h2", { class: "title", id: "modal-title", tabindex: -1 });
  const blocks = h("div", { class: "view", tabindex: 0, role: "group" });
  const { form, say } = viewFrame({
    id: "modal",
    before: depth > 1 && h("span", { class: "depth" }, `${depth} of 3`),
    heading: title,
    content: blocks,
    close,
  });
  const update = ({ revision }: PageState, view: PageView): boolean => {
    title.textContent = view.title;
    blocks.setAttribute("aria-label", view.title);
    say(view);
    const isKept = showBlocks(blocks, view.blocks, surface);
    fields.update(view.values, revision);
    if (!isKept) blocks.scrollTop = 0;
    return isKept;
  };
  const submit = async (): Promise<Outcome> => {
    await fields.settle();
    return await act({ do: "submit", ...where });
  };
  return { form, update, close, submit, leave: () => fields.leave() };
}
