import { follows, type Notice, noticeId, type RequestNotice } from "../approval/notice.ts";
import { placesFor, type Sql, type SqlValue } from "./sql.ts";

/** Slack's word for too much at a time: nothing goes to that place before this notice may come again. */
export const RATE_LIMITED = "ratelimited";
/** Now, but for what is on its way and for what Slack wants later. */
const SOON = `CASE
  WHEN outbox.on_its_way = 1 OR (outbox.error = ? AND outbox.due_at > ?) THEN outbox.due_at
  ELSE ? END`;

/** Puts notices into the outbox, in the transaction of what they tell of; the same one only once. */
export async function putNotices(
  sql: Sql,
  notices: readonly Notice[],
  ledgerSeq: number,
  dueAt: number,
): Promise<void> {
  if (notices.length > 0) await put(sql, notices, ledgerSeq, dueAt, "NOTHING");
}

/**
 * An open view that follows its request from here on. @param dueAt when it is to be drawn anew in any
 * case; null: it shows the request as it is now
 */
export async function putShown(sql: Sql, view: RequestNotice, dueAt: number | null): Promise<void> {
  // The same view may have been there before, and have shown something else.
  const anew = "UPDATE SET body = excluded.body";
  if (dueAt === null) return put(sql, [view], 0, null, anew);
  const soon = `${anew}, version = outbox.version + 1, due_at = ${SOON}`;
  await put(sql, [view], 0, dueAt, soon, RATE_LIMITED, dueAt, dueAt);
}

/** @param known what is done where one is there already, with its parameters */
async function put(
  sql: Sql,
  notices: readonly Notice[],
  ledgerSeq: number,
  dueAt: number | null,
  known: string,
  ...parameters: readonly SqlValue[]
): Promise<void> {
  const rows = notices.map((notice, index) => [
    index + 1,
    noticeId(notice),
    notice.target,
    "requestId" in notice ? notice.requestId : null,
    follows(notice) ? 1 : 0,
    dueAt,
    ledgerSeq,
    JSON.stringify(notice),
  ]);
  const row = "((SELECT coalesce(max(place), 0) FROM outbox) + ?, ?, ?, ?, ?, ?, 0, 0, 1, ?, ?)";
  await sql.run(
    `INSERT INTO outbox
       (place, id, target, request_id, follows, due_at, attempts, on_its_way, version, ledger_seq, body)
     VALUES ${rows.map(() => row).join(", ")} ON CONFLICT (id) DO ${known}`,
    ...rows.flat(),
    ...parameters,
  );
}

/** One message or view is not changed more often than this. Milliseconds. */
const GAP = 1_000;
/** Nor more often than this while it only tells how far many have come. Milliseconds. */
const PROGRESS_GAP = 3_000;

/** Everything that follows a request is due: in one go, however often the request has changed. */
export const nudgeFollowers = (sql: Sql, requestId: string, ledgerSeq: number, now: number) =>
  nudge(sql, "", GAP, { requests: [requestId], ledgerSeq, now });

/**
 * What follows an item or shows how far its plan has come is due, at a pace of its own; what invites
 * to decide is not.
 */
export const nudgeProgress = (
  sql: Sql,
  requests: readonly string[],
  ledgerSeq: number,
  now: number,
) => nudge(sql, "AND id NOT LIKE '%/invitation/%'", PROGRESS_GAP, { requests, ledgerSeq, now });

async function nudge(
  sql: Sql,
  which: string,
  gap: number,
  to: { readonly requests: readonly string[]; readonly ledgerSeq: number; readonly now: number },
): Promise<void> {
  await sql.run(
    `UPDATE outbox SET version = version + 1, ledger_seq = ?, gap = ?, due_at = ${SOON}
     WHERE request_id IN ${placesFor([to.requests])} AND follows = 1 ${which}`,
    to.ledgerSeq,
    gap,
    RATE_LIMITED,
    to.now,
    to.now,
    ...to.requests,
  );
}
