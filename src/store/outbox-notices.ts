import { follows, type Notice, noticeId, type RequestNotice } from "../approval/notice.ts";
import { placesFor, type Sql } from "./sql.ts";

/** Slack's word for too much at a time: nothing goes to that place before this notice may come again. */
export const RATE_LIMITED = "ratelimited";
/** Now, but for what is on its way and for what Slack wants later. */
const SOON = `CASE WHEN on_its_way = 1 OR (error = ? AND due_at > ?) THEN due_at ELSE ? END`;

/** Puts notices into the outbox, in the transaction of what they tell of; the same one only once. */
export async function putNotices(
  sql: Sql,
  notices: readonly Notice[],
  ledgerSeq: number,
  dueAt: number,
): Promise<void> {
  for (const notice of notices) await put(sql, notice, ledgerSeq, dueAt);
}

/**
 * An open view that follows its request from here on. @param dueAt when it is to be drawn anew in any
 * case; null: it shows the request as it is now
 */
export async function putShown(sql: Sql, view: RequestNotice, dueAt: number | null): Promise<void> {
  await put(sql, view, 0, dueAt);
  // The same view may have been there before, and have shown something else.
  const [body, id] = [JSON.stringify(view), noticeId(view)];
  await sql.run("UPDATE outbox SET body = ? WHERE id = ?", body, id);
  if (dueAt === null) return;
  await sql.run(
    `UPDATE outbox SET version = version + 1, due_at = ${SOON} WHERE id = ?`,
    RATE_LIMITED,
    dueAt,
    dueAt,
    id,
  );
}

async function put(sql: Sql, notice: Notice, ledgerSeq: number, dueAt: number | null) {
  const [last] = await sql.all("SELECT max(place) AS place FROM outbox");
  await sql.run(
    `INSERT INTO outbox
       (id, place, target, request_id, follows, due_at, attempts, on_its_way, version, ledger_seq, body)
     VALUES (?, ?, ?, ?, ?, ?, 0, 0, 1, ?, ?) ON CONFLICT (id) DO NOTHING`,
    noticeId(notice),
    Number(last?.place ?? 0) + 1,
    notice.target,
    "requestId" in notice ? notice.requestId : null,
    follows(notice) ? 1 : 0,
    dueAt,
    ledgerSeq,
    JSON.stringify(notice),
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
