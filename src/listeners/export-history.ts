import { setImmediate as yieldToOthers } from "node:timers/promises";
import type { ChangeRequest } from "../approval/change-request.ts";
import type { From, HistoryQuery, Viewer } from "../approval/history.ts";
import { exportHead, exportLine } from "../approval/history-export.ts";
import { type ExportState, exportBegunMessage, exportMessage } from "../blocks/export-messages.ts";
import { problemMessage } from "../blocks/replies.ts";
import { noSuchPlaceMessage } from "../blocks/snapshot-list.ts";
import type { Deps } from "../deps.ts";
import {
  type ExportFormat,
  formatHistory,
  type HistoryFilter,
} from "../snapshot/history-filter.ts";
import type { CommandCall } from "./adapters.ts";
import { queryOf } from "./list-history.ts";
import { viewerOf } from "./looking-key.ts";

/** Most requests in one file. */
const MOST = 100_000;
/** So many are read in one go; in between everybody else is served. */
const PAGE = 500;

/** All that fits the filter and that the person may see, as a file in a direct message. */
export async function exportHistory(
  deps: Deps,
  call: CommandCall,
  filter: HistoryFilter,
  format: ExportFormat,
): Promise<void> {
  const { person } = call;
  const { slack, keys, clock } = deps;
  const scope = await keys.scope(person);
  if (!scope.ok) return call.reply(problemMessage(scope.problem));
  const now = clock.now();
  const query = queryOf(filter, person, scope.value, now);
  if (!query.ok) return call.reply(noSuchPlaceMessage(query.problem));
  await call.reply(exportBegunMessage());
  const words = formatHistory({ ...filter, export: format });
  const told = (await slack.isReached(person))
    ? await slack.post(person.userId, exportMessage(words, { kind: "making" }))
    : ({ kind: "refused", error: "user_not_found" } as const);
  const place = told.kind === "sent" ? told.place : undefined;
  if (place === undefined) {
    const error = told.kind === "sent" ? "no direct message" : told.error;
    return call.tell(exportMessage(words, { kind: "refused", error }));
  }
  const name = `snapshot-history-${new Date(now).toISOString().slice(0, 10)}.${format}`;
  const gathered = await gather(deps, viewerOf(person, scope.value), query.value, format);
  const shared =
    gathered.count === 0
      ? undefined
      : await slack.share(place.channel, { name, text: gathered.text });
  const state: ExportState =
    shared === undefined
      ? { kind: "nothing" }
      : shared.kind === "sent"
        ? { kind: "sent", count: gathered.count, isCut: gathered.isCut }
        : { kind: "refused", error: shared.error };
  await slack.update(place, exportMessage(words, state));
}

async function gather(
  { history }: Deps,
  viewer: Viewer,
  query: HistoryQuery,
  format: ExportFormat,
): Promise<{ readonly text: string; readonly count: number; readonly isCut: boolean }> {
  const parts = [exportHead(format)];
  let count = 0;
  let last: ChangeRequest | undefined;
  for (;;) {
    const from: From | undefined = last && { olderThan: last };
    const page = await history.page(viewer, query, Math.min(PAGE, MOST - count), from);
    parts.push(...page.requests.map((request) => exportLine(format, request)));
    count += page.requests.length;
    last = page.requests.at(-1);
    if (!page.hasOlder || last === undefined || count >= MOST) {
      return { text: parts.join(""), count, isCut: page.hasOlder };
    }
    await yieldToOthers();
  }
}
