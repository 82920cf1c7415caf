import type { KnownBlock, ModalView } from "@slack/types";
import type { Bulk, Counts, Why } from "../approval/bulk.ts";
import { PLAN_PARTS, type PlanPage, type PlanPart, type PlanRow } from "../approval/bulk-page.ts";
import { counted } from "./amounts.ts";
import { unfitNamePhrase } from "./bulk-fault-words.ts";
import { LEFT, STOPPED, STOPPED_ONE } from "./bulk-words.ts";
import { rowPhrase, warningPhrase } from "./difference.ts";
import { bullets, button, paragraph, plain, shortened } from "./kit.ts";
import { outcomeLine } from "./outcome.ts";
import { clipPhrase, type Phrase } from "./phrase.ts";
import { problemPhrase } from "./problem-words.ts";
import { clip } from "./visible.ts";

export const PLAN_PREVIOUS_ACTION = "plan-previous";
export const PLAN_NEXT_ACTION = "plan-next";
export const PLAN_PART_ACTION = "plan-part";

/** So many on a page: Slack takes 100 blocks in a view, and a person takes in fewer. */
export const PLAN_ROWS = 8;
const MOST_ROWS = 5;
const LINE = 300;

/** A part of a plan, a page of it, and what is known of the whole. */
export interface PlanPlace {
  readonly planId: string;
  readonly part: PlanPart;
  readonly page: PlanPage;
  readonly bulk: Bulk;
  /** What came of the items so far; undefined: nobody has agreed to the plan yet. */
  readonly counts: Counts | undefined;
}

/** The plan, snapshot by snapshot. */
export function planView(place: PlanPlace): ModalView {
  const { part, page } = place;
  const count = countOf(place, part);
  const words = part === "stopped" && count === 1 ? STOPPED_ONE : PARTS[part];
  return {
    type: "modal",
    callback_id: "plan",
    title: plain("Each snapshot"),
    close: plain("Back"),
    blocks: [
      menuOf(place),
      paragraph([`${counted(count, "snapshot")}: ${words}.`]),
      ...page.rows.flatMap(planRow),
      ...turning(place),
    ],
  };
}

const PARTS: Readonly<Record<PlanPart, string>> = {
  change: "in the plan",
  applied: "changed",
  trouble: "not changed, or not known",
  stopped: STOPPED,
  held: "waiting for a task to end",
  waiting: "to come",
  ...LEFT,
};

function countOf({ bulk, counts }: PlanPlace, part: PlanPart): number {
  switch (part) {
    case "change":
      return bulk.size;
    case "applied":
    case "stopped":
    case "held":
    case "waiting":
      return counts?.[part] ?? 0;
    case "trouble":
      return counts === undefined ? 0 : counts.failed + counts.conflict + counts.unknown;
    default:
      return bulk.left[part] ?? 0;
  }
}

/** Which part is shown, of those that there are. */
function menuOf(place: PlanPlace): KnownBlock {
  const optionOf = (part: PlanPart) => ({
    text: plain(`${capital(PARTS[part])} (${countOf(place, part).toLocaleString("en")})`),
    value: planValue(place.planId, part, 0),
  });
  const parts = PLAN_PARTS.filter((part) => part === place.part || countOf(place, part) > 0);
  return {
    type: "actions",
    block_id: "plan-parts",
    elements: [
      {
        type: "static_select",
        action_id: PLAN_PART_ACTION,
        options: parts.map(optionOf),
        initial_option: optionOf(place.part),
      },
    ],
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function turning({ planId, part, page }: PlanPlace): KnownBlock[] {
  const turn = (id: string, text: string, from: number) =>
    button(id, text, { value: planValue(planId, part, from) });
  const { previous, next } = page;
  const elements = [
    ...(previous === null ? [] : [turn(PLAN_PREVIOUS_ACTION, "Previous page", previous)]),
    ...(next === null ? [] : [turn(PLAN_NEXT_ACTION, "Next page", next)]),
  ];
  return elements.length === 0 ? [] : [{ type: "actions", block_id: "plan-pages", elements }];
}

const planValue = (planId: string, part: PlanPart, from: number): string =>
  `${planId} ${part} ${from}`;

/** What a button or a line of the menu carries: the plan, the part, and where the page begins. */
export function readPlanValue(value: string) {
  const [, planId = "", asked, from] = /^(\S{1,100})(?: ([a-z]+) (\d{1,15}))?$/.exec(value) ?? [];
  const part = PLAN_PARTS.find((one) => one === asked) ?? "change";
  return { planId, part, from: Number(from ?? 0) };
}

/** One of those that were chosen: what is to change or what came of it, or why it is left. */
export function planRow({ chosen, request }: PlanRow): KnownBlock[] {
  if ("why" in chosen) {
    const { n, ref, name, why } = chosen;
    const title: Phrase = [
      `${n}. `,
      name === null ? { code: ref.snapshotId } : { bold: clip(name, 150) },
    ];
    return [paragraph([...title, ": ", ...clipPhrase(whyPhrase(why), LINE)])];
  }
  const { n, before, plan } = chosen;
  const lines = [
    ...plan.rows.map((row) => clipPhrase(rowPhrase(row), LINE)),
    ...(request === undefined
      ? plan.warnings.map((warning) => clipPhrase(warningPhrase(warning), LINE))
      : []),
  ];
  return [
    paragraph([`${n}. `, { bold: clip(before.name, 150) }, ` in ${clip(before.region, 60)}`]),
    bullets([
      ...shortened(lines, MOST_ROWS),
      ...(request === undefined ? [] : [clipPhrase(outcomeLine(request, true), 2 * LINE)]),
    ]),
  ];
}

function whyPhrase(why: Why): Phrase {
  switch (why.kind) {
    case "already":
      return ["it is like this already."];
    case "no-way-back":
      return why.left.flatMap((warning) => [...warningPhrase(warning), " "]);
    case "name-part-missing":
    case "name-unfit":
      return unfitNamePhrase(why);
    default:
      return problemPhrase(why);
  }
}
