import type { Shortcut } from "../../slack/features.ts";
import type { PageChannel, PageState } from "../state.ts";
import { byId, h, redraw } from "./dom.ts";
import { withMenu } from "./menu.ts";
import { tellShortcut } from "./message-tools.ts";
import { act } from "./net.ts";
import { type Suggestion, suggestionLine, suggestionsFor } from "./suggestions.ts";

/** What is written and not sent, by person and channel. */
const drafts = new Map<string, string>();

/** The field for messages and commands of the open channel. */
export function drawComposer(state: PageState, channel: PageChannel): void {
  const place = `${state.me.id} ${channel.id}`;
  const isClosed = channel.withBot && state.app.isReadOnly;
  redraw(byId("composer"), [place, channel.isArchived, isClosed], () => {
    if (channel.isArchived) return [nothing("This channel is archived: nobody can write here.")];
    if (isClosed) return [nothing("Sending messages to this app has been turned off.")];
    return fields(state, channel, place);
  });
}

const nothing = (words: string): HTMLElement => h("p", { class: "nothing" }, words);

function fields(state: PageState, channel: PageChannel, place: string): HTMLElement[] {
  const where = channel.kind === "im" ? channel.name : `#${channel.name}`;
  const line = h("textarea", {
    ...{ id: "line", rows: 1, autocomplete: "off", spellcheck: "false", role: "combobox" },
    ...{ "aria-expanded": "false", "aria-controls": "commands", "aria-describedby": "usage" },
    "aria-label": `Message ${where}`,
    placeholder: `Message ${where}, or type /`,
  });
  const commands = h("ul", { id: "commands", role: "listbox", "aria-label": "Commands" });
  const usage = h("p", { id: "usage", class: "hint" });
  const failure = h("p", { id: "failure", role: "alert" });
  line.value = drafts.get(place) ?? "";
  let found: readonly Suggestion[] = [];
  let at = 0;

  const refresh = (): void => {
    drafts.set(place, line.value);
    found = suggestionsFor(state, line.value);
    mark(0);
    const typed = state.commands.find(({ command }) => line.value.startsWith(`${command} `));
    usage.textContent = typed === undefined ? "" : `${typed.command} ${typed.usageHint}`;
    line.rows = Math.min(8, line.value.split("\n").length);
  };
  const mark = (index: number): void => {
    at = found.length === 0 ? 0 : (index + found.length) % found.length;
    const lines = found.map((one, n) => suggestionLine(one, n, n === at, () => take(one)));
    commands.replaceChildren(...lines);
    commands.hidden = found.length === 0;
    line.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length > 0) line.setAttribute("aria-activedescendant", `command-${at}`);
    else line.removeAttribute("aria-activedescendant");
    lines[at]?.scrollIntoView({ block: "nearest" });
  };
  const take = ({ kind, given }: Suggestion): void => {
    line.value = kind === "command" ? `${given.command} ` : "";
    refresh();
    line.focus();
    if (kind === "shortcut") void runShortcut(state, given);
  };
  const send = async (): Promise<void> => {
    const text = line.value.trim();
    if (text === "") return;
    line.value = "";
    failure.textContent = "";
    refresh();
    const sent = await act({ do: "send", as: state.me.name, channel: channel.id, text });
    const command = text.split(" ")[0];
    if (sent.refused !== undefined) failure.textContent = sent.refused;
    if (sent.error !== undefined) {
      failure.textContent = `${command} failed with the error "${sent.error}"`;
    }
    if (failure.textContent === "" || line.value !== "") return;
    line.value = text;
    refresh();
  };
  line.addEventListener("input", refresh);
  line.addEventListener("keydown", (event) => {
    const one = commands.hidden ? undefined : found[at];
    const { key, shiftKey } = event;
    const isComplete = one?.kind === "command" && one.given.command === line.value;
    const steps = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (key === "Escape") commands.hidden = true;
    else if (one !== undefined && steps !== 0) mark(at + steps);
    else if (
      one !== undefined &&
      !shiftKey &&
      (key === "Tab" || (key === "Enter" && !isComplete))
    ) {
      take(one);
    } else if (key === "Enter" && !shiftKey && !event.isComposing) void send();
    else return;
    event.preventDefault();
  });
  refresh();
  const button = h("button", { type: "button", class: "button primary", onclick: send }, "Send");
  const box = h("div", { class: "box" }, shortcutMenu(state), line, button);
  return [commands, box, usage, failure];
}

/** The button for the app's shortcuts, if it has any. */
function shortcutMenu(state: PageState): HTMLElement | string {
  const shortcuts = state.app.shortcuts.filter(({ type }) => type === "global");
  if (shortcuts.length === 0) return "";
  const props = { type: "button", id: "shortcuts", class: "shortcuts", "aria-label": "Shortcuts" };
  const entries = shortcuts.map((one) => ({
    ...{ words: one.name, hint: one.description },
    run: () => runShortcut(state, one),
  }));
  return withMenu(h("button", { ...props, title: "Shortcuts" }, "⚡"), entries);
}

async function runShortcut({ me }: PageState, { name, callbackId }: Shortcut): Promise<void> {
  tellShortcut(name, await act({ do: "shortcut", as: me.name, callback: callbackId }));
}

/** Puts a text into the field, ready to be sent. */
export function write(text: string): void {
  const line = document.getElementById("line");
  if (!(line instanceof HTMLTextAreaElement)) return;
  line.value = text;
  line.dispatchEvent(new Event("input"));
  line.focus();
}
