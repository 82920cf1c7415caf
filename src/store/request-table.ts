import {
  type Applying,
  type Approved,
  type ChangeRequest,
  type Held,
  hasEnded,
  isBulk,
  isUnderWay,
  itemOf,
  type Pending,
} from "../approval/change-request.ts";
import { holdsUntil } from "../approval/claim.ts";
import { nextTimer } from "../approval/decide.ts";
import { type Person, personId } from "../approval/person.ts";
import { noteMove } from "./moves.ts";
import { placesFor, type Sql, type SqlRow, type SqlValue } from "./sql.ts";

/** Whoever calls it notes the moves. */
export async function insert(sql: Sql, requests: readonly ChangeRequest[]): Promise<void> {
  const rows = requests.map(rowOf);
  await sql.run(
    `INSERT INTO request (id, state, snapshot_id, project_id, requester, requester_user,
       requester_team, requester_enterprise, asked_at, due_at, holds_until, ended_at, plan_id, plan_n,
       body)
     VALUES ${placesFor(rows)}`,
    ...rows.flat(),
  );
}

function rowOf(request: ChangeRequest): readonly SqlValue[] {
  const item = itemOf(request);
  return [
    request.id,
    request.state,
    // One about many is found by its items.
    isBulk(request) ? "" : request.ref.snapshotId,
    isBulk(request) ? null : request.ref.projectId,
    personId(request.requester),
    request.requester.userId,
    request.requester.teamId,
    request.requester.enterpriseId,
    request.askedAt,
    dueAt(request),
    holdsUntil(request),
    endedAt(request),
    item?.id ?? null,
    item?.n ?? null,
    JSON.stringify(request),
  ];
}

/** Compare and set: `from` is still what stands there, word for word. @returns whether it was. */
export async function move(sql: Sql, from: ChangeRequest, to: ChangeRequest): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE request SET state = ?, due_at = ?, holds_until = ?, ended_at = ?, body = ?
     WHERE id = ? AND state = ? AND body = ?`,
    to.state,
    dueAt(to),
    holdsUntil(to),
    endedAt(to),
    JSON.stringify(to),
    from.id,
    from.state,
    JSON.stringify(from),
  );
  if (changed === 1) noteMove(sql, from, to);
  return changed === 1;
}

/** The snapshot of `mine` is just being changed, by another request than this one. */
export const isBeingChanged = (mine: string, id: string): string =>
  `EXISTS (
     SELECT 1 FROM request AS other
     WHERE other.snapshot_id = ${mine}.snapshot_id AND other.id <> ${id}
       AND other.state = 'applying' AND other.holds_until > ?)`;

/**
 * The next request to be applied or looked up, but for the items of plans; none whose snapshot another
 * one is changing.
 */
export async function dueForClaim(
  sql: Sql,
  now: number,
  id?: string,
): Promise<Approved | Applying | undefined> {
  const [row] = await sql.all(
    `SELECT body FROM request AS mine
     WHERE state IN ('approved', 'applying') AND plan_id IS NULL
       AND due_at <= ? AND (id = ? OR CAST(? AS TEXT) IS NULL) AND NOT ${isBeingChanged("mine", "mine.id")}
     ORDER BY due_at LIMIT 1`,
    now,
    id ?? null,
    id ?? null,
    now,
  );
  return row && claimable(read(row));
}

export const claimable = (request: ChangeRequest): Approved | Applying | undefined =>
  request.state === "approved" || request.state === "applying" ? request : undefined;

/** The next request that waits for a task to end, and whose snapshot is to be looked at again. */
export async function dueForLook(sql: Sql, now: number): Promise<Held | undefined> {
  const [row] = await sql.all(
    `SELECT body FROM request WHERE state = 'held' AND plan_id IS NULL AND due_at <= ?
     ORDER BY due_at LIMIT 1`,
    now,
  );
  // Many items may wait: they come after what somebody waits for alone.
  const [next] =
    row !== undefined
      ? [row]
      : await sql.all(
          `SELECT body FROM request WHERE state = 'held' AND plan_id IS NOT NULL AND due_at <= ?
           ORDER BY due_at LIMIT 1`,
          now,
        );
  const request = next && read(next);
  return request?.state === "held" ? request : undefined;
}

/** Those of somebody's requests that wait for a task to end, the oldest first. */
export async function heldOf(sql: Pick<Sql, "all">, requester: Person): Promise<readonly Held[]> {
  const rows = await sql.all(
    `SELECT body FROM request WHERE requester = ? AND plan_id IS NULL AND state = 'held'
     ORDER BY asked_at`,
    personId(requester),
  );
  return rows.map(read).filter((request) => request.state === "held");
}

/** The next request that waits and whose reminder or end is due. */
export async function timedOut(sql: Sql, now: number): Promise<Pending | undefined> {
  const [row] = await sql.all(
    `SELECT body FROM request WHERE state = 'pending' AND plan_id IS NULL AND due_at <= ?
     ORDER BY due_at LIMIT 1`,
    now,
  );
  const request = row && read(row);
  return request?.state === "pending" ? request : undefined;
}

/** The last requests of somebody that no longer wait, the newest first; items of plans left out. */
export async function lastOf(
  sql: Pick<Sql, "all">,
  requester: Person,
  most: number,
): Promise<readonly ChangeRequest[]> {
  const rows = await sql.all(
    `SELECT body FROM request
     WHERE requester = ? AND plan_id IS NULL
       AND state NOT IN ('pending', 'held', 'running', 'paused', 'stopping')
     ORDER BY asked_at DESC LIMIT ?`,
    personId(requester),
    most,
  );
  return rows.map(read);
}

/** Whether something that somebody asked for is not at its end. */
export async function hasOpen(sql: Pick<Sql, "all">, requester: Person): Promise<boolean> {
  const [row] = await sql.all(
    `SELECT 1 AS one FROM request
     WHERE requester = ? AND plan_id IS NULL AND ended_at IS NULL LIMIT 1`,
    personId(requester),
  );
  return row !== undefined;
}

export async function find(sql: Sql, id: string): Promise<ChangeRequest | undefined> {
  const [row] = await sql.all("SELECT body FROM request WHERE id = ?", id);
  return row && read(row);
}

export const read = (row: SqlRow): ChangeRequest => JSON.parse(String(row.body)) as ChangeRequest;

const endedAt = (request: ChangeRequest): number | null =>
  hasEnded(request) ? request.endedAt : null;

function dueAt(request: ChangeRequest): number | null {
  // Items have times of their own.
  if (hasEnded(request) || isUnderWay(request)) return null;
  return request.state === "pending" ? nextTimer(request) : request.dueAt;
}
