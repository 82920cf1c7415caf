import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MovableClock } from "../../playground/clock.ts";
import { tracebackMark } from "../../playground/gcore/errors.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { listen, type Received } from "../../playground/loopback.ts";
import { createGcore, type Gcore } from "../../src/gcore/gcore.ts";
import type { Problem, Result } from "../../src/problem.ts";
import type { Snapshot, SnapshotRef } from "../../src/snapshot/snapshot.ts";
import { tagMap } from "../snapshot/samples.ts";
import { callerWith, KEY, printed, SECRET } from "./callers.ts";

const clock = new MovableClock();
let local: LocalGcore;
let gcore: Gcore;

beforeEach(async () => {
  local = await startGcore({ clock });
  gcore = createGcore(local.url, clock);
});
afterEach(async () => {
  expect(local.violations()).toEqual([]);
  expect(local.faults.waiting).toBe(0);
  await local.stop();
});

const refOf = (snapshotId: string): SnapshotRef => {
  const { project_id: projectId, region_id: regionId } = local.snapshot(snapshotId);
  return { projectId, regionId, snapshotId };
};
const caller = (key = local.keys.full) => callerWith(key);
const get = (id: string, key?: string) => gcore.getSnapshot(caller(key), refOf(id));

const snapshotOf = (result: Result<Snapshot, Problem>): Snapshot => {
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
};
const problemOf = (result: Result<unknown, Problem>): Problem => {
  if (result.ok) throw new Error(JSON.stringify(result.value));
  return result.problem;
};

describe("A snapshot", () => {
  test("is read with everything that the bot shows", async () => {
    const { plain } = local.ids;
    const stored = local.snapshot(plain);
    const seconds = (time: number | null): number => Math.floor((time ?? 0) / 1000) * 1000;
    expect(snapshotOf(await get(plain))).toEqual({
      projectId: 1186668,
      regionId: 148,
      snapshotId: plain,
      name: "nightly-db-2026-11-20",
      description: "Nightly, before the backup window",
      status: "available",
      sizeGib: 120,
      region: "Luxembourg-3",
      volumeId: stored.volume_id,
      createdAt: seconds(stored.created_at),
      updatedAt: seconds(stored.updated_at),
      tags: stored.tags.map(({ key, value, read_only }) => ({ key, value, readOnly: read_only })),
      creatorTaskId: stored.creator_task_id,
      taskId: null,
    });
  });

  test("is read however awkward it is", async () => {
    for (const [name, id] of Object.entries(local.ids)) {
      if (name === "otherProject") continue;
      const read = snapshotOf(await get(id));
      const stored = local.snapshot(id);
      expect([read.name, read.status, read.taskId]).toEqual([
        stored.name,
        stored.status,
        stored.task_id,
      ]);
      expect(tagMap(read.tags)).toEqual(local.tags(id));
    }
  });

  test("is read in what older servers and others answer", async () => {
    local.knobs.dropFields = ["task_id", "updated_at", "creator_task_id", "description"];
    local.knobs.dates = "Z";
    local.knobs.unknownStatus = "awaiting-transfer";
    expect(snapshotOf(await get(local.ids.plain))).toMatchObject({
      taskId: null,
      updatedAt: null,
      creatorTaskId: null,
      description: null,
      status: "awaiting-transfer",
    });
  });

  test("without tags is not shown as one that has none", async () => {
    local.knobs.dropFields = ["tags"];
    expect(problemOf(await get(local.ids.plain))).toEqual({
      kind: "gcore-unclear",
      detail: "unexpected: tags",
    });
  });

  test("of another place, of nobody's, and of a key without rights is a problem", async () => {
    const { plain, otherProject } = local.ids;
    const elsewhere = { ...refOf(plain), regionId: 180 };
    expect(problemOf(await gcore.getSnapshot(caller(), elsewhere)).kind).toBe("snapshot-not-found");
    expect(problemOf(await get(otherProject)).kind).toBe("not-permitted");
    local.knobs.foreignProject = 404;
    expect(problemOf(await get(otherProject)).kind).toBe("snapshot-not-found");
    for (const key of [local.keys.expired, local.keys.revoked, "1_unknown0key"]) {
      expect(problemOf(await get(plain, key))).toEqual({ kind: "key-refused" });
    }
  });
});

