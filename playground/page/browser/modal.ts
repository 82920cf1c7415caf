import type { PageState, PageView } from "../state.ts";
import { focusFirstError, showErrors } from "./blocks/input.ts";
import { byId, h } from "./dom.ts";
import { keyHelp } from "./key-help.ts";
import { notice } from "./notice.ts";
import { makeRoom } from "./side.ts";
import { type ViewForm, viewForm } from "./view-form.ts";

const TROUBLE = "We had some trouble connecting. Try again?";

interface Open {
  /** Whose view it is, which one, and how far up. */
  readonly key: string;
  /** What it says, as JSON. */
  said: string;
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
  const key = JSON.stringify([state.me.id, top.id, state.views.length]);
  if (open?.key !== key) show(state, top, key);
  if (open === undefined) return;
  update(open, state, top);
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
  const drawn = viewForm(state, view, state.views.length);
  const { form } = drawn;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(drawn);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  open?.view.leave();
  open = { key, said: "", view: drawn, shown: "{}", blocked: {} };
  dialog.replaceChildren(form);
  setBehind(true);
  const elsewhere = document.activeElement;
  if (!dialog.open) dialog.show();
  // Whoever watches the tour keeps the focus where they have it, which opening would take.
  if (isWatching(state) && elsewhere instanceof HTMLElement) elsewhere.focus();
}

const isWatching = ({ tour }: PageState): boolean => tour?.standing === "playing";

/** Shows what the view says now, and goes to where the person goes on if their place is gone. */
function update(now: Open, state: PageState, view: PageView): void {
  const said = JSON.stringify([view.blocks, view.title, view.submit, view.close]);
  const { form } = now.view;
  const isOther = now.said !== said;
  const isKept = now.view.update(state, view);
  if (!isOther) return;
  Object.assign(now, { said, shown: "{}", blocked: {} });
  isAwaitingErrors = false;
  trouble(form, "");
  showErrors(form, {});
  keyHelp(form, state.keys);
  if (isWatching(state) || (isKept && form.contains(document.activeElement))) return;
  const first = form.querySelector<HTMLElement>(".view :is(input, textarea, select)");
  (first ?? form.querySelector<HTMLElement>("h2"))?.focus();
}

function hide(): void {
  const dialog = byId("modal") as HTMLDialogElement;
  if (!dialog.open) return;
  const hadFocus = dialog.contains(document.activeElement);
  open?.view.leave();
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
  for (const id of ["sidebar", "channel", "thread"]) byId(id).inert = isBehind;
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
