import type { PageChannel, PageState, SlashCommand } from "../state.ts";
import { byId, h, redraw } from "./dom.ts";
import { act } from "./net.ts";

/** What is written and not sent, by person and channel. */
const drafts = new Map<string, string>();

/** The field for messages and commands of the open channel. */
export function drawComposer(state: PageState, channel: PageChannel): void {
  const place = `${state.me.id} ${channel.id}`;
  redraw(byId("composer"), [place, channel.isArchived], () =>
    channel.isArchived
      ? [h("p", { class: "nothing" }, "This channel is archived: nobody can write here.")]
      : fields(state, channel, place),
  );
}

function fields(state: PageState, channel: PageChannel, place: string): HTMLElement[] {
  const where = channel.kind === "im" ? channel.name : `#${channel.name}`;
  const line = h("textarea", {
    ...{ id: "line", rows: 1, autocomplete: "off", spellcheck: "false", role: "combobox" },
    ...{ "aria-expanded": "false", "aria-controls": "commands", "aria-describedby": "usage" },
    "aria-label": `Message ${where}`,
    placeholder: `Message ${where}, or type / for a command`,
  });
  const commands = h("ul", { id: "commands", role: "listbox", "aria-label": "Commands" });
  const usage = h("p", { id: "usage", class: "hint" });
  const failure = h("p", { id: "failure", role: "alert" });
  line.value = drafts.get(place) ?? "";

  const matching = (): readonly SlashCommand[] =>
    /^\/\S*$/.test(line.value)
      ? state.commands.filter(({ command }) => command.startsWith(line.value))
      : [];
  const refresh = (): void => {
    drafts.set(place, line.value);
    const found = matching();
    commands.replaceChildren(...found.map((one, index) => entry(one, index, take)));
    commands.hidden = found.length === 0;
    line.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length > 0) line.setAttribute("aria-activedescendant", "command-0");
    else line.removeAttribute("aria-activedescendant");
    const typed = state.commands.find(({ command }) => line.value.startsWith(`${command} `));
    usage.textContent = typed === undefined ? "" : `${typed.command} ${typed.usageHint}`;
    line.rows = Math.min(8, line.value.split("\n").length);
  };
  const take = (command: string): void => {
    line.value = `${command} `;
    refresh();
    line.focus();
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
    const first = matching()[0]?.command;
    const isComplete = first === line.value;
    if (event.key === "Escape") commands.hidden = true;
    const takes = event.key === "Tab" || (event.key === "Enter" && !isComplete);
    if (first !== undefined && !commands.hidden && takes && !event.shiftKey) {
      event.preventDefault();
      take(first);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      void send();
    }
  });
  refresh();
  const button = h("button", { type: "button", class: "button primary", onclick: send }, "Send");
  return [commands, h("div", { class: "box" }, line, button), usage, failure];
}

const entry = (
  { command, description, usageHint }: SlashCommand,
  index: number,
  take: (command: string) => void,
): HTMLElement =>
  h(
    "li",
    {
      ...{ id: `command-${index}`, role: "option", "aria-selected": String(index === 0) },
      onmousedown: (event) => {
        event.preventDefault();
        take(command);
      },
    },
    h("b", {}, command),
    h("span", {}, description),
    h("span", { class: "hint" }, usageHint),
  );

/** Puts a text into the field, ready to be sent. */
export function write(text: string): void {
  const line = document.getElementById("line");
  if (!(line instanceof HTMLTextAreaElement)) return;
  line.value = text;
  line.dispatchEvent(new Event("input"));
  line.focus();
}
