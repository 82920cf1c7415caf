import { type Notice, noticeId } from "../approval/notices.ts";
import type { Database, Sql, SqlRow } from "./sql.ts";

/** A notice that waits to be said, with the number of the ledger entry that it tells of. */
export interface Waiting {
  readonly id: string;
  readonly notice: Notice;
  readonly ledgerSeq: number;
  readonly attempts: number;
}

/** What is still to be said in Slack. */
export interface Outbox {
  /**
   * Takes the oldest notice that is due; it is due again at `until` unless it is settled before.
   * While one notice is on its way to a place, the younger ones for that place wait.
   */
  take(now: number, until: number): Promise<Waiting | undefined>;
  /** It was said (or need not be): it never comes again. */
  done(id: string): Promise<void>;
  /** It was not said: it comes again at `dueAt`. `follow` is to be said because of that. */
  later(waiting: Waiting, dueAt: number, error: string, follow?: Notice): Promise<void>;
  /** What was refused at least once and still waits, with Slack's answer. */
  refused(): Promise<readonly { readonly waiting: Waiting; readonly error: string }[]>;
}

/** Puts notices into the outbox, in the transaction of what they tell of; the same one only once. */
export async function putNotices(
  sql: Sql,
  notices: readonly Notice[],
  ledgerSeq: number,
  dueAt: number,
): Promise<void> {
  const [last] = await sql.all("SELECT max(place) AS place FROM outbox");
  for (const [index, notice] of notices.entries()) {
    await sql.run(
      `INSERT INTO outbox (id, place, target, due_at, attempts, on_its_way, ledger_seq, body)
       VALUES (?, ?, ?, ?, 0, 0, ?, ?) ON CONFLICT (id) DO NOTHING`,
      noticeId(notice),
      Number(last?.place ?? 0) + index + 1,
      notice.target,
      dueAt,
      ledgerSeq,
      JSON.stringify(notice),
    );
  }
}

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
    async done(id) {
      await database.run(
        "UPDATE outbox SET due_at = NULL, on_its_way = 0, error = NULL WHERE id = ?",
        id,
      );
    },
    later: (waiting, dueAt, error, follow) =>
      database.transaction(async (sql) => {
        await sql.run(
          "UPDATE outbox SET due_at = ?, on_its_way = 0, error = ? WHERE id = ?",
          dueAt,
          error,
          waiting.id,
        );
        if (follow !== undefined) {
          await putNotices(sql, [follow], waiting.ledgerSeq, 0);
        }
      }),
    async refused() {
      const rows = await database.all(
        "SELECT * FROM outbox WHERE due_at IS NOT NULL AND error IS NOT NULL ORDER BY place",
      );
      return rows.map((row) => ({ waiting: read(row), error: String(row.error) }));
    },
  };
}

/** The oldest notice that is due and whose place has nothing on its way. */
async function next(sql: Sql, now: number): Promise<SqlRow | undefined> {
  const [row] = await sql.all(
    `SELECT * FROM outbox AS mine WHERE due_at <= ? AND NOT EXISTS (
       SELECT 1 FROM outbox AS older
       WHERE older.target = mine.target AND older.place < mine.place
         AND older.on_its_way = 1 AND older.due_at > ?)
     ORDER BY place LIMIT 1`,
    now,
    now,
  );
  return row;
}

const read = (row: SqlRow): Waiting => ({
  id: String(row.id),
  notice: JSON.parse(String(row.body)) as Notice,
  ledgerSeq: Number(row.ledger_seq),
  attempts: Number(row.attempts),
});
