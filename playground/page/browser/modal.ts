import type { PageState, PageView } from "../state.ts";
import { focusFirstError, showErrors } from "./blocks/input.ts";
import { byId, h } from "./dom.ts";
import { keyHelp } from "./key-help.ts";
import { notice } from "./notice.ts";
import { makeRoom } from "./side.ts";
import { type ViewForm, viewForm } from "./view-form.ts";

const TROUBLE = "We had some trouble connecting. Try again?";

interface Open {
  readonly key: string;
  readonly view: ViewForm;
  /** What stands under the fields now, as JSON. */
  shown: string;
  /** What the client found wrong, which the local Slack does not keep. */
  blocked: Readonly<Record<string, string>>;
}

let open: Open | undefined;
let opener: Element | null = null;
/** The form was just sent, so the first error is where the person goes on. */
let isAwaitingErrors = false;

/** Shows the view on top of what the person has open, or nothing. */
export function drawModal(state: PageState): void {
  const top = state.views.at(-1);
  if (top === undefined) {
    hide();
    return;
  }
  const { id, blocks, title, submit } = top;
  const key = JSON.stringify([state.me.id, id, blocks, title, submit, state.views.length]);
  if (open?.key !== key) show(state, top, key);
  if (open === undefined) return;
  const errors = { ...top.errors, ...open.blocked };
  if (open.shown === JSON.stringify(errors)) return;
  open.shown = JSON.stringify(errors);
  showErrors(open.view.form, errors);
  if (isAwaitingErrors) focusFirstError(open.view.form);
}

function show(state: PageState, view: PageView, key: string): void {
  const dialog = byId("modal") as HTMLDialogElement;
  if (!dialog.open) {
    opener = document.activeElement;
    makeRoom();
  }
  const hadFocus = dialog.contains(document.activeElement) ? document.activeElement?.id : undefined;
  const drawn = viewForm(state, view, state.views.length);
  const { form } = drawn;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(drawn);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  keyHelp(form, state.keys);
  open = { key, view: drawn, shown: "{}", blocked: {} };
  isAwaitingErrors = false;
  dialog.replaceChildren(form);
  setBehind(true);
  if (!dialog.open) dialog.show();
  const before = hadFocus ? document.getElementById(hadFocus) : null;
  const first = form.querySelector<HTMLElement>(".view :is(input, textarea, select)");
  (before ?? first ?? form.querySelector<HTMLElement>("h2"))?.focus();
}

function hide(): void {
  const dialog = byId("modal") as HTMLDialogElement;
  if (!dialog.open) return;
  const hadFocus = dialog.contains(document.activeElement);
  open = undefined;
  dialog.close();
  dialog.replaceChildren();
  setBehind(false);
  if (!hadFocus && document.activeElement !== document.body) return;
  const back = opener instanceof HTMLElement && opener.isConnected ? opener : null;
  (back === null || back === document.body ? byId("line") : back).focus();
}

/** What lies behind an open modal can neither be clicked nor reached by the keyboard. */
function setBehind(isBehind: boolean): void {
  byId("shade").hidden = !isBehind;
  byId("sidebar").inert = isBehind;
  byId("channel").inert = isBehind;
}

async function send({ form, submit }: ViewForm): Promise<void> {
  const button = form.querySelector('[type="submit"]');
  if (button === null || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  trouble(form, "");
  showErrors(form, {});
  const sent = open;
  if (sent !== undefined) Object.assign(sent, { shown: "", blocked: {} });
  isAwaitingErrors = true;
  const { outcome, blocked = {}, refused } = await submit();
  button.removeAttribute("aria-busy");
  if (refused !== undefined) trouble(form, refused);
  else if (outcome === "trouble") trouble(form, TROUBLE);
  if (outcome !== "blocked" || sent === undefined) return;
  sent.blocked = blocked;
  showErrors(form, blocked);
  focusFirstError(form);
}

function trouble(form: HTMLElement, words: string): void {
  const banner = form.querySelector<HTMLElement>(".trouble");
  if (banner === null) return;
  banner.hidden = words === "";
  banner.replaceChildren(words === "" ? "" : h("span", {}, `⚠ ${words}`));
}

/** Escape closes the view on top, wherever the focus is in it. */
export function listenForEscape(): void {
  byId("modal").addEventListener("keydown", async (event) => {
    if (event.key !== "Escape" || open === undefined) return;
    event.preventDefault();
    const { refused } = await open.view.close(false);
    if (refused !== undefined) notice(refused);
  });
}
