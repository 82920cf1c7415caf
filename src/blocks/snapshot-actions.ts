import type { Button, Overflow } from "@slack/types";
import type { SnapshotRef } from "../snapshot/snapshot.ts";
import { readSnapshotLink } from "../snapshot/snapshot-link.ts";
import { button, plain } from "./kit.ts";
import { UNDO_ACTION } from "./request-buttons.ts";

export const SNAPSHOT_MENU = "snapshot-menu";
export const CHANGE_SNAPSHOT_ACTION = "change-snapshot";
export const SNAPSHOT_HISTORY_ACTION = "snapshot-history";

/** What can be done with a snapshot that is shown. */
export type SnapshotAct =
  | { readonly act: "change" | "show" | "history"; readonly ref: SnapshotRef }
  | { readonly act: "undo"; readonly requestId: string };

const TITLES = { change: "Change", show: "Show", history: "History" } as const;
const UNDO = "Undo last change";

/** The menu at the end of a row; `undoes`: the last change of it, when it can be taken back. */
export const snapshotMenu = (ref: SnapshotRef, undoes: string | null): Overflow => ({
  type: "overflow",
  action_id: SNAPSHOT_MENU,
  options: [
    ...(["change", "show", "history"] as const).map((act) => ({
      text: plain(TITLES[act]),
      value: `${act} ${placed(ref)}`,
    })),
    ...(undoes === null ? [] : [{ text: plain(UNDO), value: `undo ${undoes}` }]),
  ],
});

/** The same as buttons below a snapshot that is shown whole. */
export const snapshotButtons = (ref: SnapshotRef, undoes: string | null): readonly Button[] => [
  button(CHANGE_SNAPSHOT_ACTION, TITLES.change, {
    value: `change ${placed(ref)}`,
    style: "primary",
  }),
  button(SNAPSHOT_HISTORY_ACTION, TITLES.history, { value: `history ${placed(ref)}` }),
  ...(undoes === null ? [] : [button(UNDO_ACTION, UNDO, { value: undoes })]),
];

/** What a menu or a button asks for; undefined: nothing that was ever offered. */
export function readSnapshotAct(value: string): SnapshotAct | undefined {
  const [word = "", rest = ""] = value.split(" ");
  if (word === "undo") return { act: word, requestId: rest };
  const act = (["change", "show", "history"] as const).find((one) => one === word);
  const { projectId, regionId, snapshotId } = readSnapshotLink(rest);
  return act === undefined ||
    projectId === undefined ||
    regionId === undefined ||
    snapshotId === undefined
    ? undefined
    : { act, ref: { projectId, regionId, snapshotId } };
}

/** The end of the snapshot's address in Gcore's API. */
const placed = ({ projectId, regionId, snapshotId }: SnapshotRef): string =>
  `/snapshots/${projectId}/${regionId}/${snapshotId}`;
