import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Pending } from "../../src/approval/change-request.ts";
import type { From, HistoryQuery, Viewer } from "../../src/approval/history.ts";
import type { Person } from "../../src/approval/person.ts";
import { type History, historyIn } from "../../src/store/history.ts";
import { insert } from "../../src/store/request-table.ts";
import type { Database } from "../../src/store/sql.ts";
import { waitingOf } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, readyPlace } from "./temporary.ts";

const person = (userId: string, teamId = "T1", enterpriseId: string | null = null): Person => ({
  enterpriseId,
  teamId,
  userId,
});
const PEOPLE = [person("U1"), person("U2"), person("U1", "T2"), person("U2", "T3", "E1")];
const PROJECTS = [1, 2, 3];
const STATES = ["pending", "applied", "failed"] as const;
const SNAPSHOTS = ["snapshot-a", "snapshot-b"];

interface Made {
  readonly id: string;
  readonly requester: Person;
  readonly projectId: number;
  readonly snapshotId: string;
  readonly state: (typeof STATES)[number];
  readonly askedAt: number;
}

const anyMade: fc.Arbitrary<readonly Made[]> = fc
  .array(
    fc.record({
      requester: fc.constantFrom(...PEOPLE),
      projectId: fc.constantFrom(...PROJECTS),
      snapshotId: fc.constantFrom(...SNAPSHOTS),
      state: fc.constantFrom(...STATES),
      // So few moments that many requests share one.
      askedAt: fc.integer({ min: 1, max: 8 }),
    }),
    { maxLength: 25, size: "max" },
  )
  .map((all) => all.map((one, index) => ({ ...one, id: index.toString(16).padStart(4, "0") })));

const anyViewer: fc.Arbitrary<Viewer> = fc.record({
  person: fc.constantFrom(...PEOPLE, person("U1", "T9", "E1"), person("U2", "T9", "E1")),
  projectIds: fc.subarray(PROJECTS),
});

const LOOKED_FOR = {
  snapshotId: fc.constantFrom(...SNAPSHOTS),
  requester: fc.constantFrom("U1", "U2", "U3"),
  projectIds: fc.subarray(PROJECTS, { minLength: 1 }),
  states: fc.subarray([...STATES], { minLength: 1 }),
  since: fc.integer({ min: 0, max: 5 }),
  until: fc.integer({ min: 4, max: 9 }),
};

/** Three things at most are looked for at once: whoever names all of them finds nothing. */
const anyQuery: fc.Arbitrary<HistoryQuery> = fc
  .tuple(
    fc.record(LOOKED_FOR),
    fc.subarray(Object.keys(LOOKED_FOR) as (keyof typeof LOOKED_FOR)[], { maxLength: 3 }),
  )
  .map(([all, keys]) => Object.fromEntries(keys.map((key) => [key, all[key]])) as HistoryQuery);

/** What somebody may see of what they look for, in so many words. */
const expected = (all: readonly Made[], viewer: Viewer, query: HistoryQuery): readonly string[] =>
  all
    .filter(({ requester, projectId }) => {
      const { userId, teamId, enterpriseId } = viewer.person;
      const isOwn =
        requester.userId === userId &&
        (requester.teamId === teamId ||
          (enterpriseId !== null && requester.enterpriseId === enterpriseId));
      return isOwn || viewer.projectIds.includes(projectId);
    })
    .filter((one) => query.snapshotId === undefined || query.snapshotId === one.snapshotId)
    .filter((one) => query.requester === undefined || query.requester === one.requester.userId)
    .filter((one) => query.projectIds?.includes(one.projectId) ?? true)
    .filter((one) => query.states?.includes(one.state) ?? true)
    .filter((one) => one.askedAt >= (query.since ?? 0) && one.askedAt < (query.until ?? 99))
    .sort((one, other) => other.askedAt - one.askedAt || (one.id < other.id ? 1 : -1))
    .map(({ id }) => id);

