import type { KnownBlock } from "@slack/types";
import type { Problem, ProjectName } from "../problem.ts";
import type { Filter, PlaceFault } from "../snapshot/filter.ts";
import { formatFilter } from "../snapshot/filter-text.ts";
import { isProtected, type Snapshot } from "../snapshot/snapshot.ts";
import { ageOf, counted } from "./amounts.ts";
import { actions, button, type Message, message, paragraph, plain, shortened } from "./kit.ts";
import { type Phrase, plainOf } from "./phrase.ts";
import { problemPhrase } from "./problem-words.ts";
import { snapshotMenu } from "./snapshot-actions.ts";
import { clip } from "./visible.ts";

export const LIST_PREVIOUS_ACTION = "list-previous";
export const LIST_NEXT_ACTION = "list-next";
export const LIST_REFRESH_ACTION = "list-refresh";

/** A page of a list of snapshots. Times are milliseconds since 1970. */
export interface ListPage {
  readonly filter: Filter;
  readonly rows: readonly ListRow[];
  /** How many come before these, and how many there are in all. */
  readonly before: number;
  readonly total: number;
  /** Where this page, the one before it and the one after it begin; null: there is none. */
  readonly from: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly now: number;
  /** When the oldest of it was read; null: nothing was. */
  readonly readAt: number | null;
  /** How many places were not read so far; null: it is not known. */
  readonly unread: number | null;
  /** What kept Gcore from telling more. */
  readonly problem: Problem | undefined;
}

export interface ListRow {
  readonly snapshot: Snapshot;
  readonly project: ProjectName | undefined;
  /** The request whose change of it can be taken back. */
  readonly undoes: string | null;
}

const MOST_TAGS = 3;
const NAME = 150;

/** The page of a list, shown to one person. */
export const listMessage = (page: ListPage): Message =>
  message(
    headline(page),
    ...page.rows.map((row, index) => rowBlock(row, page, index)),
    ...notesOn(page).map(paragraph),
    actions(
      "list-pages",
      ...(page.previous === null
        ? []
        : [pageButton(LIST_PREVIOUS_ACTION, "Previous page", page.previous, page.filter)]),
      ...(page.next === null
        ? []
        : [pageButton(LIST_NEXT_ACTION, "Next page", page.next, page.filter)]),
      pageButton(LIST_REFRESH_ACTION, "Refresh", page.from, page.filter),
    ),
  );

/** A project or a region of the filter that the person's key does not see. */
export const noSuchPlaceMessage = ({ kind, asked, known }: PlaceFault): Message =>
  message(
    ["Your API key sees no ", kind, " ", { code: clip(asked, 100) }, "."],
    known.length === 0
      ? paragraph(["It sees none at all."])
      : paragraph([
          `Write the number or the name of a ${kind} that it sees: `,
          ...shortened(
            known.map((name): Phrase => [{ code: clip(name, 100) }]),
            20,
          ).flatMap((name, index) => [...(index === 0 ? [] : [", "]), ...name]),
          ".",
        ]),
  );

/** What a page's button carries: where the page begins, and the words of the filter. */
export const readPageValue = (value: string): { readonly from: string; readonly text: string } => {
  const space = value.indexOf(" ");
  return space < 0
    ? { from: value, text: "" }
    : { from: value.slice(0, space), text: value.slice(space + 1) };
};

const pageButton = (id: string, text: string, from: string, filter: Filter) =>
  button(id, text, { value: `${from} ${formatFilter(filter)}`.trimEnd() });

function headline({ filter, rows, before, total, unread }: ListPage): Phrase {
  const what: Phrase =
    filter.length === 0 ? [] : [" for ", { code: clip(formatFilter(filter), 150) }];
  if (total === 0) {
    return unread === 0
      ? ["Your key sees no snapshots", ...what, "."]
      : ["I have found no snapshots", ...what, " so far."];
  }
  const range =
    rows.length === total ? "" : `, ${before + 1} to ${before + rows.length} of them here`;
  return [`${counted(total, "snapshot")}`, ...what, `, the newest first${range}.`];
}

function rowBlock({ snapshot, project, undoes }: ListRow, page: ListPage, index: number) {
  const { name, sizeGib, createdAt, region, status, snapshotId, projectId } = snapshot;
  const own = snapshot.tags.filter((tag) => !isProtected(tag));
  const facts = [
    `${sizeGib} GiB`,
    createdAt === null ? "age unknown" : `made ${ageOf(page.now - createdAt)}`,
    clip(status, 50),
    clip(region, 60),
    clip(project?.name ?? `project ${projectId}`, 60),
    // Only where the name alone does not tell.
    ...(page.rows.filter((row) => row.snapshot.name === name).length > 1
      ? [`id ${snapshotId.slice(0, 8)}…`]
      : []),
  ];
  const tags = shortened(
    own.map(({ key, value }): Phrase => [`${clip(key, 40)}=${clip(value, 40)}`]),
    MOST_TAGS,
  );
  const lines = [
    plainOf([clip(name.trim() === "" ? "(no name)" : name, NAME)]),
    plainOf([facts.join(" · ")]),
    tags.length === 0 ? "no tags" : tags.map(plainOf).join(" · "),
  ];
  return {
    type: "section",
    block_id: `row-${index}-${snapshotId}`,
    text: plain(lines.join("\n")),
    accessory: snapshotMenu(snapshot, undoes),
  } satisfies KnownBlock;
}

function notesOn({ readAt, unread, problem }: ListPage): Phrase[] {
  return [
    readAt === null ? [] : ["Read from Gcore ", { date: readAt }, " or later."],
    unread === null
      ? ["Gcore has not told me yet where to look. Press Refresh in a moment."]
      : unread === 0
        ? []
        : [
            `I am still reading ${counted(unread, "place")} (a project in a region each). Press Refresh in a moment.`,
          ],
    problem === undefined ? [] : ["Not all of it is known. ", ...problemPhrase(problem)],
  ].filter((phrase) => phrase.length > 0);
}
