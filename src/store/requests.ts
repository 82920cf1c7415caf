import {
  type Applying,
  type Approved,
  approve,
  ask,
  type ChangeRequest,
  claim,
  type Decision,
  type Draft,
  hasEnded,
  holdsUntil,
  type Preview,
} from "../approval/change-request.ts";
import { type Entry, entryFor } from "../approval/ledger.ts";
import { noticesFor } from "../approval/notices.ts";
import { appendEntry } from "./ledger-table.ts";
import { putNotices } from "./outbox-table.ts";
import type { Database, Sql, SqlRow } from "./sql.ts";

/** Drafts and change requests. A request, its ledger entry and its notices change in one transaction. */
export interface Requests {
  saveDraft(draft: Draft): Promise<void>;
  draft(id: string): Promise<Draft | undefined>;
  forgetDrafts(createdBefore: number): Promise<number>;
  /**
   * Makes a request of a draft and lets it happen, once: whoever comes second with the same draft
   * gets the request as it is by then.
   */
  askAndApprove(
    draft: Draft & { readonly preview: Preview },
    viewId: string,
    decision: Decision,
  ): Promise<ChangeRequest>;
  request(id: string): Promise<ChangeRequest | undefined>;
  /**
   * Takes a request that is due (this one, or any), for `owner` alone. None is taken while another
   * change of the same snapshot is on its way.
   */
  claim(owner: string, now: number, id?: string): Promise<Applying | undefined>;
  /**
   * Writes what became of a claimed request, unless somebody else has claimed it meanwhile.
   * @returns whether it was written.
   */
  settle(claimed: Applying, next: ChangeRequest, now: number): Promise<boolean>;
  /** Records something that is no step of a request. */
  record(entry: Entry): Promise<void>;
}

export function requestsIn(database: Database, auditChannels: readonly string[]): Requests {
  return {
    async saveDraft(draft) {
      await database.run(
        `INSERT INTO draft (id, created_at, body) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET body = excluded.body`,
        draft.id,
        draft.createdAt,
        JSON.stringify(draft),
      );
    },
    async draft(id) {
      const [row] = await database.all("SELECT body FROM draft WHERE id = ?", id);
      return row && (JSON.parse(String(row.body)) as Draft);
    },
    async forgetDrafts(createdBefore) {
      const [old] = await database.all(
        "SELECT id FROM draft WHERE created_at < ? LIMIT 1",
        createdBefore,
      );
      if (old === undefined) return 0;
      return await database.run("DELETE FROM draft WHERE created_at < ?", createdBefore);
    },
    askAndApprove: (draft, viewId, decision) =>
      database.transaction(async (sql) => {
        const known = await find(sql, draft.id);
        if (known !== undefined) return known;
        const pending = ask(draft, viewId, decision.at);
        await insert(sql, pending);
        await appendEntry(sql, entryFor(pending, decision.at));
        const approved = approve(pending, decision);
        await move(sql, pending, approved);
        await appendEntry(sql, entryFor(approved, decision.at));
        return approved;
      }),
    request: (id) => find(database, id),
    async claim(owner, now, id) {
      // A look takes no lock; most of them find nothing.
      if ((await due(database, now, id)) === undefined) return undefined;
      return await database.transaction(async (sql) => {
        const request = await due(sql, now, id);
        if (request === undefined) return undefined;
        const claimed = claim(request, owner, now);
        await move(sql, request, claimed);
        await appendEntry(sql, entryFor(claimed, now));
        return claimed;
      });
    },
    settle: (claimed, next, now) =>
      database.transaction(async (sql) => {
        if (!(await move(sql, claimed, next))) return false;
        const looking = next.state === "applying";
        const entry = entryFor(next, now);
        const seq = await appendEntry(sql, looking ? { ...entry, kind: "in doubt" } : entry);
        await putNotices(sql, noticesFor(next, auditChannels, looking), seq, now);
        return true;
      }),
    record: (entry) =>
      database.transaction(async (sql) => {
        await appendEntry(sql, entry);
      }),
  };
}

async function insert(sql: Sql, request: ChangeRequest): Promise<void> {
  await sql.run(
    `INSERT INTO request (id, state, snapshot_id, due_at, holds_until, body)
     VALUES (?, ?, ?, ?, ?, ?)`,
    request.id,
    request.state,
    request.ref.snapshotId,
    dueAt(request),
    holdsUntil(request),
    JSON.stringify(request),
  );
}

/** Compare and set: `from` is still what stands there, word for word. @returns whether it was. */
async function move(sql: Sql, from: ChangeRequest, to: ChangeRequest): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE request SET state = ?, due_at = ?, holds_until = ?, body = ?
     WHERE id = ? AND state = ? AND body = ?`,
    to.state,
    dueAt(to),
    holdsUntil(to),
    JSON.stringify(to),
    from.id,
    from.state,
    JSON.stringify(from),
  );
  return changed === 1;
}

async function due(
  sql: Sql,
  now: number,
  id: string | undefined,
): Promise<Approved | Applying | undefined> {
  const [row] = await sql.all(
    `SELECT body FROM request AS mine
     WHERE due_at <= ? AND (id = ? OR ? IS NULL) AND NOT EXISTS (
       SELECT 1 FROM request AS other
       WHERE other.snapshot_id = mine.snapshot_id AND other.id <> mine.id
         AND other.state = 'applying' AND other.holds_until > ?)
     ORDER BY due_at LIMIT 1`,
    now,
    id ?? null,
    id ?? null,
    now,
  );
  const request = row && read(row);
  return request?.state === "approved" || request?.state === "applying" ? request : undefined;
}

async function find(sql: Sql, id: string): Promise<ChangeRequest | undefined> {
  const [row] = await sql.all("SELECT body FROM request WHERE id = ?", id);
  return row && read(row);
}

const read = (row: SqlRow): ChangeRequest => JSON.parse(String(row.body)) as ChangeRequest;

const dueAt = (request: ChangeRequest): number | null =>
  hasEnded(request) || request.state === "pending" ? null : request.dueAt;