describe.each(ENGINES)("The history on %s", (engine) => {
  let database: Database;
  let history: History;
  beforeEach(async () => {
    database = await migrated(await readyPlace(engine));
    history = historyIn(database);
  });

  const keep = async (all: readonly Made[]): Promise<void> => {
    await database.run("DELETE FROM request");
    await database.transaction(async (sql) => {
      for (const { id, requester, projectId, snapshotId, state, askedAt } of all) {
        const request: Pending = {
          ...waitingOf(),
          ...{ id, requester, askedAt },
          ref: { projectId, regionId: 1, snapshotId },
        };
        await insert(sql, [request]);
        await sql.run(
          "UPDATE request SET state = ?, ended_at = ? WHERE id = ?",
          state,
          askedAt,
          id,
        );
      }
    });
  };

  const page = async (viewer: Viewer, query: HistoryQuery, most: number, from?: From) => {
    const { requests, ...more } = await history.page(viewer, query, most, from);
    return { ids: requests.map(({ id }) => id), requests, ...more };
  };

  test("tells each person all that they may see and look for, page by page, and nothing else", async () => {
    let severalPages = 0;
    await fc.assert(
      fc.asyncProperty(
        ...([anyMade, anyViewer, anyQuery, fc.integer({ min: 1, max: 7 })] as const),
        async (all, viewer, query, most) => {
          await keep(all);
          const wanted = expected(all, viewer, query);
          const pages = [await page(viewer, query, most)];
          for (let last = pages.at(-1); last?.hasOlder; last = pages.at(-1)) {
            const oldest = last.requests.at(-1);
            if (oldest === undefined) break;
            pages.push(await page(viewer, query, most, { olderThan: oldest }));
          }
          if (pages.length > 2) severalPages += 1;
          expect(pages.flatMap(({ ids }) => ids)).toEqual(wanted);
          expect(pages.map(({ ids }) => ids.length)).toEqual(
            pages.map((_, index) => Math.min(most, wanted.length - index * most)),
          );
          expect(pages.map(({ hasNewer }) => hasNewer)).toEqual(pages.map((_, index) => index > 0));
          // And the same way back.
          for (const [index, { requests }] of pages.entries()) {
            const [newest] = requests;
            if (index === 0 || newest === undefined) continue;
            const before = await page(viewer, query, most, { newerThan: newest });
            expect(before.ids).toEqual(pages[index - 1]?.ids);
            expect(before).toMatchObject({ hasOlder: true, hasNewer: index > 1 });
          }
        },
      ),
      { numRuns: engine === "SQLite" ? 150 : 25 },
    );
    if (engine === "SQLite") expect(severalPages).toBeGreaterThan(5);
  });

  test("goes no further than it was asked to, also from a place that lies beyond", async () => {
    const made = [1, 2, 3].map((askedAt) => ({
      ...{ projectId: 1, requester: PEOPLE[0] as Person, snapshotId: "snapshot-a", askedAt },
      ...{ id: `r${askedAt}`, state: "failed" as const },
    }));
    await keep(made);
    const viewer = { person: person("U9"), projectIds: [1] };
    const beyond = { olderThan: { askedAt: 3, id: "r3" } };
    expect((await page(viewer, { until: 2 }, 5, beyond)).ids).toEqual(["r1"]);
    expect((await page(viewer, { until: 3 }, 5, beyond)).ids).toEqual(["r2", "r1"]);
  });

  test("looks through as many projects as a key may see", async () => {
    const projectIds = Array.from({ length: 250 }, (_, index) => index + 1);
    const made = projectIds.map((projectId) => ({
      ...{ projectId, requester: PEOPLE[0] as Person, snapshotId: "snapshot-a" },
      ...{
        id: `r${String(projectId).padStart(4, "0")}`,
        askedAt: projectId,
        state: "failed" as const,
      },
    }));
    await keep(made);
    const viewer = { person: person("U9"), projectIds };
    const query = { states: [...STATES] };
    const { ids, hasOlder } = await page(viewer, query, 3);
    expect(ids).toEqual(["r0250", "r0249", "r0248"]);
    expect(hasOlder).toBe(true);
  });

  test("knows the last change of each snapshot that the person may see", async () => {
    const [ada, ben] = [PEOPLE[0] as Person, PEOPLE[1] as Person];
    const of = {
      requester: ada,
      projectId: 1,
      snapshotId: "snapshot-a",
      state: "applied",
    } as const;
    await keep([
      { ...of, id: "r1", askedAt: 1 },
      { ...of, id: "r2", askedAt: 2 },
      { ...of, id: "r3", askedAt: 3, state: "failed" },
      { ...of, id: "r4", askedAt: 4, requester: ben, projectId: 2 },
      { ...of, id: "r5", askedAt: 5, snapshotId: "snapshot-b", state: "pending" },
    ]);
    const last = (viewer: Viewer) => history.lastApplied(viewer, [...SNAPSHOTS, "snapshot-c"]);
    expect(await last({ person: ada, projectIds: [] })).toEqual(new Map([["snapshot-a", "r2"]]));
    expect(await last({ person: ben, projectIds: [1] })).toEqual(new Map([["snapshot-a", "r4"]]));
    expect(await last({ person: person("U9"), projectIds: [] })).toEqual(new Map());
  });
});
