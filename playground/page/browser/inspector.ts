import type { Records } from "../records.ts";
import type { PageState } from "../state.ts";
import type { Seen } from "../traffic.ts";
import { h, redraw } from "./dom.ts";
import { unfold } from "./folded.ts";
import { ledger } from "./ledger.ts";
import { ask } from "./net.ts";
import { requests } from "./requests.ts";
import { wire } from "./wire.ts";

/** What there is to look at. */
export type Lens = "wire" | "ledger" | "requests";

const lenses: Readonly<Record<Lens, string>> = {
  wire: "Wire",
  ledger: "Ledger",
  requests: "Requests",
};

let lens: Lens = "wire";
let seen: readonly Seen[] = [];
let records: Records = { ledger: [], requests: [] };
let known = "";
let isTour = false;
/** What is to be opened and brought into sight as soon as it is there, and what was. */
let wanted = "";
let pointedAt = "";

/** Looks at that from now on; on the wire, at the newest that `title` begins, if it is given. */
export function lookAt(next: Lens, title = ""): void {
  lens = next;
  wanted = title;
}

/** What the bot does: on the wire, in its ledger, and to its requests. */
export function drawInspector(side: HTMLElement, state: PageState): void {
  // In the tour it is another bot.
  if (isTour !== (state.tour !== null)) {
    isTour = !isTour;
    seen = [];
    records = { ledger: [], requests: [] };
    known = "";
  }
  draw(side);
  const now = JSON.stringify([isTour, state.traffic, state.database]);
  if (known === now) return;
  known = now;
  void Promise.all([ask<readonly Seen[]>("/traffic"), ask<Records>("/records")]).then(
    ([traffic, read]) => {
      // Something newer is on its way.
      if (known !== now) return;
      seen = traffic ?? seen;
      records = read ?? records;
      if (side.dataset.tab === "inspector") draw(side);
    },
  );
}

function draw(side: HTMLElement): void {
  const found = wanted === "" ? undefined : seen.find(({ title }) => title.startsWith(wanted));
  if (found !== undefined) {
    wanted = "";
    pointedAt = found.id;
    unfold(found.id);
  }
  const shows = { wire: seen, ...records }[lens];
  redraw(side, ["inspector", lens, shows, pointedAt], () => [
    h("h2", {}, "Inspector"),
    lensSwitch(side),
    ...rows(),
  ]);
  if (found !== undefined) document.getElementById(`seen-${found.id}`)?.scrollIntoView();
}

const lensSwitch = (side: HTMLElement): HTMLElement =>
  h(
    "div",
    { class: "lenses", role: "group", "aria-label": "What to look at" },
    ...(Object.keys(lenses) as Lens[]).map((name) =>
      h(
        "button",
        {
          ...{ type: "button", class: "tool", id: `lens-${name}` },
          "aria-pressed": String(name === lens),
          onclick: () => {
            lookAt(name);
            draw(side);
          },
        },
        lenses[name],
      ),
    ),
  );

function rows(): readonly HTMLElement[] {
  switch (lens) {
    case "wire":
      return wire(seen);
    case "ledger":
      return ledger(records.ledger);
    case "requests":
      return requests(records.requests);
    default:
      return lens satisfies never;
  }
}
