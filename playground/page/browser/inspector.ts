import type { PageState } from "../state.ts";
import type { Seen } from "../traffic.ts";
import { h, redraw } from "./dom.ts";
import { copy } from "./try.ts";

let seen: readonly Seen[] = [];
let known = -1;
const opened = new Set<string>();

/** What goes over the wire: to the bot, from it to Slack, and from it to Gcore. */
export function drawInspector(side: HTMLElement, state: PageState): void {
  draw(side);
  if (known === state.traffic) return;
  known = state.traffic;
  void fetch("/traffic")
    .then((response) => response.json() as Promise<Seen[]>)
    .then((now) => {
      seen = now;
      if (side.dataset.tab === "inspector") draw(side);
    });
}

const draw = (side: HTMLElement): void =>
  redraw(side, ["inspector", seen], () => [
    h("h2", {}, "Inspector"),
    h("p", { class: "hint" }, "Everything that goes over the wire, the newest first."),
    seen.length === 0 && h("p", { class: "nothing" }, "Nothing yet. Send a command."),
    h("ul", { class: "wire" }, ...seen.map(row)),
  ]);

function row(one: Seen): HTMLElement {
  const button = h("button", { type: "button", class: "button small" }, "Copy as curl");
  button.addEventListener("click", () => copy(button, one.curl));
  const details = h(
    "details",
    { open: opened.has(one.id) },
    h(
      "summary",
      { id: `seen-${one.id}` },
      h("span", { class: `kind ${one.kind.split(" ")[0]}` }, one.kind),
      h("span", { class: "what" }, one.title),
      h("span", { class: one.isGood ? "good" : "bad" }, `${one.isGood ? "✓" : "✗"} ${one.verdict}`),
    ),
    one.sent !== "" && part("Sent", one.sent),
    one.answer !== "" && part("Answer", one.answer),
    button,
  );
  details.addEventListener("toggle", () => {
    if (details.open) opened.add(one.id);
    else opened.delete(one.id);
  });
  return h("li", {}, details);
}

const part = (words: string, text: string): HTMLElement =>
  h("div", {}, h("h3", {}, words), h("pre", { tabindex: 0 }, text));
