import { formatDate } from "../../slack/render/date.ts";
import type { PageChannel, PageMessage, PageState } from "../state.ts";
import { avatar } from "./avatar.ts";
import { showBlocks } from "./blocks/blocks.ts";
import { mrkdwn } from "./blocks/mrkdwn.ts";
import type { Surface } from "./blocks/surface.ts";
import { h } from "./dom.ts";
import { drawFile } from "./file.ts";
import { messageTools, toThread } from "./message-tools.ts";
import { readerOf } from "./reader.ts";

/** How a message is shown. */
export interface Showing {
  readonly surface: Surface;
  /** How many replies it has. */
  readonly replies: number;
}

const count = (replies: number): string => (replies === 1 ? "1 reply" : `${replies} replies`);

/** A message: who said it and when, what it says, and what can be done with it. */
export function drawMessage(
  state: PageState,
  channel: PageChannel,
  message: PageMessage,
  { surface, replies }: Showing,
): HTMLElement {
  const reader = readerOf(state);
  const isBot = message.user === state.botUser;
  const name = reader.personName(message.user);
  const id = surface.id;
  const isInChannel = id.startsWith("m-");
  const parts = { id: `${id}-said`, class: "parts" };
  const content = h("div", parts);
  if (message.blocks.length > 0) showBlocks(content, message.blocks, surface);
  else if (message.text !== "")
    content.append(h("p", { class: "text" }, ...mrkdwn(message.text, reader)));
  return h(
    "article",
    { class: message.ephemeral ? "message ephemeral" : "message", "data-ts": message.ts },
    avatar(name, isBot),
    h(
      "div",
      { class: "said" },
      message.ephemeral && h("p", { class: "only" }, "Only visible to you"),
      h(
        "header",
        {},
        h("b", {}, name),
        isBot && h("span", { class: "app" }, "APP"),
        time(state, Number(message.ts)),
        isInChannel && message.threadTs !== null && h("span", { class: "faint" }, "in a thread"),
      ),
      content,
      ...message.files.map(drawFile),
      message.edited && h("span", { class: "faint" }, "(edited)"),
      isInChannel &&
        replies > 0 &&
        h(
          "button",
          {
            ...{ type: "button", id: `${id}-replies`, class: "replies" },
            onclick: () => toThread(state, channel, message),
          },
          count(replies),
        ),
    ),
    messageTools(state, channel, message, id),
  );
}

function time(state: PageState, seconds: number): HTMLElement {
  const reader = readerOf(state);
  const all = formatDate(seconds, "{date_long} at {time_secs}", "", reader);
  const datetime = new Date(seconds * 1000).toISOString();
  const props = { datetime, title: `${all} (${reader.timeZone})` };
  return h("time", props, formatDate(seconds, "{time}", "", reader));
}
