import type { Shortcut } from "../../slack/features.ts";
import type { PageState, SlashCommand } from "../state.ts";
import { h } from "./dom.ts";

/** What a `/` in the message field may become: a command to go on with, or a shortcut. */
export type Suggestion =
  | { readonly kind: "command"; readonly given: SlashCommand }
  | { readonly kind: "shortcut"; readonly given: Shortcut };

/** What fits to what is in the field so far: commands by their beginning, shortcuts by any word. */
export function suggestionsFor({ commands, app }: PageState, line: string): Suggestion[] {
  if (!/^\/\S*$/.test(line)) return [];
  const sought = line.slice(1).toLowerCase();
  const found: Suggestion[] = commands
    .filter(({ command }) => command.startsWith(line))
    .map((given) => ({ kind: "command", given }));
  const shortcuts = app.shortcuts.filter(
    ({ type, name }) => type === "global" && name.toLowerCase().includes(sought),
  );
  return [...found, ...shortcuts.map((given): Suggestion => ({ kind: "shortcut", given }))];
}

/** One line of the list above the field. */
export function suggestionLine(
  suggestion: Suggestion,
  index: number,
  isMarked: boolean,
  take: () => void,
): HTMLElement {
  const props = { id: `command-${index}`, role: "option", "aria-selected": String(isMarked) };
  const onmousedown = (event: Event): void => {
    event.preventDefault();
    take();
  };
  const { kind, given } = suggestion;
  const [title, hint] =
    kind === "command" ? [given.command, given.usageHint] : [`⚡ ${given.name}`, "Shortcut"];
  return h(
    "li",
    { ...props, onmousedown },
    h("b", {}, title),
    h("span", {}, given.description),
    h("span", { class: "hint" }, hint),
  );
}
