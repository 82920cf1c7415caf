import type { PageChannel, PageMessage, PageState } from "../state.ts";
import { h } from "./dom.ts";
import { withMenu } from "./menu.ts";
import { act, type Outcome } from "./net.ts";
import { notice } from "./notice.ts";
import { go } from "./place.ts";

/** Opens the thread that a message begins, or is a reply in. */
export function toThread({ me }: PageState, channel: PageChannel, message: PageMessage): void {
  go({ person: me.name, channel: channel.id, beside: message.threadTs ?? message.ts });
}

/** Says what went wrong with a shortcut. */
export function tellShortcut(name: string, { refused, error }: Outcome): void {
  if (refused !== undefined) notice(refused);
  if (error !== undefined) notice(`"${name}" failed with the error "${error}"`);
}

/** What can be done with a message: it shows on hover, and when the keyboard reaches it. */
export function messageTools(
  state: PageState,
  channel: PageChannel,
  message: PageMessage,
  id: string,
): HTMLElement | undefined {
  if (message.ephemeral) return undefined;
  const { me, app } = state;
  const isInThread = id.startsWith("t-");
  const canReply = !isInThread && !channel.isArchived;
  const shortcuts = channel.isArchived
    ? []
    : app.shortcuts.filter(({ type }) => type === "message");
  if (!canReply && shortcuts.length === 0) return undefined;
  const where = { as: me.name, channel: channel.id, ts: message.ts };
  const entries = shortcuts.map(({ name, description, callbackId: callback }) => ({
    ...{ words: name, hint: description },
    run: async () => tellShortcut(name, await act({ do: "message-shortcut", ...where, callback })),
  }));
  const button = (name: string, label: string, words: string): HTMLElement =>
    h("button", { type: "button", id: `${id}-${name}`, "aria-label": label, title: label }, words);
  const reply = button("reply", "Reply in thread", "↩");
  reply.addEventListener("click", () => toThread(state, channel, message));
  return h(
    "div",
    { class: "message-tools", role: "group", "aria-label": "Message actions" },
    canReply && reply,
    entries.length > 0 && withMenu(button("more", "More actions", "⋮"), entries),
  );
}
