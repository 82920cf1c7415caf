import {
  bodyOf,
  type Call,
  isUuid4,
  mayWrite,
  membersOf,
  projectOf,
  type Reply,
  regionOf,
} from "./call.ts";
import { changedTags } from "./change.ts";
import { type InvalidFields, invalid, notFound } from "./errors.ts";
import { readTags, type TagPatch, wrongName } from "./rules.ts";
import { findSnapshot, refuseLocked } from "./snapshots.ts";
import { addSnapshot, startTask } from "./world.ts";

/** POST: a new snapshot, which is there at once and ready when its task is. */
export function postSnapshot(call: Call): Reply {
  const project_id = projectOf(call);
  mayWrite(call);
  const region_id = regionOf(call);
  const { world } = call;
  const body = membersOf(call, bodyOf(call), ["name", "volume_id", "description", "tags"]);
  const wrong: InvalidFields = new Map();
  const { name, volume_id, description, tags = {} } = Object.fromEntries(body);
  const wrongly = name === undefined ? "Field required" : wrongName(name);
  if (wrongly !== undefined) wrong.set("name", [wrongly]);
  if (volume_id === undefined) wrong.set("volume_id", ["Field required"]);
  else if (typeof volume_id !== "string" || !isUuid4(volume_id)) {
    wrong.set("volume_id", ["Input should be a valid UUID"]);
  }
  if (description !== undefined && typeof description !== "string") {
    wrong.set("description", ["Input should be a valid string"]);
  }
  const read = readTags(tags, { nulls: false, knobs: world.knobs });
  for (const [field, messages] of read.wrong) wrong.set(field, messages);
  if (wrong.size > 0) throw invalid(wrong);
  const volume = world.volumes.get(volume_id as string);
  if (volume?.project_id !== project_id || volume.region_id !== region_id) {
    throw notFound("Volume", volume_id as string);
  }
  const own: TagPatch = new Map([
    ["bootable", volume.bootable ? "True" : "False"],
    ["volume_name", volume.name],
  ]);
  const snapshot = addSnapshot(world, {
    name: name as string,
    description: (description as string | undefined) ?? null,
    status: "creating",
    size: volume.size,
    volume_id: volume.id,
    project_id,
    region_id,
    tags: changedTags([], new Map([...own, ...read.tags]), world.knobs),
  });
  const task = startTask(world, snapshot, {
    effect: "create",
    by: call.key,
    polls: world.knobs.taskPolls,
  });
  snapshot.creator_task_id = task.id;
  return { body: { tasks: [task.id] } };
}

/** DELETE: the snapshot is gone when its task is finished. */
export function deleteSnapshot(call: Call): Reply {
  projectOf(call);
  mayWrite(call);
  const snapshot = findSnapshot(call);
  refuseLocked(call, snapshot);
  snapshot.status = "deleting";
  const task = startTask(call.world, snapshot, {
    task_type: "delete_snapshot",
    effect: "delete",
    by: call.key,
    polls: call.world.knobs.taskPolls,
  });
  return { body: { tasks: [task.id] } };
}
