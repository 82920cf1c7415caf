import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { MovableClock } from "../../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../../playground/gcore/gcore.ts";
import { ask, get, patch, pathOf, results } from "./ask.ts";

let gcore: LocalGcore;

beforeEach(async () => {
  gcore = await startGcore({ clock: new MovableClock() });
});
afterEach(() => gcore.stop());

const look = (id: unknown, key = gcore.keys.full) =>
  ask(gcore, "GET", `/cloud/v1/tasks/${id}`, { key });

describe("A snapshot that a task holds", () => {
  test("names the task, which tells what it is", async () => {
    const { json } = await get(gcore, gcore.ids.locked);
    const task = await look(json.task_id);
    expect(task.json).toMatchObject({
      id: json.task_id,
      task_type: "create_snapshot",
      state: "RUNNING",
      error: null,
      project_id: 1186668,
      region_id: 148,
      finished_on: null,
      created_resources: null,
    });
  });

  test("is free when the task is finished", async () => {
    const { plain } = gcore.ids;
    const task = gcore.lock(plain, { task_type: "delete_snapshot" });
    expect((await patch(gcore, plain, { name: "changed" })).status).toBe(409);
    gcore.finishTask(task);
    expect((await patch(gcore, plain, { name: "changed" })).status).toBe(200);
    expect((await look(task)).json).toMatchObject({
      state: "FINISHED",
      task_type: "delete_snapshot",
      finished_on: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
    });
    expect(gcore.task(task).state).toBe("FINISHED");
  });

  test("is free after as many looks at the task as were agreed", async () => {
    const { plain } = gcore.ids;
    const task = gcore.lock(plain, { polls: 3 });
    const states: unknown[] = [];
    for (let i = 0; i < 4; i += 1) states.push((await look(task)).json.state);
    expect(states).toEqual(["RUNNING", "RUNNING", "FINISHED", "FINISHED"]);
    expect((await get(gcore, plain)).json.task_id).toBeNull();
  });

  test("is free when the task has failed, which says why", async () => {
    const task = gcore.lock(gcore.ids.plain);
    gcore.finishTask(task, "Quota limit for volume_size exceeded by 20");
    expect((await look(task)).json).toMatchObject({
      state: "ERROR",
      error: "Quota limit for volume_size exceeded by 20",
    });
    expect((await get(gcore, gcore.ids.plain)).json.task_id).toBeNull();
  });

  test("changes nothing when it refuses", async () => {
    const before = gcore.snapshot(gcore.ids.locked);
    await patch(gcore, gcore.ids.locked, { tags: null });
    expect(gcore.snapshot(gcore.ids.locked)).toEqual(before);
    expect(gcore.effectiveChanges(gcore.ids.locked)).toBe(0);
  });
});

describe("Tasks", () => {
  test("are ten on a page, the newest first, and can be chosen", async () => {
    const tasks = gcore.fill(12).map((id) => gcore.lock(id));
    const all = await ask(gcore, "GET", "/cloud/v1/tasks");
    expect(all.json.count).toBe(14);
    expect(results(all)).toHaveLength(10);
    gcore.finishTask(tasks[0] ?? "");
    const finished = await ask(gcore, "GET", "/cloud/v1/tasks?state=FINISHED&state=ERROR");
    expect(results(finished).map((one) => one.id)).toEqual([tasks[0]]);
    const elsewhere = await ask(gcore, "GET", "/cloud/v1/tasks?project_id=1202779");
    expect(elsewhere.json.count).toBe(0);
    const active = await ask(gcore, "GET", "/cloud/v1/tasks/1186668/148/active");
    expect(active.json.count).toBe(13);
    expect((await ask(gcore, "GET", "/cloud/v1/tasks?state=DONE")).status).toBe(400);
    const future = "/cloud/v1/tasks?from_timestamp=2999-01-01T00:00:00";
    expect((await ask(gcore, "GET", future)).json.count).toBe(0);
  });

  test("of a project without a role are not found", async () => {
    const task = gcore.lock(gcore.ids.otherProject);
    expect((await look(task)).status).toBe(404);
    expect((await look(task, gcore.keys.otherProject)).status).toBe(200);
    expect((await look("00000000-0000-4000-8000-000000000000")).status).toBe(404);
  });
});

