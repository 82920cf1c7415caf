import { type Call, projectOf, type Reply, regionOf } from "./call.ts";
import { nakedDate } from "./dates.ts";
import { notFound } from "./errors.ts";
import { sees } from "./keys.ts";
import type { Task } from "./model.ts";
import { choice, flag, moment, page } from "./paging.ts";
import { endTask } from "./world.ts";

const date = (ms: number | null): string | null => (ms === null ? null : nakedDate(ms));

const taskView = (task: Task): object => ({
  id: task.id,
  task_type: task.task_type,
  state: task.state,
  error: task.error,
  user_id: task.user_id,
  client_id: task.client_id,
  user_client_id: task.client_id,
  project_id: task.project_id,
  region_id: task.region_id,
  created_on: date(task.created_on),
  updated_on: date(task.updated_on),
  finished_on: date(task.finished_on),
  acknowledged_at: null,
  acknowledged_by: null,
  created_resources:
    task.effect === "create" && task.state === "FINISHED"
      ? { snapshots: [task.snapshot_id] }
      : null,
  data: task.data,
  request_id: task.request_id,
  detailed_state: null,
  job_id: null,
  lifecycle_policy_id: null,
  schedule_id: null,
});

const isActive = (task: Task): boolean => task.state === "NEW" || task.state === "RUNNING";

/** GET one task. Looking at it brings a task that ends by itself nearer to its end. */
export function getTask(call: Call): Reply {
  const id = call.params.get("task_id") ?? "";
  const task = call.world.tasks.get(id);
  if (task === undefined || !sees(call.world, call.key, task.project_id)) {
    throw notFound("Task", id);
  }
  if (isActive(task) && task.polls !== null) {
    task.polls -= 1;
    if (task.polls <= 0) endTask(call.world, task);
  }
  return { body: taskView(task) };
}

// A query that may be given several times: anything goes where it is not given at all.
const oneOf = (call: Call, name: string, value: string | number): boolean => {
  const asked = call.request.query.getAll(name);
  return asked.length === 0 || asked.includes(String(value));
};

const newestFirst = (a: Task, b: Task): number => b.created_on - a.created_on;

/** GET the tasks of the projects that the key sees: ten, unless more are asked for. */
export function listTasks(call: Call): Reply {
  const order =
    choice(call, "order_by", ["asc", "desc"]) ?? choice(call, "sorting", ["asc", "desc"]);
  choice(call, "state", ["NEW", "RUNNING", "FINISHED", "ERROR"]);
  const from = moment(call, "from_timestamp") ?? Number.NEGATIVE_INFINITY;
  const to = moment(call, "to_timestamp") ?? Number.POSITIVE_INFINITY;
  const acknowledged = flag(call, "is_acknowledged") ?? false;
  const found = [...call.world.tasks.values()]
    .filter((task) => sees(call.world, call.key, task.project_id))
    .filter((task) => oneOf(call, "state", task.state))
    .filter((task) => oneOf(call, "project_id", task.project_id))
    .filter((task) => oneOf(call, "region_id", task.region_id))
    .filter((task) => oneOf(call, "task_type", task.task_type))
    .filter((task) => task.created_on >= from && task.created_on <= to && !acknowledged)
    .sort(newestFirst);
  return page(call, order === "asc" ? found.reverse() : found, taskView, 10);
}

/** GET the tasks that are still at work in a project and a region. */
export function listActiveTasks(call: Call): Reply {
  const project = projectOf(call);
  const region = regionOf(call);
  const found = [...call.world.tasks.values()]
    .filter((task) => task.project_id === project && task.region_id === region && isActive(task))
    .filter((task) => oneOf(call, "task_type", task.task_type))
    .sort(newestFirst);
  return page(call, found, taskView, 10);
}
