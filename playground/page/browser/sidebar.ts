import type { PageChannel, PageState } from "../state.ts";
import { byId, h, redraw } from "./dom.ts";
import { go } from "./place.ts";

const sign = ({ kind, withBot }: PageChannel): HTMLElement => {
  const words = kind === "im" ? (withBot ? "◆" : "●") : kind === "public" ? "#" : "";
  const look = kind === "private" ? "sign lock" : "sign";
  return h("span", { class: look, "aria-hidden": "true" }, words);
};

/** The conversations of the person, with what they have not read yet. */
export function drawSidebar({ channels, me }: PageState, open: string): void {
  const row = (channel: PageChannel): HTMLElement => {
    const isOpen = channel.id === open;
    const isNew = !isOpen && channel.unread > 0;
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          id: `to-${channel.id}`,
          class: isNew ? "to new" : "to",
          "aria-current": isOpen ? "page" : undefined,
          onclick: () => {
            document.body.classList.remove("menu-open");
            go({ person: me.name, channel: channel.id });
          },
        },
        sign(channel),
        h("span", { class: "name" }, channel.name),
        channel.isShared && h("span", { class: "mark" }, "shared"),
        channel.isArchived && h("span", { class: "mark" }, "archived"),
        channel.withBot && h("span", { class: "app" }, "APP"),
        isNew &&
          h(
            "span",
            { class: "badge" },
            `${channel.unread}`,
            h("span", { class: "unseen" }, " unread"),
          ),
      ),
    );
  };
  const group = (words: string, found: readonly PageChannel[]): HTMLElement | false =>
    found.length > 0 &&
    h("section", {}, h("h2", {}, words), h("ul", {}, ...found.map((one) => row(one))));
  const shows = channels.map(({ messages, ...rest }) => rest);
  redraw(byId("sidebar"), [shows, open, me.id], () => [
    group(
      "Channels",
      channels.filter(({ kind }) => kind !== "im"),
    ),
    group(
      "Direct messages",
      channels.filter(({ kind }) => kind === "im"),
    ),
  ]);
}
