import type { Person } from "../approval/person.ts";
import type { Message } from "../blocks/kit.ts";
import { isOfKey } from "../blocks/problem-words.ts";
import { commandFaultMessage, problemMessage } from "../blocks/replies.ts";
import { listMessage, noSuchPlaceMessage, readPageValue } from "../blocks/snapshot-list.ts";
import type { Deps } from "../deps.ts";
import { parseCommand } from "../snapshot/command.ts";
import { type Filter, matches, newestFirst, placeOf } from "../snapshot/filter.ts";
import { FIRST_PAGE, pageOf } from "../snapshot/list-page.ts";
import type { Click } from "./adapters.ts";
import { lookingKey, viewerOf } from "./looking-key.ts";
import { tellPerson } from "./tell.ts";

/** Slack takes 50 blocks; a person takes in fewer rows at once. */
const ROWS = 10;
/** How long Gcore is waited for before what is known by then is shown. Milliseconds. */
const PATIENCE = 4_000;
/** What somebody wants to see refreshed may be so old. */
const REFRESHED = 2_000;

/** The snapshots that the person's key sees and that fit the filter, from one of them on. */
export async function listSnapshots(
  deps: Deps,
  person: Person,
  filter: Filter,
  from = FIRST_PAGE,
  fresh?: number,
): Promise<Message> {
  const { catalogue, clock, history } = deps;
  const key = await lookingKey(deps, person);
  if (!key.ok) return problemMessage(key.problem);
  const caller = { person, apiKey: key.value.apiKey };
  const names = await catalogue.lists(caller, PATIENCE);
  const place = placeOf(filter, names.projects, names.regions);
  if (!place.ok) return noSuchPlaceMessage(place.problem);
  const sight = await catalogue.see(caller, place.value, PATIENCE, fresh);
  const { projects, problem, readAt, unread } = sight;
  if (problem !== undefined && isOfKey(problem) && readAt === null) return problemMessage(problem);
  const now = clock.now();
  const found = sight.snapshots
    .filter((snapshot) => matches(filter, snapshot, { now, projects }))
    .sort(newestFirst);
  const page = pageOf(found, from, ROWS);
  const undoable = await history.lastApplied(
    viewerOf(person, key.value.scope),
    page.items.map(({ snapshotId }) => snapshotId),
  );
  return listMessage({
    ...{ filter, now, readAt, unread, problem },
    ...{ before: page.before, total: found.length },
    ...{ from: page.from, previous: page.previous, next: page.next },
    rows: page.items.map((snapshot) => ({
      snapshot,
      project: projects.find(({ id }) => id === snapshot.projectId),
      undoes: undoable.get(snapshot.snapshotId) ?? null,
    })),
  });
}

/** Turns the page, in place of the one that the button stands in. */
export const turnListPage = (deps: Deps, click: Click): Promise<undefined> =>
  showPage(deps, click, undefined);

/** The same page as it is now. */
export const refreshList = (deps: Deps, click: Click): Promise<undefined> =>
  showPage(deps, click, REFRESHED);

async function showPage(deps: Deps, click: Click, fresh: number | undefined): Promise<undefined> {
  const { person, responseUrl } = click;
  const { from, text } = readPageValue(click.value);
  const parsed = parseCommand(`list ${text}`);
  const shown =
    !parsed.ok || parsed.value.kind !== "list"
      ? // What a newer or an older bot wrote, perhaps.
        commandFaultMessage({ kind: "word", word: text, usage: "list" })
      : await listSnapshots(deps, person, parsed.value.filter, from, fresh);
  await tellPerson(deps, person, responseUrl, shown, "instead");
}
