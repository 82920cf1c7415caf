import { h } from "./dom.ts";

/** A small picture for a person, or for the bot: their initial, in their colour. */
export const avatar = (name: string, isBot = false): HTMLElement =>
  h(
    "span",
    { class: isBot ? "avatar bot" : `avatar hue-${name.charCodeAt(0) % 6}`, "aria-hidden": "true" },
    name.charAt(0),
  );
