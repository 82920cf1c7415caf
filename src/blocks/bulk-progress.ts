import type { Button, KnownBlock } from "@slack/types";
import { type Counts, endedOf } from "../approval/bulk.ts";
import { ranFor } from "../approval/bulk-run.ts";
import {
  type BulkRequest,
  type ChangeRequest,
  type Finished,
  isUnderWay,
  type UnderWay,
} from "../approval/change-request.ts";
import { counted } from "./amounts.ts";
import {
  goOnButton,
  pauseButton,
  retryButton,
  seePlanButton,
  stopRunButton,
} from "./bulk-buttons.ts";
import { STOPPED, STOPPED_ONE } from "./bulk-words.ts";
import { actions, bullets, paragraph } from "./kit.ts";
import type { Phrase } from "./phrase.ts";
import { undoButton } from "./request-buttons.ts";

/** What has become of the items by `now`. */
export interface Progress {
  readonly counts: Counts;
  readonly now: number;
}

/** Cells of the bar. */
const WIDTH = 16;
/** No rate is told of fewer items, or of a shorter time in milliseconds. */
const ENOUGH = { items: 5, time: 2_000 } as const;

/** How far a run has come: a bar, how quickly it goes, how long it takes yet, and what came of each. */
function progressBlocks(run: UnderWay, progress: Progress): KnownBlock[] {
  const { counts } = progress;
  const { size } = run.bulk;
  const ended = endedOf(counts) - counts.stopped;
  return [
    paragraph([
      `${barOf(ended, size)} ${ended.toLocaleString("en")} of ${size.toLocaleString("en")}`,
      ...(run.state === "running" ? speedPhrase(run, progress) : []),
    ]),
    bullets(countLines(counts)),
  ];
}

/** The same of any request, where it is one that runs or has run. */
export const runBlocks = (request: ChangeRequest, progress: Progress | undefined): KnownBlock[] => {
  if (request.state === "finished") {
    // That all are changed is said already.
    if (request.counts.applied === request.bulk.size) return [];
    return [bullets(countLines(request.counts))];
  }
  return isUnderWay(request) && progress !== undefined ? progressBlocks(request, progress) : [];
};

/** One cell is filled as soon as something is done, and all of them only when nothing is left. */
const barOf = (ended: number, size: number): string => {
  const filled = size === 0 ? WIDTH : Math.floor((ended * WIDTH) / size) || Math.min(ended, 1);
  return "█".repeat(filled) + "░".repeat(WIDTH - filled);
};

function speedPhrase(run: UnderWay, { counts, now }: Progress): Phrase {
  const ended = endedOf(counts);
  const time = ranFor(run, now);
  if (ended < ENOUGH.items || time < ENOUGH.time) return [];
  // Nobody knows when a task ends that holds a snapshot.
  const left = run.bulk.size - ended - counts.held;
  if (left === 0) return [];
  const perSecond = (ended * 1_000) / time;
  const seconds = left / perSecond;
  return [` · ${rateWords(perSecond)} · about ${spanWords(seconds)} left`];
}

const rateWords = (perSecond: number): string =>
  perSecond >= 1
    ? `${Math.round(perSecond)} a second`
    : perSecond * 60 >= 1
      ? `${Math.round(perSecond * 60)} a minute`
      : `${Math.max(1, Math.round(perSecond * 3_600))} an hour`;

/** A length of time as one says it, of seconds: no more exact than anybody could know. */
function spanWords(seconds: number): string {
  if (seconds <= 10) return counted(Math.max(1, Math.ceil(seconds)), "second");
  if (seconds <= 50) return counted(Math.ceil(seconds / 10) * 10, "second");
  // A little more than one of them is still about one.
  if (seconds <= 5_400) return counted(Math.round(seconds / 60), "minute");
  return counted(Math.round(seconds / 3_600), "hour");
}

const COUNTS: Readonly<Record<keyof Counts, string>> = {
  applied: "changed",
  failed: "not changed: failed",
  conflict: "not changed: somebody else changed them after the plan was made",
  unknown: "not known: Gcore did not tell whether they are changed",
  stopped: STOPPED,
  held: "waiting for a task to end",
  underWay: "on their way",
  waiting: "to come",
};

/** The same of one alone, where it is said otherwise. */
const OF_ONE: Readonly<Partial<Record<keyof Counts, string>>> = {
  conflict: "not changed: somebody else changed it after the plan was made",
  unknown: "not known: Gcore did not tell whether it is changed",
  stopped: STOPPED_ONE,
  underWay: "on its way",
};

/** What came of how many, without what there is none of. */
const countLines = (counts: Counts): readonly Phrase[] =>
  (Object.keys(COUNTS) as (keyof Counts)[]).flatMap((kind) => {
    const count = counts[kind];
    const words = (count === 1 && OF_ONE[kind]) || COUNTS[kind];
    return count === 0 ? [] : [[{ bold: count.toLocaleString("en") }, ` ${words}`]];
  });

/** What can be done with a run as it stands, and a look at each of its items. */
export function runButtons(request: BulkRequest, blockId = "run-actions"): KnownBlock[] {
  const { id } = request;
  const buttons: readonly Button[] =
    request.state === "running"
      ? [pauseButton(id), stopRunButton(id)]
      : request.state === "paused"
        ? [goOnButton(id), stopRunButton(id)]
        : request.state === "finished"
          ? afterwards(request)
          : [];
  return request.state === "pending" || isUnderWay(request) || request.state === "finished"
    ? [actions(blockId, seePlanButton(id), ...buttons)]
    : [];
}

const afterwards = ({ id, counts }: Finished): readonly Button[] => [
  ...(counts.failed + counts.conflict + counts.unknown + counts.stopped > 0
    ? [retryButton(id)]
    : []),
  ...(counts.applied > 0 ? [undoButton(id)] : []),
];
