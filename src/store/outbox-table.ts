import { type Notice, noticeId } from "../approval/notice.ts";
import { putNotices, RATE_LIMITED } from "./outbox-notices.ts";
import type { Database, Sql, SqlRow } from "./sql.ts";

/** Where a message stands in Slack. */
export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** A notice that waits to be said, with the number of the ledger entry that it tells of. */
export interface Waiting {
  readonly id: string;
  readonly notice: Notice;
  readonly ledgerSeq: number;
  readonly attempts: number;
  /** Grows each time that what it follows changes. */
  readonly version: number;
  /** Where it stands already and is to be changed; null: it is to be said for the first time. */
  readonly place: Place | null;
}

/** What is still to be said in Slack. */
export interface Outbox {
  /**
   * Takes the oldest notice that is due; it is due again at `until` unless it is settled before.
   * While one notice is on its way to a place, the younger ones for that place wait; and no place
   * gets more than Slack allows.
   */
  take(now: number, until: number): Promise<Waiting | undefined>;
  /**
   * It was said, at `place`. What follows a request and was overtaken meanwhile is due again, and so
   * is what that place refused before.
   */
  done(waiting: Waiting, now: number, place?: Place): Promise<void>;
  /**
   * It was not said: it comes again at `dueAt`, and when the error is that it was too much at a
   * time, nothing else goes to that place before. `follow` is to be said because of that.
   */
  later(waiting: Waiting, dueAt: number, error: string, follow?: readonly Notice[]): Promise<void>;
  /** It can no longer be said: the message or the view is gone. */
  forget(waiting: Waiting): Promise<void>;
  /** Puts in what tells of nothing in the ledger. @returns how many of it were not there before. */
  put(notices: readonly Notice[], now: number): Promise<number>;
  /**
   * Forgets what was said before a moment, the oldest first, a few hundred at a time; what follows a
   * request only when that has ended. @returns whether there may be more.
   */
  forgetSaid(before: number): Promise<boolean>;
  /** Where the card of a request stands. */
  card(requestId: string): Promise<Place | undefined>;
}

/** What was not taken at least once and still waits. Times in milliseconds. */
export interface Untaken {
  readonly waiting: Waiting;
  /** What Slack answered last. */
  readonly error: string;
  /** When it is tried again. */
  readonly dueAt: number;
}

/** What a notice that waits is read from. */
const COLUMNS = "id, body, ledger_seq, attempts, version, channel, ts";

/** What Slack has not taken so far, in the order in which it was to be said. */
export async function untaken(database: Pick<Sql, "all">): Promise<readonly Untaken[]> {
  const rows = await database.all(
    `SELECT ${COLUMNS}, error, due_at FROM outbox
     WHERE due_at IS NOT NULL AND error IS NOT NULL ORDER BY place`,
  );
  return rows.map((row) => ({
    waiting: read(row),
    error: String(row.error),
    dueAt: Number(row.due_at),
  }));
}

/**
 * Slack takes about one message a second for a channel, and short bursts (docs.slack.dev, "Rate
 * limits"): at most this many within this many milliseconds.
 */
const BURST = 5;
const BURST_TIME = 5_000;

/** So many rows are deleted in one transaction: others wait for it. */
const FORGOTTEN_AT_ONCE = 500;

