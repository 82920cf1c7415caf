import {
  type Checkpoint,
  checkpointLine,
  isCheckpointDue,
  type Signer,
} from "../approval/checkpoint.ts";
import type { CheckpointNotice } from "../approval/notice.ts";
import { putNotices } from "./outbox-notices.ts";
import type { Database, Sql } from "./sql.ts";

/** The signed checkpoints of the ledger. */
export interface Checkpoints {
  /**
   * Makes a checkpoint when one is due, and has it said in every audit channel. In however many
   * processes, one is made. @returns it, or undefined when none was due.
   */
  make(now: number): Promise<Checkpoint | undefined>;
}

export function checkpointsIn(
  database: Database,
  signer: Signer,
  auditChannels: readonly string[],
): Checkpoints {
  return {
    async make(now) {
      // A look takes no lock; most of them find nothing.
      if ((await dueAt(database, now)) === undefined) return undefined;
      return await database.transaction(async (sql) => {
        const due = await dueAt(sql, now);
        if (due === undefined) return undefined;
        const checkpoint = signer.checkpoint(due.seq, due.hash, now);
        await sql.run(
          "INSERT INTO checkpoint (seq, body) VALUES (?, ?)",
          checkpoint.seq,
          checkpointLine(checkpoint),
        );
        const notices = auditChannels.map(
          (target): CheckpointNotice => ({ kind: "checkpoint", target, checkpoint }),
        );
        await putNotices(sql, notices, checkpoint.seq, now);
        return checkpoint;
      });
    },
  };
}

/** The entry that a checkpoint is to be made of now. */
async function dueAt(
  sql: Sql,
  now: number,
): Promise<{ readonly seq: number; readonly hash: string } | undefined> {
  const [newest] = await sql.all("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1");
  if (newest === undefined) return undefined;
  const seq = Number(newest.seq);
  return isCheckpointDue(await lastOf(sql), seq, now)
    ? { seq, hash: String(newest.hash) }
    : undefined;
}

async function lastOf(sql: Sql): Promise<{ readonly seq: number; readonly at: number }> {
  const [last] = await sql.all("SELECT seq, body FROM checkpoint ORDER BY seq DESC LIMIT 1");
  if (last !== undefined) return { seq: Number(last.seq), at: timeIn(last.body) };
  const [first] = await sql.all("SELECT body FROM ledger WHERE seq = 1");
  return { seq: 0, at: timeIn(first?.body) };
}

/** When a checkpoint or an entry was made. */
const timeIn = (body: unknown): number => Date.parse(String(JSON.parse(String(body)).at));
