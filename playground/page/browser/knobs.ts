import type { Turn } from "../knobs.ts";
import type { PageState } from "../state.ts";
import { h, redraw } from "./dom.ts";
import { turnKnob } from "./net.ts";
import { notice, speak } from "./notice.ts";

const groups: readonly (readonly [string, Readonly<Partial<Record<Turn["turn"], string>>>])[] = [
  [
    "The next time, Gcore",
    {
      slow: "takes 4 s to answer",
      forbidden: "says 403 to the change",
      conflict: "says 409 to the change",
      busy: "says 429 to the change",
      broken: "says 500 to the change",
      lost: "makes the change, and its answer is lost",
    },
  ],
  [
    "The snapshot",
    {
      edited: "is changed by somebody else now",
      meanwhile: "is changed by somebody else right before the change",
      locked: "is locked by a task, or let go",
    },
  ],
  ["All the time until you turn it again, Gcore", { slowly: "takes 1 s for each call" }],
  [
    "300 snapshots for /snapshot bulk",
    {
      weekly: "are added, or as they were at first",
      weeklyEdited: "5 are changed by somebody else now",
      weeklyLocked: "5 are locked by a task, or let go",
    },
  ],
  [
    "Slack",
    {
      limited: "makes the next message wait 3 s",
      expired: "gives the next form too little time to open",
      kicked: "takes the bot out of #ops, or back in",
      archived: "archives #ops, or brings it back",
    },
  ],
  [
    "Everybody's clock goes ahead by",
    { minute: "1 minute", minutes: "10 minutes", hour: "1 hour", day: "1 day" },
  ],
  ["The bot", { killed: "is killed", started: "is started again" }],
];

/** What can be made to go wrong; what the person sees then is the point. */
export function drawKnobs(side: HTMLElement, { standing }: PageState): void {
  redraw(side, ["knobs", standing], () => [
    h("h2", {}, "Knobs"),
    h("p", { class: "hint" }, "They are about the snapshot of the command under Try this."),
    h(
      "p",
      { class: "standing", role: "status" },
      standing.length === 0 ? "All is well." : `${standing.join(". ")}.`,
    ),
    ...groups.map(([words, entries]) =>
      h(
        "section",
        {},
        h("h3", {}, words),
        h(
          "div",
          { class: "knobs" },
          ...Object.entries(entries).map(([turn, label]) => knob(turn as Turn["turn"], label)),
        ),
      ),
    ),
  ]);
}

const knob = (turn: Turn["turn"], label: string): HTMLElement =>
  h(
    "button",
    {
      ...{ type: "button", class: "button knob", id: `knob-${turn}` },
      onclick: async () => {
        const { refused } = await turnKnob({ turn });
        if (refused !== undefined) notice(refused);
        else speak("Turned.");
      },
    },
    label,
  );
