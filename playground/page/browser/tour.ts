import type { PageState, PageTour } from "../state.ts";
import { byId, h, redraw } from "./dom.ts";
import { lookAt } from "./inspector.ts";
import { wishTour } from "./net.ts";
import { notice, speak } from "./notice.ts";
import { go, here, type Place } from "./place.ts";
import { makeRoom, openInspector } from "./side.ts";

let step = 0;
/** Where the person was before the tour. */
let cameFrom: Place | undefined;
let isOurs = false;

/** The button that begins the tour. */
export function playButton(): HTMLElement {
  const play = async (): Promise<void> => {
    speak("The tour is getting ready.");
    isOurs = true;
    await wish("play");
  };
  return h(
    "button",
    { type: "button", id: "play", class: "button", onclick: play },
    "Play the tour",
  );
}

async function wish(tour: "play" | "hold" | "go on" | "leave"): Promise<void> {
  const { refused } = await wishTour({ tour });
  if (refused !== undefined) notice(refused);
}

/** What is said about the step that is played, and where one looks at it. */
export function drawTour({ tour }: PageState): void {
  const caption = byId("caption");
  const words = tour?.caption ?? "";
  if (caption.textContent !== words) caption.textContent = words;
  byId("tour").classList.toggle("on", tour !== null);
  const hadFocus = byId("tour-tools").contains(document.activeElement);
  redraw(byId("tour-tools"), tour?.standing, () => (tour === null ? [] : tools(tour)));
  if (tour === null) leave(hadFocus);
  else follow(tour);
}

const tools = ({ standing }: PageTour): HTMLElement[] => {
  const tool = (id: string, words: string, onclick: () => void): HTMLElement =>
    h("button", { type: "button", class: "button small", id, onclick }, words);
  const end = (words: string): HTMLElement => tool("tour-end", words, () => void wish("leave"));
  if (standing === "over") return [end("Back to your playground")];
  return standing === "held"
    ? [tool("tour-hold", "Go on", () => void wish("go on")), end("Stop")]
    : [tool("tour-hold", "Hold", () => void wish("hold")), end("Stop")];
};

/** Goes where the step is to be seen, once: after that the person may look around. */
function follow(tour: PageTour): void {
  if (cameFrom === undefined) {
    cameFrom = here();
    if (isOurs) byId("tour-hold").focus();
  }
  if (tour.step === step) return;
  step = tour.step;
  go({ person: tour.person, channel: tour.channel });
  if (tour.isOnTheWire) {
    lookAt("wire", "PATCH");
    openInspector();
  } else makeRoom();
}

function leave(hadFocus: boolean): void {
  if (cameFrom === undefined) return;
  go(cameFrom);
  cameFrom = undefined;
  isOurs = false;
  step = 0;
  if (hadFocus) byId("line").focus();
}
