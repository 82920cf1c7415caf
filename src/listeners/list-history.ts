import type { From, HistoryQuery } from "../approval/history.ts";
import type { KeyScope } from "../approval/key-scope.ts";
import type { Person } from "../approval/person.ts";
import {
  HISTORY_OLDER_ACTION,
  HISTORY_ROWS,
  historyMessage,
  readHistoryPage,
} from "../blocks/history-message.ts";
import type { Message } from "../blocks/kit.ts";
import { commandFaultMessage, problemMessage } from "../blocks/replies.ts";
import { noSuchPlaceMessage } from "../blocks/snapshot-list.ts";
import type { Deps } from "../deps.ts";
import { err, ok, type Result } from "../problem.ts";
import { parseCommand } from "../snapshot/command.ts";
import { isPlace, type PlaceFault } from "../snapshot/filter.ts";
import { type HistoryFilter, timeOf } from "../snapshot/history-filter.ts";
import type { Click } from "./adapters.ts";
import { viewerOf } from "./looking-key.ts";
import { tellPerson } from "./tell.ts";

/** What was asked for, decided and done, as far as this person may see it. */
export async function listHistory(
  deps: Deps,
  person: Person,
  filter: HistoryFilter,
  from?: From,
): Promise<Message> {
  const scope = await deps.keys.scope(person);
  if (!scope.ok) return problemMessage(scope.problem);
  const query = queryOf(filter, person, scope.value, deps.clock.now());
  if (!query.ok) return noSuchPlaceMessage(query.problem);
  const viewer = viewerOf(person, scope.value);
  return historyMessage(filter, await deps.history.page(viewer, query.value, HISTORY_ROWS, from));
}

/** Turns the page, in place of the one that the button stands in. */
export async function turnHistoryPage(deps: Deps, click: Click): Promise<undefined> {
  const { person, responseUrl, actionId, value } = click;
  const page = readHistoryPage(value);
  const parsed = parseCommand(`history ${page?.text ?? ""}`);
  const shown =
    page === undefined || !parsed.ok || parsed.value.kind !== "history"
      ? // What a newer or an older bot wrote, perhaps.
        commandFaultMessage({ kind: "word", word: value, usage: "history" })
      : await listHistory(
          deps,
          person,
          parsed.value.filter,
          actionId === HISTORY_OLDER_ACTION ? { olderThan: page.place } : { newerThan: page.place },
        );
  await tellPerson(deps, person, responseUrl, shown, "instead");
}

/** What the filter means for this person, now. */
export function queryOf(
  filter: HistoryFilter,
  person: Person,
  { projects }: KeyScope,
  now: number,
): Result<HistoryQuery, PlaceFault> {
  const { snapshotId, by, project, outcomes } = filter;
  const projectIds = project === undefined ? ok(undefined) : idsOf(project, projects ?? []);
  if (!projectIds.ok) return projectIds;
  const since = filter.since && timeOf(filter.since, now, "since");
  const until = filter.until && timeOf(filter.until, now, "until");
  return ok({
    ...(snapshotId === undefined ? {} : { snapshotId }),
    ...(by === undefined ? {} : { requester: by === "me" ? person.userId : by }),
    ...(projectIds.value === undefined ? {} : { projectIds: projectIds.value }),
    ...(outcomes === undefined ? {} : { states: outcomes }),
    ...(typeof since === "number" ? { since } : {}),
    ...(typeof until === "number" ? { until } : {}),
  });
}

/** A number that the key does not see will do: one's own requests are one's own to see. */
function idsOf(
  asked: string,
  projects: NonNullable<KeyScope["projects"]>,
): Result<readonly number[], PlaceFault> {
  const ids = projects.filter(({ id, name }) => isPlace(asked, id, name)).map(({ id }) => id);
  if (ids.length > 0) return ok(ids);
  if (/^[1-9]\d{0,14}$/.test(asked)) return ok([Number(asked)]);
  const known = projects.map(({ id, name }) => `${name} (${id})`);
  return err({ kind: "project", asked, known });
}
