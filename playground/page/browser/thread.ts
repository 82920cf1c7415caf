import type { PageChannel, PageState } from "../state.ts";
import { byId, h, redraw } from "./dom.ts";
import { MessageList } from "./message-list.ts";
import { act } from "./net.ts";
import { go } from "./place.ts";

const drawn = new MessageList("t");
/** What is written and not sent, by person and thread. */
const drafts = new Map<string, string>();
let shown = "";

/** The thread of a message beside its channel, or nothing if `ts` is no message there. */
export function drawThread(state: PageState, channel: PageChannel, ts: string): void {
  const region = byId("thread");
  const messages = channel.messages.filter((one) => one.ts === ts || one.threadTs === ts);
  const isOpen = messages.some((one) => one.ts === ts && !one.ephemeral);
  const key = isOpen ? `${state.me.id} ${channel.id} ${ts}` : "";
  const isOther = key !== shown;
  if (isOther) drawn.clear();
  shown = key;
  region.hidden = !isOpen;
  redraw(region, [key, channel.isArchived], () => (isOpen ? frame(state, channel, ts, key) : []));
  const list = region.querySelector<HTMLElement>(".replies-list");
  if (list === null) return;
  const says = messages.map(({ values, ...rest }) => rest);
  const before = list.childElementCount;
  redraw(list, [key, says], () => messages.map((one) => drawn.element(state, channel, one)));
  drawn.update(state, messages);
  if (list.childElementCount > before) list.scrollTop = list.scrollHeight;
  if (isOther) document.getElementById("reply")?.focus();
}

function frame(state: PageState, channel: PageChannel, ts: string, key: string): HTMLElement[] {
  const close = (): void => {
    go({ person: state.me.name, channel: channel.id });
    const replies = `m-${ts.replace(".", "-")}-`;
    const back = document.getElementById(`${replies}replies`) ?? byId("line");
    back.focus();
  };
  const name = channel.kind === "im" ? channel.name : `# ${channel.name}`;
  return [
    h(
      "header",
      {},
      h("h2", {}, "Thread ", h("span", { class: "faint" }, name)),
      h(
        "button",
        { type: "button", class: "cross", "aria-label": "Close the thread", onclick: close },
        "✕",
      ),
    ),
    h("section", { class: "replies-list", tabindex: 0, "aria-label": "Replies" }),
    channel.isArchived ? h("p", { class: "nothing" }, "Nobody can write here.") : writing(),
  ];

  function writing(): HTMLElement {
    const props = { rows: 1, spellcheck: "false", "aria-label": "Reply", placeholder: "Reply…" };
    const reply = h("textarea", { id: "reply", ...props });
    const failure = h("p", { class: "failure", role: "alert" });
    reply.value = drafts.get(key) ?? "";
    const send = async (): Promise<void> => {
      const text = reply.value.trim();
      if (text === "") return;
      failure.textContent = "";
      const where = { as: state.me.name, channel: channel.id, thread: ts };
      const { refused } = await act({ do: "send", ...where, text });
      failure.textContent = refused ?? "";
      if (refused !== undefined) return;
      reply.value = "";
      drafts.delete(key);
    };
    reply.addEventListener("input", () => drafts.set(key, reply.value));
    reply.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      void send();
    });
    const button = h("button", { type: "button", class: "button", onclick: send }, "Reply");
    return h("div", { class: "writing" }, h("div", { class: "box" }, reply, button), failure);
  }
}
