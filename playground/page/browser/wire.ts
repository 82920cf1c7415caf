import type { Seen } from "../traffic.ts";
import { h } from "./dom.ts";
import { folded, foldedList, part } from "./folded.ts";
import { copy } from "./try.ts";

/** What goes over the wire: to the bot, from it to Slack, and from it to Gcore. */
export const wire = (seen: readonly Seen[]): readonly HTMLElement[] =>
  foldedList(
    "Everything that goes over the wire, the newest first.",
    "Nothing yet. Send a command.",
    seen.map(row),
  );

function row(one: Seen): HTMLElement {
  const button = h("button", { type: "button", class: "button small" }, "Copy as curl");
  button.addEventListener("click", () => copy(button, one.curl));
  return folded(
    one.id,
    [
      h("span", { class: `kind ${one.kind.split(" ")[0]}` }, one.kind),
      h("span", { class: "what" }, one.title),
      h("span", { class: one.isGood ? "good" : "bad" }, `${one.isGood ? "✓" : "✗"} ${one.verdict}`),
    ],
    one.sent !== "" && part("Sent", one.sent),
    one.answer !== "" && part("Answer", one.answer),
    button,
  );
}
