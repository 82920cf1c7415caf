import { type ChangeRequest, itemOf } from "../approval/change-request.ts";
import { concernedBy } from "../approval/decide.ts";
import type { Entry } from "../approval/ledger.ts";
import type { Notice } from "../approval/notice.ts";
import { homesChanged } from "./home-tabs.ts";
import { appendEntry } from "./ledger-table.ts";
import { nudgeFollowers, nudgeProgress, putNotices } from "./outbox-notices.ts";
import { move } from "./request-table.ts";
import type { Sql } from "./sql.ts";

/** Compare and set, with the ledger, the notices, and all that follows the request or its plan. */
export async function step(
  sql: Sql,
  from: ChangeRequest,
  next: ChangeRequest,
  entry: Entry,
  notices: readonly Notice[],
): Promise<boolean> {
  if (!(await move(sql, from, next))) return false;
  const seq = await appendEntry(sql, entry);
  const item = itemOf(next);
  await Promise.all([
    putNotices(sql, notices, seq, entry.at),
    ...(item === undefined
      ? [
          nudgeFollowers(sql, next.id, seq, entry.at),
          homesChanged(sql, concernedBy(next, from.state === "pending")),
        ]
      : [nudgeProgress(sql, [next.id, item.id], seq, entry.at)]),
  ]);
  return true;
}
