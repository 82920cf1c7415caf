import type { ChangeRequest, Vote } from "../approval/change-request.ts";
import { approve, ask, concernedBy, type Shown } from "../approval/decide.ts";
import { entryFor } from "../approval/entries.ts";
import { noticesFor } from "../approval/notices.ts";
import { homesChanged } from "./home-tabs.ts";
import { appendEntries } from "./ledger-table.ts";
import { noteMove } from "./moves.ts";
import { putNotices, putShown } from "./outbox-notices.ts";
import { find, insert } from "./request-table.ts";
import type { Sql } from "./sql.ts";

/** Makes a request of what was shown, unless there is one, with all that is written and said of it. */
export async function putAsked(
  sql: Sql,
  auditChannels: readonly string[],
  shown: Shown,
  viewId: string,
  vote: Vote | null,
  now: number,
): Promise<ChangeRequest> {
  const known = await find(sql, shown.id);
  if (known !== undefined) return known;
  const pending = ask(shown, now);
  const request = vote === null ? pending : approve(pending, vote);
  const steps = vote === null ? [pending] : [pending, request];
  await insert(sql, [request]);
  noteMove(sql, undefined, pending);
  if (request !== pending) noteMove(sql, pending, request);
  const seq = await appendEntries(
    sql,
    steps.map((one) => entryFor(one, now)),
  );
  const of = { requestId: shown.id, state: "pending" } as const;
  await Promise.all([
    // The view shows it as it is now: that is the answer to the click.
    putShown(sql, { ...of, kind: "view", target: viewId }, null),
    homesChanged(sql, concernedBy(pending, vote === null)),
    putNotices(sql, noticesFor(request, auditChannels), seq, now),
  ]);
  return request;
}
