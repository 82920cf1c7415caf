import { formatDate } from "../../slack/render/date.ts";
import { readMrkdwn } from "../../slack/render/text.ts";
import type { PageChannel, PageMessage, PageState } from "../state.ts";
import { byId, h, redraw } from "./dom.ts";
import { MessageList } from "./message-list.ts";
import { speak } from "./notice.ts";
import { readerOf } from "./reader.ts";

const drawn = new MessageList("m");
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
  const says = channel.messages.map(({ values, ...rest }) => rest);
  redraw(list, [place, says], () => rows(state, channel));
  drawn.update(state, channel.messages);
  if (isOther || isAtEnd) list.scrollTop = list.scrollHeight;
  const newest = channel.messages.at(-1);
  if (!isOther && newest !== undefined && drawn.size > before && newest.user !== state.me.id) {
    const reader = readerOf(state);
    speak(`${reader.personName(newest.user)}: ${readMrkdwn(newest.text, reader)}`);
  }
}

/** Replies stand in their thread, unless they were sent to the channel, too, or it is gone. */
const isInChannel = ({ messages }: PageChannel, { threadTs, isBroadcast }: PageMessage): boolean =>
  threadTs === null || isBroadcast || !messages.some(({ ts }) => ts === threadTs);

/** The messages with a line before each day, or word that there are none. */
function rows(state: PageState, channel: PageChannel): HTMLElement[] {
  const days = new Set<string>();
  const found = channel.messages
    .filter((message) => isInChannel(channel, message))
    .flatMap((message) => {
      const day = formatDate(Number(message.ts), "{date_long_pretty}", "", readerOf(state));
      const element = drawn.element(state, channel, message);
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
