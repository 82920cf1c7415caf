import { type Call, projectOf, type Reply, regionOf, uuidParam } from "./call.ts";
import { notFound, Refusal } from "./errors.ts";
import type { Snapshot } from "./model.ts";
import { page, wholeNumber } from "./paging.ts";
import { snapshotView } from "./snapshot-view.ts";

/** The snapshot of the path, if it is in the project and the region of the path. */
export const findSnapshot = (call: Call): Snapshot => {
  const project = projectOf(call);
  const region = regionOf(call);
  const id = uuidParam(call, "snapshot_id", "Snapshot");
  const found = call.world.snapshots.get(id);
  if (found?.project_id !== project || found.region_id !== region) throw notFound("Snapshot", id);
  return found;
};

/** Refuses to touch what a task works on. */
export const refuseLocked = (call: Call, snapshot: Snapshot): void => {
  const { lock, errored } = call.world.knobs;
  if (snapshot.task_id !== null && lock === 409) {
    const message = `Snapshot ${snapshot.id} is locked by the task ${snapshot.task_id}`;
    throw new Refusal(409, "ConflictError", message);
  }
  if (snapshot.status === "error" && errored === 409) {
    throw new Refusal(409, "ConflictError", `Snapshot ${snapshot.id} is in the status error`);
  }
};

/** GET one snapshot. */
export function getSnapshot(call: Call): Reply {
  const snapshot = findSnapshot(call);
  const body = structuredClone(snapshotView(call.world, snapshot));
  call.edits.reached("afterGet", snapshot.id);
  return { body };
}

/** GET the snapshots of a project in a region, the newest first. There is no filter by name or tag. */
export function listSnapshots(call: Call): Reply {
  const project = projectOf(call);
  const region = regionOf(call);
  const policy = wholeNumber(call, "lifecycle_policy_id");
  const volume = call.request.query.get("volume_id");
  // No volume here is attached to an instance, and no snapshot remembers a schedule.
  const none = call.request.query.has("instance_id") || call.request.query.has("schedule_id");
  const found = [...call.world.snapshots.values()]
    .filter((one) => one.project_id === project && one.region_id === region && !none)
    .filter((one) => volume === null || one.volume_id === volume)
    .filter((one) => policy === undefined || one.name.endsWith(` created by policy ${policy}`))
    .sort((a, b) => b.created_at - a.created_at || (a.id < b.id ? -1 : 1));
  return page(call, found, (one) => snapshotView(call.world, one), 1000);
}
