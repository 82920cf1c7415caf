import type { PageKey, PageState } from "../state.ts";
import { write } from "./composer.ts";
import { h, redraw } from "./dom.ts";
import { turnKnob } from "./net.ts";
import { notice, speak } from "./notice.ts";
import { makeRoom } from "./side.ts";
import { playButton } from "./tour.ts";

/** Copies a text, and says so on the button. */
export async function copy(button: HTMLElement, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    const words = button.textContent;
    button.textContent = "Copied";
    speak("Copied");
    setTimeout(() => {
      button.textContent = words;
    }, 1500);
  } catch {
    notice("The browser does not let this page copy.");
  }
}

/** Finds what the knob adds. */
const MANY = "/snapshot bulk name:weekly-*";

/** Where to begin, and the person's keys. */
export function drawTry(side: HTMLElement, { me, keys, firstCommand }: PageState): void {
  redraw(side, ["try", me.id, keys, firstCommand], () => [
    h("h2", {}, "Watch first"),
    h("p", { class: "hint" }, "One change from start to end, in a playground of its own."),
    playButton(),
    h("h2", {}, "Try this"),
    h(
      "ol",
      { class: "steps" },
      h(
        "li",
        {},
        "Send this command in #ops:",
        h("code", { class: "command" }, firstCommand),
        h(
          "button",
          { type: "button", class: "button", onclick: () => begin(firstCommand) },
          "Put it in the message field",
        ),
      ),
      h("li", {}, "The bot asks for a Gcore API key. Paste the key ", h("b", {}, "Full"), "."),
      h("li", {}, "Give the snapshot a new name, change its tags, and say why."),
      h("li", {}, "Look at what will change, and apply it. See #ops and #audit then."),
      h(
        "li",
        {},
        "Change the tag ",
        h("b", {}, "cost_center"),
        " of it: here that needs somebody else. Be Ben, at the top, and review it in #ops.",
      ),
      h(
        "li",
        {},
        "Change 300 snapshots at once. Gcore has none such yet:",
        h("code", { class: "command" }, MANY),
        h(
          "button",
          { type: "button", class: "button", onclick: beginMany },
          "Add them and write the command",
        ),
        " Under Knobs you can make Gcore slow for it, or refuse some.",
      ),
    ),
    h("h2", {}, `Keys of ${me.realName.split(" ")[0]}`),
    h(
      "p",
      { class: "hint" },
      "They work with the local Gcore only. The field that asks for a key offers them too.",
    ),
    h("ul", { class: "keys" }, ...keys.map(keyRow)),
    h("p", { class: "elsewhere" }, gallery()),
  ]);
}

const gallery = (): HTMLElement =>
  h("a", { class: "link", href: "/gallery" }, "See everything that the bot can say");

async function beginMany(): Promise<void> {
  const { refused } = await turnKnob({ turn: "weekly" });
  if (refused === undefined) begin(MANY);
  else notice(refused);
}

function begin(command: string): void {
  makeRoom();
  write(command);
}

function keyRow({ name, use, text }: PageKey): HTMLElement {
  const button = h("button", { type: "button", class: "button small" }, "Copy");
  button.setAttribute("aria-label", `Copy the key ${name}`);
  button.addEventListener("click", () => copy(button, text));
  return h(
    "li",
    {},
    h("span", { class: "key" }, h("b", {}, name), h("span", { class: "hint" }, use)),
    button,
  );
}
