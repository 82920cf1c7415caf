import type { PageChannel, PageMessage, PageState } from "../state.ts";
import type { Surface } from "./blocks/surface.ts";
import { inMessage } from "./in-message.ts";
import { drawMessage } from "./message.ts";

interface Known {
  readonly json: string;
  readonly element: HTMLElement;
  readonly surface: Surface;
}

/** The messages that one region of the page shows. What did not change is drawn only once. */
export class MessageList {
  readonly #region: string;
  readonly #drawn = new Map<string, Known>();

  constructor(region: string) {
    this.#region = region;
  }

  get size(): number {
    return this.#drawn.size;
  }

  /** Forgets all of it: other messages are shown from now on. */
  clear(): void {
    this.#drawn.clear();
  }

  element(state: PageState, channel: PageChannel, message: PageMessage): HTMLElement {
    const { values, ...says } = message;
    const replies = channel.messages.filter(({ threadTs }) => threadTs === message.ts).length;
    const json = JSON.stringify([says, replies]);
    const known = this.#drawn.get(message.ts);
    if (known?.json === json) return known.element;
    const surface = known?.surface ?? inMessage(state, this.#region, channel.id, message);
    surface.fields.update(values, state.revision);
    const element = drawMessage(state, channel, message, { surface, replies });
    this.#drawn.set(message.ts, { json, element, surface });
    return element;
  }

  /** Takes what the person chose in the messages. */
  update({ revision }: PageState, messages: readonly PageMessage[]): void {
    for (const { ts, values } of messages) {
      this.#drawn.get(ts)?.surface.fields.update(values, revision);
    }
  }
}