describe("A new snapshot", () => {
  const place = "/cloud/v1/snapshots/1186668/148";

  test("is there at once, and ready when its task is finished", async () => {
    const { volume_id } = gcore.snapshot(gcore.ids.plain);
    const body = { name: "made-by-hand", volume_id, tags: { team: "core" } };
    const made = await ask(gcore, "POST", place, { body });
    expect(made.json).toEqual({ tasks: [expect.any(String)] });
    const [task] = made.json.tasks as string[];
    const [one] = results(await ask(gcore, "GET", `${place}?volume_id=${volume_id}&limit=1`));
    expect(one).toMatchObject({
      name: "made-by-hand",
      status: "creating",
      task_id: task,
      tags: [
        { key: "bootable", value: "False", read_only: false },
        { key: "volume_name", value: "db-primary", read_only: false },
        { key: "team", value: "core", read_only: false },
      ],
    });
    await look(task);
    expect((await look(task)).json).toMatchObject({
      state: "FINISHED",
      created_resources: { snapshots: [one?.id] },
    });
    expect((await get(gcore, String(one?.id))).json).toMatchObject({
      status: "available",
      task_id: null,
      creator_task_id: task,
    });
  });

  test("needs a name and a volume that is there, and has no tags to take away", async () => {
    const refused = await ask(gcore, "POST", place, { body: { tags: { a: null } } });
    expect(refused.status).toBe(400);
    expect(refused.json.invalid_fields).toEqual({
      name: ["Field required"],
      volume_id: ["Field required"],
      tags: { a: ["Input should be a valid string"] },
    });
    const volume_id = "00000000-0000-4000-8000-000000000000";
    const unknown = await ask(gcore, "POST", place, { body: { name: "abc", volume_id } });
    expect(unknown.status).toBe(404);
    const odd = { name: "abc", volume_id: "abc", description: 7 };
    expect((await ask(gcore, "POST", place, { body: odd })).json.invalid_fields).toEqual({
      volume_id: ["Input should be a valid UUID"],
      description: ["Input should be a valid string"],
    });
  });
});

describe("Deleting a snapshot", () => {
  test("holds it until the task is finished, and then it is gone", async () => {
    const path = pathOf(gcore, gcore.ids.plain);
    const [task] = (await ask(gcore, "DELETE", path)).json.tasks as string[];
    expect((await ask(gcore, "GET", path)).json.status).toBe("deleting");
    expect((await ask(gcore, "PATCH", path, { body: {} })).status).toBe(409);
    gcore.finishTask(task ?? "");
    expect((await ask(gcore, "GET", path)).status).toBe(404);
    expect((await ask(gcore, "PATCH", path, { body: {} })).status).toBe(404);
  });

  test("goes on until it is finished by hand, by a knob", async () => {
    gcore.knobs.taskPolls = null;
    const [task] = (await ask(gcore, "DELETE", pathOf(gcore, gcore.ids.plain))).json
      .tasks as string[];
    for (let i = 0; i < 5; i += 1) expect((await look(task)).json.state).toBe("RUNNING");
    gcore.finishTask(task ?? "");
    expect(gcore.has(gcore.ids.plain)).toBe(false);
  });

  test("is refused while a task holds it, and may fail", async () => {
    expect((await ask(gcore, "DELETE", pathOf(gcore, gcore.ids.locked))).status).toBe(409);
    const path = pathOf(gcore, gcore.ids.plain);
    const [task] = (await ask(gcore, "DELETE", path)).json.tasks as string[];
    gcore.finishTask(task ?? "", "storage is busy");
    expect((await ask(gcore, "GET", path)).json.status).toBe("error_deleting");
  });
});

describe("The deprecated replacement of all tags", () => {
  test("keeps what is read-only and nothing else that was not sent", async () => {
    const path = `${pathOf(gcore, gcore.ids.plain)}/metadata`;
    const { status } = await ask(gcore, "PUT", path, { body: { team: "x" } });
    expect(status).toBe(200);
    expect([...gcore.tags(gcore.ids.plain).keys()]).toEqual(["image_id", "team"]);
    expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(1);
    const refused = await ask(gcore, "PUT", path, { body: { "a b": "x" } });
    expect(refused.status).toBe(400);
  });
});
