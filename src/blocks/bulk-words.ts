import { type Bulk, LEFT_KINDS, type LeftKind } from "../approval/bulk.ts";
import type { BulkChange } from "../snapshot/bulk-change.ts";
import { formatTemplate, isOneName } from "../snapshot/name-template.ts";
import { counted } from "./amounts.ts";
import type { Phrase } from "./phrase.ts";
import { clip } from "./visible.ts";

/** So much of the hash tells one plan from another; all of it stands in the ledger. */
const HASH = 12;
const VALUE = 260;

/** Stands over these lines. */
export const AIM = "What changes in each";

/** What is to be made of each snapshot, a line each. */
export function aimLines({ aim }: Bulk): readonly Phrase[] {
  switch (aim.kind) {
    case "change":
      return changeLines(aim.change);
    case "undo":
      return [["Each gets back what it had before, as far as nobody has changed it since."]];
    case "retry":
      return [["What could not be changed is tried once more, from what stands there now."]];
    default:
      return aim satisfies never;
  }
}

const changeLines = ({ name, set, remove, others }: BulkChange): readonly Phrase[] => [
  ...(name === undefined
    ? []
    : [
        [
          { bold: "Name" },
          ": ",
          { code: clip(formatTemplate(name), VALUE) },
          ...(isOneName(name) ? [", the same for all of them"] : []),
        ],
      ]),
  ...set.map(
    ({ key, value }): Phrase => [
      { bold: "Tag" },
      " ",
      { code: clip(key, VALUE) },
      " is set to ",
      { code: clip(value, VALUE) },
    ],
  ),
  ...remove.map((key): Phrase => [{ bold: "Tag" }, " ", { code: clip(key, VALUE) }, " is removed"]),
  ...(others === "remove" ? [["All other tags are removed"]] : []),
];

/** How many of those that were chosen are to change and how many are left, a line each. */
export const sizeLines = ({ size, locked, left }: Bulk): readonly Phrase[] => [
  [{ bold: size.toLocaleString("en") }, " to change"],
  ...(locked === 0
    ? []
    : [
        [
          `${locked.toLocaleString("en")} of them ${locked === 1 ? "waits" : "wait"} for a task to end`,
        ],
      ]),
  ...LEFT_KINDS.flatMap((kind) => {
    const count = left[kind] ?? 0;
    return count === 0 ? [] : [[`${count.toLocaleString("en")} ${LEFT[kind]}`]];
  }),
];

/** Why some are left, in a few words. */
export const LEFT: Readonly<Record<LeftKind, string>> = {
  already: "already so",
  rule: "refused by your team's rules",
  key: "not permitted by this key",
  missing: "not found",
  unfit: "cannot be changed like this",
};

/** What is said of those that a stop has left, and of one alone. */
export const STOPPED = "left as they are, because it was stopped";
export const STOPPED_ONE = "left as it is, because the change was stopped";

/** Where they are, and which plan it is. */
export const planPhrase = ({ projectIds, regions, hash }: Bulk): Phrase => [
  `In ${counted(projectIds.length, "project")} and ${counted(regions.length, "region")}. Plan `,
  { code: hash.slice(0, HASH) },
  ".",
];
