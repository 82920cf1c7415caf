import type { PageChannel, PageState } from "../state.ts";
import { showBlocks } from "./blocks/blocks.ts";
import type { Surface } from "./blocks/surface.ts";
import { byId, h, redraw } from "./dom.ts";
import { act } from "./net.ts";
import { notice } from "./notice.ts";
import { go, stay } from "./place.ts";
import { surfaceFor } from "./use.ts";

/** The tabs of the conversation with the app. */
export type AppTab = "home" | "messages";

let told = "";
let open: { readonly key: string; readonly surface: Surface } | undefined;

/** The tab that is open in a conversation; `undefined` if it is not the one with the app. */
export function tabOf({ app }: PageState, channel: PageChannel, beside = ""): AppTab | undefined {
  if (!channel.withBot) return undefined;
  if (!app.hasHomeTab) return "messages";
  if (beside === "home" || !app.hasMessagesTab) return "home";
  return beside === "" && channel.unread === 0 ? "home" : "messages";
}

/** The tabs to choose from; none where there is only one. */
export function appTabs({ me, app }: PageState, channel: PageChannel, tab: AppTab): HTMLElement[] {
  if (!app.hasHomeTab || !app.hasMessagesTab) return [];
  const one = (name: AppTab, words: string): HTMLElement =>
    h(
      "button",
      {
        ...{ type: "button", id: `tab-${name}`, class: "tab" },
        "aria-current": name === tab ? "page" : undefined,
        onclick: () => go({ person: me.name, channel: channel.id, beside: name }),
      },
      words,
    );
  const props = { class: "tabs", "aria-label": `Tabs of ${channel.name}` };
  return [h("nav", props, one("home", "Home"), one("messages", "Messages"))];
}

/** Tells the bot that a tab was opened, once for each time. */
export function tellOpened(
  { me, app }: PageState,
  channel: PageChannel,
  tab: AppTab | undefined,
): void {
  const now = tab === undefined ? "" : `${me.id} ${tab}`;
  if (now === told) return;
  told = now;
  if (tab === undefined) return;
  // What decided on the tab may change: from now on it is this one, until somebody turns to another.
  if (app.hasHomeTab) stay({ person: me.name, channel: channel.id, beside: tab });
  void act({ do: "open-app", as: me.name, tab }).then(({ refused }) => {
    if (refused !== undefined) notice(refused);
  });
}

/** The home tab, as the bot published it. */
export function drawHome(state: PageState, channel: PageChannel): void {
  const region = byId("home");
  region.tabIndex = 0;
  const { home, me, revision } = state;
  if (home === null) {
    open = undefined;
    const words = `${channel.name} has not put anything here yet.`;
    redraw(region, ["nothing", me.id], () => [h("p", { class: "nothing" }, words)]);
    return;
  }
  const key = `${me.id} ${home.id}`;
  if (open?.key !== key) {
    open?.surface.fields.leave();
    open = { key, surface: surfaceFor(state, home.id, { as: me.name, view: home.id }) };
    const blocks = h("div", { class: "view" });
    redraw(region, [key], () => [blocks]);
  }
  const blocks = region.firstElementChild;
  if (blocks instanceof HTMLElement) showBlocks(blocks, home.blocks, open.surface);
  open.surface.fields.update(home.values, revision);
}