describe("An update", () => {
  const update = (
    id: string,
    ...given: Parameters<Gcore["updateSnapshot"]> extends [unknown, unknown, infer P]
      ? [P, string?]
      : never
  ) => gcore.updateSnapshot(caller(given[1]), refOf(id), given[0]);

  test("is sent once, and answered with the snapshot as it is then", async () => {
    const { plain } = local.ids;
    const patch = {
      name: "renamed",
      tags: [
        { key: "team", value: null },
        { key: "__proto__", value: "x" },
      ],
    };
    const after = snapshotOf(await update(plain, patch));
    expect(after.name).toBe("renamed");
    expect(tagMap(after.tags)).toEqual(local.tags(plain));
    expect(local.tags(plain).get("__proto__")).toBe("x");
    expect(local.tags(plain).has("team")).toBe(false);
    expect(local.effectiveChanges(plain)).toBe(1);
    expect(local.journal.patches(plain)).toHaveLength(1);
  });

  test.each<readonly [string, Partial<LocalGcore["knobs"]>]>([
    ["of the Cloud", { errorShape: "cloud" }],
    ["of IAM", { errorShape: "iam" }],
    ["with a code", { errorShape: "code" }],
    ["as a page", { errorShape: "html" }],
    ["without a word", { errorShape: "empty" }],
    ["with a traceback", { errorShape: "withTraceback" }],
    ["with dotted names", { tagErrors: "dotted" }],
  ])(
    "that is refused in the shape %s is told, and nothing internal with it",
    async (_what, knobs) => {
      Object.assign(local.knobs, knobs);
      const { plain, locked } = local.ids;
      const refused = problemOf(await update(plain, { name: "!" }));
      expect(refused.kind).toBe("change-refused");
      expect(problemOf(await update(locked, { name: "new" }))).toMatchObject({ kind: "locked" });
      const forbidden = problemOf(await update(plain, { name: "new" }, local.keys.readOnly));
      expect(forbidden.kind).toBe("not-permitted");
      expect(printed([refused, forbidden])).not.toContain(tracebackMark);
    },
  );

  test("whose answer is lost may have been done, and is not sent again", async () => {
    const { plain } = local.ids;
    local.faults.answerLost();
    expect(problemOf(await update(plain, { name: "renamed" }))).toMatchObject({
      kind: "gcore-unavailable",
      maybeDone: true,
    });
    expect(local.snapshot(plain).name).toBe("renamed");
    local.faults.cut({ method: "PATCH" });
    expect(problemOf(await update(plain, { name: "again" }))).toMatchObject({ maybeDone: true });
    expect(local.snapshot(plain).name).toBe("renamed");
    expect(local.journal.calls("PATCH")).toHaveLength(2);
  });

  test.each([429, 500, 502, 503, 504])(
    "that meets %d is not sent again by itself",
    async (status) => {
      local.faults.status(status, { method: "PATCH", retryAfter: 1 });
      const problem = problemOf(await update(local.ids.plain, { name: "renamed" }));
      expect(problem.kind).toBe(status === 429 ? "gcore-busy" : "gcore-unavailable");
      expect(local.journal.calls("PATCH")).toHaveLength(1);
    },
  );
});

describe("A lock", () => {
  test("is described by its task", async () => {
    const { locked } = local.ids;
    const taskId = local.snapshot(locked).task_id ?? "";
    const task = local.task(taskId);
    expect(await gcore.describeLock(caller(), taskId)).toEqual({
      kind: "locked",
      task: task.task_type,
      since: Math.floor(task.created_on / 1000) * 1000,
      taskId,
    });
  });

  test("is a lock all the same when nothing is told of its task", async () => {
    const NO_TASK = "00000000-0000-4000-8000-000000000000";
    const unknown = { kind: "locked", task: null, since: null, taskId: NO_TASK };
    expect(await gcore.describeLock(caller(), NO_TASK)).toEqual(unknown);
    local.faults.cut();
    expect(await gcore.describeLock(caller(), NO_TASK)).toEqual(unknown);
    local.faults.status(500);
    expect(await gcore.describeLock(caller(), NO_TASK)).toEqual(unknown);
  });
});

