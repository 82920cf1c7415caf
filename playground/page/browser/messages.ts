import { formatDate } from "../../slack/render/date.ts";
import { readMrkdwn } from "../../slack/render/text.ts";
import type { PageChannel, PageMessage, PageState } from "../state.ts";
import { avatar } from "./avatar.ts";
import { drawBlocks } from "./blocks/blocks.ts";
import { mrkdwn } from "./blocks/mrkdwn.ts";
import { byId, h, redraw } from "./dom.ts";
import { inMessage } from "./in-message.ts";
import { speak } from "./notice.ts";
import { readerOf } from "./reader.ts";

const drawn = new Map<string, { readonly json: string; readonly element: HTMLElement }>();
let shown = "";
/** The person reads along: what is new is scrolled into sight. */
let isAtEnd = true;

/** Keeps the newest message in sight while the list changes its size, unless the person went up. */
export function followTheEnd(): void {
  const list = byId("messages");
  list.tabIndex = 0;
  list.addEventListener("scroll", () => {
    isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  });
  new ResizeObserver(() => {
    if (isAtEnd) list.scrollTop = list.scrollHeight;
  }).observe(list);
}

/** The messages of the open channel. What did not change is left alone. */
export function drawMessages(state: PageState, channel: PageChannel): void {
  const list = byId("messages");
  // What is "today" depends on the clock.
  const place = `${state.me.id} ${channel.id} ${state.clockAhead}`;
  const isOther = place !== shown;
  if (isOther) drawn.clear();
  shown = place;
  const before = drawn.size;
  redraw(list, [place, channel.messages], () => rows(state, channel));
  if (isOther || isAtEnd) list.scrollTop = list.scrollHeight;
  const newest = channel.messages.at(-1);
  if (!isOther && newest !== undefined && drawn.size > before && newest.user !== state.me.id) {
    const reader = readerOf(state);
    speak(`${reader.personName(newest.user)}: ${readMrkdwn(newest.text, reader)}`);
  }
}

/** The messages with a line before each day, or word that there are none. */
function rows(state: PageState, channel: PageChannel): HTMLElement[] {
  const days = new Set<string>();
  const found = channel.messages.flatMap((message) => {
    const day = formatDate(Number(message.ts), "{date_long_pretty}", "", readerOf(state));
    const element = elementOf(state, channel, message);
    if (days.has(day)) return [element];
    days.add(day);
    return [dayLine(day), element];
  });
  return found.length > 0 ? found : [nothingYet(channel)];
}

const dayLine = (day: string): HTMLElement =>
  h("h3", { class: "day" }, day.charAt(0).toUpperCase() + day.slice(1));

const nothingYet = (channel: PageChannel): HTMLElement =>
  h(
    "p",
    { class: "nothing" },
    channel.kind === "im"
      ? `This is the beginning of your messages with ${channel.name}.`
      : `This is the beginning of #${channel.name}. Type a command below.`,
  );

function elementOf(state: PageState, channel: PageChannel, message: PageMessage): HTMLElement {
  const json = JSON.stringify(message);
  const known = drawn.get(message.ts);
  if (known?.json === json) return known.element;
  const element = draw(state, channel, message);
  drawn.set(message.ts, { json, element });
  return element;
}

function draw(state: PageState, channel: PageChannel, message: PageMessage): HTMLElement {
  const reader = readerOf(state);
  const isBot = message.user === state.botUser;
  const name = reader.personName(message.user);
  const seconds = Number(message.ts);
  const content =
    message.blocks.length > 0
      ? drawBlocks(message.blocks, inMessage(state, channel, message))
      : [h("p", { class: "text" }, ...mrkdwn(message.text, reader))];
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
        h(
          "time",
          {
            datetime: new Date(seconds * 1000).toISOString(),
            title: `${formatDate(seconds, "{date_long} at {time_secs}", "", reader)} (${reader.timeZone})`,
          },
          formatDate(seconds, "{time}", "", reader),
        ),
        message.isReply && h("span", { class: "faint" }, "in a thread"),
      ),
      ...content,
      message.edited && h("span", { class: "faint" }, "(edited)"),
    ),
  );
}