export function outboxIn(database: Database): Outbox {
  return {
    async take(now, until) {
      // A look takes no lock; most of them find nothing.
      if ((await next(database, now)) === undefined) return undefined;
      return await database.transaction(async (sql) => {
        const row = await next(sql, now);
        if (row === undefined) return undefined;
        await sql.run(
          "UPDATE outbox SET due_at = ?, on_its_way = 1, attempts = attempts + 1 WHERE id = ?",
          until,
          row.id ?? null,
        );
        const waiting = read(row);
        return { ...waiting, attempts: waiting.attempts + 1 };
      });
    },
    done: ({ id, version, notice }, now, place) =>
      database.transaction(async (sql) => {
        await sql.run(
          `UPDATE outbox SET on_its_way = 0, error = NULL, attempts = 0, sent_at = ?,
             channel = coalesce(?, channel), ts = coalesce(?, ts),
             due_at = CASE WHEN version > ? THEN CAST(? AS BIGINT) ELSE NULL END
           WHERE id = ?`,
          now,
          place?.channel ?? null,
          place?.ts ?? null,
          version,
          now,
          id,
        );
        // A place that takes something may take what it refused before.
        await sql.run(
          `UPDATE outbox SET due_at = ?
           WHERE error IS NOT NULL AND due_at > ? AND target = ? AND on_its_way = 0 AND error <> ?`,
          now,
          now,
          notice.target,
          RATE_LIMITED,
        );
      }),
    later: (waiting, dueAt, error, follow = []) =>
      database.transaction(async (sql) => {
        await sql.run(
          "UPDATE outbox SET due_at = ?, on_its_way = 0, error = ? WHERE id = ?",
          dueAt,
          error,
          waiting.id,
        );
        await putNotices(sql, follow, waiting.ledgerSeq, 0);
      }),
    async forget({ id }) {
      await database.run("DELETE FROM outbox WHERE id = ?", id);
    },
    async put(notices, now) {
      // A look takes no lock; most of them find all of it there.
      const isNew = await Promise.all(
        notices.map(async (notice) => {
          const known = await database.all("SELECT id FROM outbox WHERE id = ?", noticeId(notice));
          return known.length === 0;
        }),
      );
      const fresh = notices.filter((_, index) => isNew[index]);
      if (fresh.length > 0) await database.transaction((sql) => putNotices(sql, fresh, 0, now));
      return fresh.length;
    },
    async forgetSaid(before) {
      const forgotten = await database.run(
        `DELETE FROM outbox WHERE id IN (
           SELECT id FROM outbox AS said
           WHERE sent_at < ? AND due_at IS NULL AND (follows = 0 OR NOT EXISTS (
             SELECT 1 FROM request WHERE request.id = said.request_id AND ended_at IS NULL))
           ORDER BY sent_at LIMIT ?)`,
        before,
        FORGOTTEN_AT_ONCE,
      );
      return forgotten === FORGOTTEN_AT_ONCE;
    },
    async card(requestId) {
      const [row] = await database.all(
        `SELECT channel, ts FROM outbox
         WHERE request_id = ? AND follows = 1 AND id LIKE '%/card/%' AND ts IS NOT NULL`,
        requestId,
      );
      return row && placeOf(row);
    },
  };
}

/** The oldest notice that is due and whose place has room for it. */
async function next(sql: Sql, now: number): Promise<SqlRow | undefined> {
  const [row] = await sql.all(
    `SELECT ${COLUMNS} FROM outbox
     WHERE due_at IS NOT NULL AND due_at <= ? AND (sent_at IS NULL OR sent_at + gap <= ?)
       AND target NOT IN (
         SELECT target FROM outbox WHERE on_its_way = 1 AND due_at > ?
         UNION ALL
         SELECT target FROM outbox WHERE error IS NOT NULL AND error = ?
           AND on_its_way = 0 AND due_at > ?
         UNION ALL
         SELECT target FROM outbox WHERE sent_at IS NOT NULL AND sent_at > ?
           GROUP BY target HAVING count(*) >= ?)
     ORDER BY place LIMIT 1`,
    now,
    now,
    now,
    RATE_LIMITED,
    now,
    now - BURST_TIME,
    BURST,
  );
  return row;
}

const read = (row: SqlRow): Waiting => ({
  id: String(row.id),
  notice: JSON.parse(String(row.body)) as Notice,
  ledgerSeq: Number(row.ledger_seq),
  attempts: Number(row.attempts),
  version: Number(row.version),
  place: placeOf(row) ?? null,
});

const placeOf = ({ channel, ts }: SqlRow): Place | undefined =>
  typeof channel === "string" && typeof ts === "string" ? { channel, ts } : undefined;