describe("An answer that is about something else", () => {
  const ID = "5ed275b8-7eed-4722-8c98-777191d4e003";
  const answered = async (body: unknown, ref?: SnapshotRef): Promise<Problem> => {
    const server = await listen({ handle: () => ({ status: 200, body: JSON.stringify(body) }) });
    try {
      const asked = ref ?? { projectId: 1, regionId: 2, snapshotId: ID };
      return problemOf(await createGcore(server.url, clock).getSnapshot(callerWith(), asked));
    } finally {
      await server.stop();
    }
  };
  const good = {
    id: ID,
    name: "n",
    status: "available",
    size: 1,
    project_id: 1,
    region_id: 2,
    region: "r",
    tags: [],
  };

  test.each([
    ["another snapshot", { id: "5ed275b8-7eed-4722-8c98-777191d4e004" }],
    ["another project", { project_id: 3 }],
    ["another region", { region_id: 3 }],
  ])("%s is not taken for it", async (_what, more) => {
    expect(await answered({ ...good, ...more })).toEqual({
      kind: "gcore-unclear",
      detail: "it answered with another snapshot",
    });
  });

  test.each<readonly [unknown, string]>([
    [null, "the answer itself"],
    [[], "the answer itself"],
    ["text", "the answer itself"],
    [{ ...good, name: 3 }, "name"],
    [{ ...good, tags: null }, "tags"],
    [{ ...good, tags: { a: "b" } }, "tags"],
    [
      { ...good, tags: [{ key: "a", value: 1, read_only: "no" }] },
      "tags.0.value, tags.0.read_only",
    ],
    [{ ...good, size: "1", region: null }, "size, region"],
  ])("%j is unclear, and says which member", async (body, members) => {
    expect(await answered(body)).toEqual({
      kind: "gcore-unclear",
      detail: `unexpected: ${members}`,
    });
  });

  test("never tells a value that it met", async () => {
    const problem = await answered({ ...good, name: { [KEY]: KEY }, status: [KEY], tags: KEY });
    expect(printed(problem)).not.toContain(SECRET);
  });
});

describe("Whatever stands in an id", () => {
  /** Calls with this id, and the requests that came of it. */
  const asked = async (ref: SnapshotRef): Promise<readonly Received[]> => {
    const got: Received[] = [];
    const server = await listen({
      handle: (request) => {
        got.push(request);
        return { status: 404, body: "" };
      },
    });
    const asking = createGcore(server.url, clock);
    const task = { kind: "locked", task: null, since: null, taskId: ref.snapshotId };
    try {
      const read = await asking.getSnapshot(callerWith(), ref);
      const written = await asking.updateSnapshot(callerWith(), ref, { name: "abc" });
      expect([read.ok, written.ok]).toEqual([false, false]);
      expect(await asking.describeLock(callerWith(), ref.snapshotId)).toEqual(task);
      for (const { headers, query } of got) {
        expect(headers.host).toBe(new URL(server.url).host);
        expect([...query]).toEqual([]);
      }
    } finally {
      await server.stop();
    }
    return got;
  };
  const check = async (projectId: number, regionId: number, id: string): Promise<void> => {
    for (const { path } of await asked({ projectId, regionId, snapshotId: id })) {
      const isTask = path.startsWith("/cloud/v1/tasks/");
      const place = isTask ? "/cloud/v1/tasks/" : `/cloud/v1/snapshots/${projectId}/${regionId}/`;
      expect(path.slice(0, place.length)).toBe(place);
      expect(path.slice(place.length)).not.toContain("/");
    }
  };

  test("the request goes to the same host and under the same path", async () => {
    const number = fc.integer({ min: 1, max: 999_999_999_999_999 });
    const nasty = fc
      .oneof(
        fc.string({ unit: "grapheme", maxLength: 12 }),
        fc.constantFrom(
          ...["../../../iam/clients/me", "..%2f..", "%2e%2e", "@evil.example/", "//evil.example"],
          ...["\\..\\..", "?x=1", "#x", "a/b", "\r\nHost: evil.example", "a b", "x;y", ""],
        ),
      )
      .filter((id) => id !== "." && id !== "..");
    await fc.assert(fc.asyncProperty(number, number, nasty, check), { numRuns: 80 });
  });

  test.each([".", "..", "\ud800"])("%j is an id like any other, or is refused", async (id) => {
    await check(1186668, 148, id);
  });
});

describe("A Gcore that never answers", () => {
  const limits = { read: 150, write: 300 };

  test("is given up on after the time for a look, and after the time for a change", async () => {
    const impatient = createGcore(local.url, clock, limits);
    const { id, project_id: projectId, region_id: regionId } = local.snapshot(local.ids.plain);
    const ref = { projectId, regionId, snapshotId: id };
    local.faults.hang("before", { method: "GET" });
    local.faults.hang("after", { method: "PATCH" });
    const gone = { kind: "gcore-unavailable", detail: "ETIMEDOUT", maybeDone: true };
    expect(problemOf(await impatient.getSnapshot(caller(), ref))).toEqual(gone);
    const answer = await impatient.updateSnapshot(caller(), ref, { name: "done all the same" });
    expect(problemOf(answer)).toEqual(gone);
    expect(local.snapshot(local.ids.plain).name).toBe("done all the same");
    expect(local.journal.calls()).toHaveLength(2);
  });
});
