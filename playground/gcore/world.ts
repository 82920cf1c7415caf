import type { Clock } from "../clock.ts";
import { uuid } from "./deterministic.ts";
import type { Knobs } from "./knobs.ts";
import type {
  Key,
  Project,
  Region,
  Snapshot,
  Tag,
  Task,
  TaskEffect,
  UserAction,
  Volume,
} from "./model.ts";

/** Everything that the API knows. */
export interface World {
  readonly clock: Clock;
  readonly knobs: Knobs;
  readonly projects: Map<number, Project>;
  readonly regions: Map<number, Region>;
  readonly volumes: Map<string, Volume>;
  readonly snapshots: Map<string, Snapshot>;
  readonly tasks: Map<string, Task>;
  readonly keys: Map<number, Key>;
  readonly actions: UserAction[];
  /** How many requests really changed a snapshot, by its id. */
  readonly effective: Map<string, number>;
  /** A new UUID, the same in every run. */
  newId(): string;
}

export function emptyWorld(clock: Clock, knobs: Knobs): World {
  let count = 0;
  return {
    clock,
    knobs,
    projects: new Map(),
    regions: new Map(),
    volumes: new Map(),
    snapshots: new Map(),
    tasks: new Map(),
    keys: new Map(),
    actions: [],
    effective: new Map(),
    newId: () => {
      count += 1;
      return uuid(`new ${count}`);
    },
  };
}

/** A copy that shares nothing with what is stored. */
export const copyOf = (snapshot: Snapshot): Snapshot => structuredClone(snapshot);

/** What can be told about a new snapshot; the rest is made up. */
export type NewSnapshot = Partial<Omit<Snapshot, "tags">> & {
  readonly tags?: readonly Tag[] | Readonly<Record<string, string>>;
};

export const tagList = (tags: NonNullable<NewSnapshot["tags"]>): Tag[] =>
  Array.isArray(tags)
    ? structuredClone(tags)
    : Object.entries(tags).map(([key, value]) => ({ key, value, read_only: false }));

/** Stores a snapshot and, if it is not there yet, the volume it was taken of. */
export function addSnapshot(world: World, given: NewSnapshot): Snapshot {
  const now = world.clock.now();
  const id = given.id ?? world.newId();
  const { tags = [], ...rest } = given;
  const snapshot: Snapshot = {
    id,
    name: `snapshot-${id.slice(0, 8)}`,
    description: null,
    status: "available",
    size: 10,
    volume_id: uuid(`volume of ${id}`),
    created_at: now,
    updated_at: now,
    creator_task_id: uuid(`creator of ${id}`),
    task_id: null,
    project_id: 1186668,
    region_id: 148,
    ...rest,
    tags: tagList(tags),
  };
  world.snapshots.set(id, snapshot);
  addVolumeOf(world, snapshot);
  return snapshot;
}

const addVolumeOf = (world: World, snapshot: Snapshot): void => {
  if (world.volumes.has(snapshot.volume_id)) return;
  const value = (key: string): string | undefined =>
    snapshot.tags.find((tag) => tag.key === key)?.value;
  world.volumes.set(snapshot.volume_id, {
    id: snapshot.volume_id,
    name: value("volume_name") ?? `volume-${snapshot.volume_id.slice(0, 8)}`,
    size: snapshot.size,
    volume_type: "standard",
    bootable: value("bootable") === "True",
    tags: [],
    created_at: snapshot.created_at - 86_400_000,
    project_id: snapshot.project_id,
    region_id: snapshot.region_id,
  });
};

/** What can be told about a task that holds a snapshot. */
export interface NewTask {
  /** `create_snapshot`, unless told otherwise. */
  readonly task_type?: string;
  /** Finished by this many looks at it; null, the default: only by hand. */
  readonly polls?: number | null;
  readonly effect?: TaskEffect;
  readonly data?: unknown;
  /** Whose key asked for it. */
  readonly by?: Key;
}

/** Starts a task that holds the snapshot until it is finished. */
export function startTask(world: World, snapshot: Snapshot, given: NewTask = {}): Task {
  const id = world.newId();
  const project = world.projects.get(snapshot.project_id);
  const task: Task = {
    id,
    task_type: given.task_type ?? "create_snapshot",
    state: "RUNNING",
    error: null,
    user_id: given.by?.user_id ?? 1023101,
    client_id: project?.client_id ?? 0,
    project_id: snapshot.project_id,
    region_id: snapshot.region_id,
    created_on: world.clock.now(),
    updated_on: null,
    finished_on: null,
    data: given.data ?? { volume_id: snapshot.volume_id, name: snapshot.name },
    request_id: id.replaceAll("-", ""),
    snapshot_id: snapshot.id,
    effect: given.effect ?? "nothing",
    polls: given.polls ?? null,
  };
  world.tasks.set(id, task);
  snapshot.task_id = id;
  return task;
}

/** Ends a task, well or with an error, and gives the snapshot free. */
export function endTask(world: World, task: Task, error: string | null = null): void {
  task.state = error === null ? "FINISHED" : "ERROR";
  task.error = error;
  task.finished_on = world.clock.now();
  task.updated_on = task.finished_on;
  const snapshot = world.snapshots.get(task.snapshot_id);
  if (snapshot === undefined) return;
  if (snapshot.task_id === task.id) snapshot.task_id = null;
  if (task.effect === "delete" && error === null) world.snapshots.delete(snapshot.id);
  else if (task.effect === "create") snapshot.status = error === null ? "available" : "error";
  else if (task.effect === "delete") snapshot.status = "error_deleting";
}
