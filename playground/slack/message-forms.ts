import type { Changes } from "./changes.ts";
import { type FormValues, initialValues, keptValues } from "./form.ts";
import type { JsonObject } from "./json.ts";
import type { Message } from "./messages.ts";

/** What each person chose in the menus of messages: it is theirs alone, and nobody else sees it. */
export class MessageForms {
  readonly #entered = new Map<string, FormValues>();
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** What stands in the elements of a message, for that person. */
  values(user: string, message: Message): FormValues {
    const { blocks } = message;
    const fresh = initialValues(blocks);
    const known = this.#entered.get(key(user, message));
    return known === undefined
      ? fresh
      : keptValues({ blocks, values: known }, { blocks, values: fresh });
  }

  enter(user: string, message: Message, block: string, action: string, slot: JsonObject): void {
    const values = this.values(user, message);
    const entered = { ...values, [block]: { ...values[block], [action]: slot } };
    this.#entered.set(key(user, message), entered);
    this.#changes.tell({ kind: "message", about: message.channel });
  }
}

const key = (user: string, { channel, ts }: Message): string => `${user} ${channel} ${ts}`;
