import { h } from "../dom.ts";
import type { Outcome } from "../net.ts";
import { notice } from "../notice.ts";

/** Says beside an element what came of using it; nothing, if all went well. */
export function tellOutcome(element: HTMLElement, { refused, error, url }: Outcome): void {
  if (refused !== undefined) notice(refused);
  if (url !== undefined) notice(`In Slack this opens ${url}`);
  element.parentElement?.querySelector(":scope > .warning")?.remove();
  if (error === undefined) return;
  const words = `⚠ This app did not respond (${error}).`;
  element.after(h("span", { class: "warning", role: "alert" }, words));
}

/** Does something while a button shows that it is on its way. */
export async function whileBusy(button: HTMLElement, run: () => Promise<Outcome>): Promise<void> {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const outcome = await run();
  button.removeAttribute("aria-busy");
  tellOutcome(button, outcome);
}
