import type { Message } from "../blocks/kit.ts";
import { problemMessage } from "../blocks/replies.ts";
import { readSnapshotAct } from "../blocks/snapshot-actions.ts";
import type { Deps } from "../deps.ts";
import type { Click } from "./adapters.ts";
import { openUndo } from "./again.ts";
import { openForm } from "./change-form.ts";
import { listHistory } from "./list-history.ts";
import { originOf } from "./origin.ts";
import { showSnapshot } from "./show.ts";

/** What was chosen in a snapshot's menu, or pressed below it. */
export async function actOnSnapshot(deps: Deps, click: Click): Promise<Message | undefined> {
  const { person, triggerId, value } = click;
  const chosen = readSnapshotAct(value);
  switch (chosen?.act) {
    case undefined:
      return problemMessage({ kind: "snapshot-not-found" });
    case "show":
      return showSnapshot(deps, person, chosen.ref);
    case "history":
      return listHistory(deps, person, { snapshotId: chosen.ref.snapshotId });
    case "undo":
      return openUndo(deps, { ...click, value: chosen.requestId });
    case "change": {
      const origin = originOf(click, deps.clock.now());
      const command = { kind: "change", set: [], remove: [], others: "keep" } as const;
      return openForm(deps, person, origin, { ...command, ...chosen.ref }, triggerId);
    }
    default:
      return chosen satisfies never;
  }
}
