import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { listMessage } from "../blocks/snapshot-list.ts";
import type { Deps } from "../deps.ts";
import type { Filter } from "../snapshot/filter.ts";
import { FIRST_PAGE, pageOf } from "../snapshot/list-page.ts";
import { findSnapshots } from "./find-snapshots.ts";
import { viewerOf } from "./looking-key.ts";

/** Slack takes 50 blocks; a person takes in fewer rows at once. */
const ROWS = 10;

/** The snapshots that the person's key sees and that fit the filter, from one of them on. */
export async function listSnapshots(
  deps: Deps,
  person: Person,
  filter: Filter,
  from = FIRST_PAGE,
  fresh?: number,
): Promise<Message> {
  const found = await findSnapshots(deps, person, filter, fresh);
  if (!found.ok) return found.problem;
  const { snapshots, projects, scope, ...known } = found.value;
  const { items, ...page } = pageOf(snapshots, from, ROWS);
  const undoable = await deps.history.lastApplied(
    viewerOf(person, scope),
    items.map(({ snapshotId }) => snapshotId),
  );
  return listMessage({
    ...{ ...known, ...page, filter, total: snapshots.length },
    rows: items.map((snapshot) => ({
      snapshot,
      project: projects.find(({ id }) => id === snapshot.projectId),
      undoes: undoable.get(snapshot.snapshotId) ?? null,
    })),
  });
}
