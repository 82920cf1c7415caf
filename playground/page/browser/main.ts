import type { PageChannel, PageState } from "../state.ts";
import { type AppTab, appTabs, drawHome, tabOf, tellOpened } from "./app-home.ts";
import { drawComposer } from "./composer.ts";
import { byId, h, redraw } from "./dom.ts";
import { drawMessages, followTheEnd } from "./messages.ts";
import { drawModal, listenForEscape } from "./modal.ts";
import { act } from "./net.ts";
import { notice } from "./notice.ts";
import { drawPeople } from "./people.ts";
import { go, here } from "./place.ts";
import { drawSide, drawTools, makeRoom } from "./side.ts";
import { drawSidebar } from "./sidebar.ts";
import { drawThread } from "./thread.ts";
import { drawTour } from "./tour.ts";

let state: PageState | undefined;
let source: EventSource | undefined;
let person = "";

/** Draws everything as it is now; what did not change is left alone. */
function draw(): void {
  if (state === undefined) return;
  drawTour(state);
  const place = here();
  const { channels, me } = state;
  const channel = channels.find(({ id }) => id === place.channel) ?? channels[0];
  drawPeople(state);
  drawSide(state);
  if (channel === undefined) return;
  drawSidebar(state, channel.id);
  const tab = tabOf(state, channel, place.beside);
  const isHome = tab === "home";
  drawTitle(state, channel, tab);
  tellOpened(state, channel, tab);
  byId("home").hidden = !isHome;
  for (const id of ["messages", "composer"]) byId(id).hidden = isHome;
  if (isHome) drawHome(state, channel);
  else drawMessages(state, channel);
  drawThread(state, channel, isHome ? "" : (place.beside ?? ""));
  drawComposer(state, channel);
  drawModal(state);
  if (!isHome && channel.unread > 0 && document.visibilityState === "visible") {
    void act({ do: "read", as: me.name, channel: channel.id });
  }
}

function drawTitle(now: PageState, channel: PageChannel, tab: AppTab | undefined): void {
  const menu = (): void => {
    // On a narrow screen what stands beside would cover the half of it.
    if (document.body.classList.toggle("menu-open")) makeRoom();
  };
  const name = channel.kind === "im" ? channel.name : `# ${channel.name}`;
  redraw(byId("title"), [now.me.id, channel.id, tab], () => [
    h(
      "button",
      { type: "button", id: "menu", class: "tool", "aria-label": "Conversations", onclick: menu },
      "☰",
    ),
    h("h2", {}, name),
    channel.withBot && h("span", { class: "app" }, "APP"),
    ...(tab === undefined ? [] : appTabs(now, channel, tab)),
  ]);
}

/** Looks through the eyes of whoever the address names. */
function connect(): void {
  const place = here();
  if (place.person === person) {
    draw();
    return;
  }
  person = place.person;
  source?.close();
  source = new EventSource(`/events?as=${encodeURIComponent(person)}`);
  source.addEventListener("message", ({ data }) => {
    state = JSON.parse(data);
    draw();
  });
  source.addEventListener("error", () => {
    if (source?.readyState === EventSource.CLOSED && person !== "ada") {
      go({ person: "ada", channel: "" });
    } else notice("The playground does not answer. Is it still running?");
  });
}

drawTools(draw);
followTheEnd();
byId("composer").addEventListener("focusin", makeRoom);
listenForEscape();
document.querySelector(".skip")?.addEventListener("click", (event) => {
  event.preventDefault();
  byId("line").focus();
});
addEventListener("hashchange", connect);
document.addEventListener("visibilitychange", draw);
connect();
