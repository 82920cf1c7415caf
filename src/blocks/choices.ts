import type { PlainTextOption } from "@slack/types";
import type { Problem, ProjectName } from "../problem.ts";
import { refText } from "../snapshot/fill-form.ts";
import { type Region, type Snapshot, tagValue } from "../snapshot/snapshot.ts";
import { isSnapshotId } from "../snapshot/snapshot-link.ts";
import { ageOf } from "./amounts.ts";
import { dotted, plain } from "./kit.ts";
import { type Phrase, plainOf } from "./phrase.ts";
import { problemWords } from "./problem-words.ts";
import { clip } from "./visible.ts";

/** What a menu offers, in groups with a line above each. */
export interface Choices {
  readonly option_groups: {
    readonly label: ReturnType<typeof plain>;
    readonly options: PlainTextOption[];
  }[];
}

/** Slack's limits of a menu: options in a group, and characters of an option. */
const MOST = 100;
const TEXT = 75;

/** An option that only tells; whoever chooses it has chosen nothing. */
const NOTE = "note";
export const isNote = (value: string): boolean => value === NOTE;

const line = (...phrase: Phrase) => plain(clip(plainOf(phrase), TEXT));

export const choice = (text: string, value: string, description: Phrase = []): PlainTextOption => ({
  text: line(text),
  value,
  ...(description.length === 0 ? {} : { description: line(...description) }),
});

export const projectChoice = ({ id, name }: ProjectName): PlainTextOption =>
  choice(`${clip(name, TEXT - 20)} (${id})`, String(id));

export const regionChoice = ({ id, name }: Pick<Region, "id" | "name">): PlainTextOption =>
  choice(`${clip(name, TEXT - 20)} (${id})`, String(id));

/** A snapshot with enough to choose by: its name, and below it size, age, place and volume. */
export function snapshotChoice(snapshot: Snapshot, now: number): PlainTextOption {
  const { name, sizeGib, createdAt, region } = snapshot;
  const volume = tagValue(snapshot.tags, "volume_name");
  const facts = [
    `${sizeGib} GiB`,
    ...(createdAt === null ? [] : [`made ${ageOf(now - createdAt)}`]),
    clip(region, 25),
    ...(volume === undefined ? [] : [`of ${volume}`]),
  ];
  return choice(
    name === "" ? snapshot.snapshotId : name,
    refText(snapshot),
    dotted(facts.map((fact) => [fact])),
  );
}

/** The volume that a snapshot was made of, as something to copy from. */
const VOLUME = "volume";
export const isVolume = (value: string): boolean => value === VOLUME;
export function volumeChoice({ volumeId, tags }: Snapshot): PlainTextOption[] {
  const name = tagValue(tags, "volume_name");
  return volumeId === null ? [] : [choice(name ?? volumeId, VOLUME, ["The volume as it is now"])];
}

/** A snapshot of which no more is known than its id. */
export const idChoice = (text: string): PlainTextOption => choice(text, text);

/** Groups of options, without those that are empty; where all are, the note alone. */
export function choices(
  groups: readonly { readonly label: string; readonly options: readonly PlainTextOption[] }[],
  note: string,
): Choices {
  const shown = groups
    .filter(({ options }) => options.length > 0)
    .map(({ label, options }) => ({
      label: line(label),
      options: options.slice(0, MOST),
    }));
  return {
    option_groups:
      shown.length > 0
        ? shown
        : [{ label: plain("Nothing to choose"), options: [choice(note, NOTE)] }],
  };
}

/** Why there is nothing to choose, as the note of a menu. */
export const problemNote = (problem: Problem): string => plainOf(problemWords(problem).what);

/** The offer to look for an id that is in none of the lists. */
export const typedIdChoice = (typed: string): PlainTextOption[] =>
  isSnapshotId(typed.trim()) ? [idChoice(typed.trim().toLowerCase())] : [];
