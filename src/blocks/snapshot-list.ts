import type { KnownBlock } from "@slack/types";
import type { ProjectName } from "../problem.ts";
import type { PlaceFault } from "../snapshot/filter.ts";
import { isProtected, type Snapshot } from "../snapshot/snapshot.ts";
import { ageOf, counted } from "./amounts.ts";
import { dotted, type Message, message, paragraph, plain, shortened } from "./kit.ts";
import {
  forWhat,
  type ListFrame,
  nameWords,
  noneSeenPhrase,
  notesOn,
  pageButtons,
  rangeWords,
} from "./list-frame.ts";
import { type Phrase, plainOf } from "./phrase.ts";
import { snapshotMenu } from "./snapshot-actions.ts";
import { clip } from "./visible.ts";

/** A page of a list of snapshots. */
export interface ListPage extends ListFrame {
  readonly rows: readonly ListRow[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface ListRow {
  readonly snapshot: Snapshot;
  readonly project: ProjectName | undefined;
  /** The request whose change of it can be taken back. */
  readonly undoes: string | null;
}

const MOST_TAGS = 3;

/** The page of a list, shown to one person. */
export const listMessage = (page: ListPage): Message =>
  message(
    headline(page),
    ...page.rows.map((row, index) => rowBlock(row, page, index)),
    ...notesOn(page).map(paragraph),
    pageButtons("list", page),
  );

/** A project or a region of the filter that the person's key does not see. */
export const noSuchPlaceMessage = ({ kind, asked, known }: PlaceFault): Message =>
  message(
    ["Your key sees no ", kind, " ", { code: clip(asked, 100) }, "."],
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

function headline(page: ListPage): Phrase {
  if (page.total === 0) return noneSeenPhrase(page);
  const range = rangeWords(page, page.rows.length);
  const order = page.total === 1 ? "" : ", the newest first";
  return [counted(page.total, "snapshot"), ...forWhat(page), `${order}${range}.`];
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
    own.map(({ key, value }): Phrase => [clip(key, 40), "=", clip(value, 40)]),
    MOST_TAGS,
  );
  const lines = [
    nameWords(name),
    plainOf(dotted(facts.map((fact) => [fact]))),
    tags.length === 0 ? "no tags" : plainOf(dotted(tags)),
  ];
  return {
    type: "section",
    block_id: `row-${index}-${snapshotId}`,
    text: plain(lines.join("\n")),
    accessory: snapshotMenu(snapshot, undoes),
  } satisfies KnownBlock;
}
