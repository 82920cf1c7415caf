import {
  type From,
  type HistoryPage,
  type HistoryPlace,
  type HistoryQuery,
  newestFirst,
  type Viewer,
} from "../approval/history.ts";
import { read } from "./request-table.ts";
import type { Database, SqlValue } from "./sql.ts";

/** What was asked for and what became of it, for those who may see it. */
export interface History {
  page(viewer: Viewer, query: HistoryQuery, most: number, from?: From): Promise<HistoryPage>;
  /** The request that changed a snapshot last, of those that the viewer may see; by snapshot. */
  lastApplied(viewer: Viewer, snapshotIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

/** Requests that one index holds in order: a condition, and what goes into it. */
interface Stream {
  readonly where: string;
  readonly values: readonly SqlValue[];
}

/** Streams in one statement. Each number of them makes a statement of its own, and those are kept. */
const AT_ONCE = 20;
/** Later than every request. */
const END: HistoryPlace = { askedAt: Number.MAX_SAFE_INTEGER, id: "" };

export function historyIn(database: Database): History {
  /** The first `most` of all streams together, in the order of `direction`. */
  const first = async (
    streams: readonly Stream[],
    direction: "ASC" | "DESC",
    most: number,
  ): Promise<readonly string[]> => {
    const order = `ORDER BY asked_at ${direction}, id ${direction}`;
    const found = new Map<string, HistoryPlace>();
    for (let at = 0; at < streams.length; at += AT_ONCE) {
      const some = streams.slice(at, at + AT_ONCE);
      const parts = some.map(
        ({ where }, index) =>
          `SELECT * FROM (SELECT id, asked_at FROM request WHERE ${where} ${order} LIMIT ?) AS s${index}`,
      );
      const rows = await database.all(
        `SELECT id, asked_at FROM (${parts.join(" UNION ")}) AS found ${order} LIMIT ?`,
        ...some.flatMap(({ values }) => [...values, most]),
        most,
      );
      for (const row of rows) {
        found.set(String(row.id), { id: String(row.id), askedAt: Number(row.asked_at) });
      }
    }
    const inOrder = [...found.values()].sort(newestFirst);
    if (direction === "ASC") inOrder.reverse();
    return inOrder.slice(0, most).map(({ id }) => id);
  };

  return {
    async page(viewer, query, most, from) {
      const isBack = from !== undefined && "newerThan" in from;
      const ids = await first(
        streamsOf(viewer, query, from),
        isBack ? "ASC" : "DESC",
        // One more tells whether there is more.
        most + 1,
      );
      const shown = ids.slice(0, most);
      const rows =
        shown.length === 0
          ? []
          : await database.all(
              `SELECT body FROM request WHERE id IN (${marks(shown)}) ORDER BY asked_at DESC, id DESC`,
              ...shown,
            );
      const goesOn = ids.length > most;
      return {
        requests: rows.map(read),
        hasNewer: isBack ? goesOn : from !== undefined,
        hasOlder: isBack || goesOn,
      };
    },
    async lastApplied(viewer, snapshotIds) {
      const last = new Map<string, string>();
      const seen = visibleTo(viewer);
      for (const snapshotId of new Set(snapshotIds)) {
        const [row] = await database.all(
          `SELECT id FROM request WHERE snapshot_id = ? AND state = 'applied' AND ${seen.where}
           ORDER BY ended_at DESC LIMIT 1`,
          snapshotId,
          ...seen.values,
        );
        if (row !== undefined) last.set(snapshotId, String(row.id));
      }
      return last;
    },
  };
}

const marks = (values: readonly unknown[]): string => values.map(() => "?").join(", ");

const both = (one: Stream, other: Stream): Stream => ({
  where: `${one.where} AND ${other.where}`,
  values: [...one.values, ...other.values],
});

const equal = (column: string, value: SqlValue): Stream => ({
  where: `${column} = ?`,
  values: [value],
});

const among = (column: string, values: readonly SqlValue[]): Stream =>
  values.length === 0
    ? { where: "1 = 0", values }
    : { where: `${column} IN (${marks(values)})`, values };

/** Requests of this very person: ids of people are unique only together with team and enterprise. */
const ownOf = ({ person }: Viewer): Stream => ({
  where: "requester_user = ? AND (requester_team = ? OR requester_enterprise = ?)",
  values: [person.userId, person.teamId, person.enterpriseId],
});

const visibleTo = (viewer: Viewer): Stream => {
  const own = ownOf(viewer);
  const inProjects = among("project_id", viewer.projectIds);
  return {
    where: `(${own.where} OR ${inProjects.where})`,
    values: [...own.values, ...inProjects.values],
  };
};

/**
 * The query as streams each of which is read in its own order from the place on, and no further than
 * needed: by snapshot, by who asked, or by project (and state) for each project that is seen.
 */
function streamsOf(viewer: Viewer, query: HistoryQuery, from: From | undefined): readonly Stream[] {
  const { snapshotId, requester, projectIds, states } = query;
  const between = betweenOf(query, from);
  const inProjects = projectIds === undefined ? [] : [among("project_id", projectIds)];
  if (snapshotId !== undefined) {
    const parts = [
      equal("snapshot_id", snapshotId),
      ...(requester === undefined ? [] : [equal("requester_user", requester)]),
      ...(states === undefined ? [] : [among("state", states)]),
      ...inProjects,
    ];
    return [[...parts, visibleTo(viewer), between].reduce(both)];
  }
  const seen = viewer.projectIds.filter((id) => projectIds?.includes(id) ?? true);
  const wanted =
    requester === undefined
      ? [[ownOf(viewer), ...inProjects], ...seen.map((id) => [equal("project_id", id)])]
      : [[equal("requester_user", requester), visibleTo(viewer), ...inProjects]];
  // Each state apart: where few are in it, the others are not read.
  const each = states?.map((state) => [equal("state", state)]) ?? [[]];
  return wanted.flatMap((parts) => each.map((state) => [...parts, ...state, between].reduce(both)));
}

/** From when to when; a place that a page begins at lies in between. */
function betweenOf({ since, until }: HistoryQuery, from: From | undefined): Stream {
  const before = until === undefined ? END : { askedAt: until, id: "" };
  const upper =
    from !== undefined && "olderThan" in from ? earlier(from.olderThan, before) : before;
  const lower = from !== undefined && "newerThan" in from ? from.newerThan : undefined;
  return {
    where: `(asked_at, id) < (?, ?) AND asked_at >= ?${lower ? " AND (asked_at, id) > (?, ?)" : ""}`,
    values: [
      upper.askedAt,
      upper.id,
      since ?? 0,
      ...(lower === undefined ? [] : [lower.askedAt, lower.id]),
    ],
  };
}

const earlier = (one: HistoryPlace, other: HistoryPlace): HistoryPlace =>
  newestFirst(one, other) > 0 ? one : other;
