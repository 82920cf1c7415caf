import type { ChangeRequest, Vote } from "../approval/change-request.ts";
import { approve, ask, concernedBy, type Shown } from "../approval/decide.ts";
import { entryFor } from "../approval/entries.ts";
import { noticesFor } from "../approval/notices.ts";
import { homesChanged } from "./home-tabs.ts";
import { appendEntry } from "./ledger-table.ts";
import { putNotices, putShown } from "./outbox-notices.ts";
import { find, insert, move } from "./request-table.ts";
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
  await insert(sql, [pending]);
  const seq = await appendEntry(sql, entryFor(pending, now));
  const of = { requestId: shown.id, state: "pending" } as const;
  await putShown(sql, { ...of, kind: "view", target: viewId }, null);
  await homesChanged(sql, concernedBy(pending, vote === null));
  if (vote === null) {
    await putNotices(sql, noticesFor(pending, auditChannels), seq, now);
    return pending;
  }
  const approved = approve(pending, vote);
  // The view shows it as it is now: that is the answer to the click.
  await move(sql, pending, approved);
  const decision = await appendEntry(sql, entryFor(approved, now));
  await putNotices(sql, noticesFor(approved, auditChannels), decision, now);
  return approved;
}
