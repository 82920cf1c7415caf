import { placedIn } from "../blocks/walk.ts";
import type { Core } from "../core.ts";
import { asObject, asString, type JsonObject } from "../json.ts";
import type { Reader } from "../render/reader.ts";
import { renderView } from "../render/render.ts";
import type { View } from "../views.ts";
import { labelOf } from "./fields.ts";

/** A view of a modal as a person sees it. It is read afresh each time; once closed, it stays as it was. */
export class OpenModal {
  readonly id: string;
  readonly #core: Core;
  readonly #reader: Reader;
  #last: View;

  constructor(core: Core, reader: Reader, view: View) {
    this.id = view.id;
    this.#core = core;
    this.#reader = reader;
    this.#last = view;
  }

  /** The view as it is now. */
  get view(): View {
    this.#last = this.#core.views.find(this.id) ?? this.#last;
    return this.#last;
  }

  get isOpen(): boolean {
    return this.#core.views.find(this.id) !== undefined;
  }

  get title(): string {
    return asString(asObject(this.view.content.title).text);
  }

  get callbackId(): string {
    return asString(this.view.content.callback_id);
  }

  get privateMetadata(): string {
    return asString(this.view.content.private_metadata);
  }

  get externalId(): string {
    return asString(this.view.content.external_id);
  }

  get hash(): string {
    return this.view.hash;
  }

  get blocks(): readonly JsonObject[] {
    return this.view.blocks;
  }

  /** What the button that sends the form says; `undefined` if there is none. */
  get submitText(): string | undefined {
    return asString(asObject(this.view.content.submit).text) || undefined;
  }

  /** The labels of the inputs, in order. */
  get labels(): string[] {
    return placedIn(this.blocks)
      .filter((placed) => placed.isInput)
      .map(labelOf);
  }

  /** The texts of the buttons in the view. */
  get buttons(): string[] {
    return placedIn(this.blocks)
      .filter(({ element }) => element.type === "button")
      .map(({ element }) => asString(asObject(element.text).text));
  }

  /** The errors under the inputs, by label. */
  get errors(): Record<string, string> {
    return errorsByLabel(this.view);
  }

  get lines(): string[] {
    return renderView(this.view, this.#reader);
  }

  get text(): string {
    return this.lines.join("\n");
  }
}

/** The errors of a view, with the labels under which they stand. */
export const errorsByLabel = ({ blocks, errors }: View): Record<string, string> =>
  Object.fromEntries(
    placedIn(blocks).flatMap((placed) => {
      const error = placed.isInput ? errors[asString(placed.block.block_id)] : undefined;
      return error === undefined ? [] : [[labelOf(placed), error]];
    }),
  );
