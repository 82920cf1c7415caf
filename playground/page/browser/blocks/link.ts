import { h } from "../dom.ts";
import { notice } from "../notice.ts";

/** A link as it is read. Nothing is opened: whoever follows it is told where it goes. */
export function drawLink(words: string, url: string): HTMLElement {
  const follow = (event: Event): void => {
    if (event instanceof KeyboardEvent && event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    notice(`In Slack this opens ${url}`);
  };
  const props = { class: "link", role: "link", tabindex: 0, title: url };
  return h("span", { ...props, onclick: follow, onkeydown: follow }, words);
}
