import type { Clock } from "../clock.ts";
import { err, type Lock, type Problem, type Result } from "../problem.ts";
import { type Patch, patchBody } from "../snapshot/merge-patch.ts";
import type { Place, Region, Snapshot, SnapshotRef, Volume } from "../snapshot/snapshot.ts";
import { isSnapshotId } from "../snapshot/snapshot-link.ts";
import { type Called, type Caller, type Send, sender, type TimeLimits } from "./http.ts";
import { checkKey, listProjects } from "./key-check.ts";
import { readAll } from "./pages.ts";
import { readShape } from "./read-shape.ts";
import { RegionShape, SnapshotShape, TaskShape, VolumeShape } from "./shapes.ts";

/** Gcore's cloud API, in the name of one person. */
export interface Gcore {
  /** What the person's key is and may do, asked of Gcore now. */
  checkKey(caller: Caller): ReturnType<typeof checkKey>;
  listProjects(caller: Caller): ReturnType<typeof listProjects>;
  /** "Get snapshot". */
  getSnapshot(caller: Caller, ref: SnapshotRef): Promise<Result<Snapshot, Problem>>;
  /** "List regions": all of them, whether or not the account has anything there. */
  listRegions(caller: Caller): Promise<Result<readonly Region[], Problem>>;
  /** "List snapshots": all of a project in a region. */
  listSnapshots(caller: Caller, place: Place): Promise<Result<readonly Snapshot[], Problem>>;
  /** "Get volume". */
  getVolume(caller: Caller, place: Place, volumeId: string): Promise<Result<Volume, Problem>>;
  /** "Update snapshot": one PATCH, never a second one by itself. */
  updateSnapshot(
    caller: Caller,
    ref: SnapshotRef,
    patch: Patch,
  ): Promise<Result<Snapshot, Problem>>;
  /** The problem that a task holds the snapshot; what Gcore does not tell of the task is null. */
  describeLock(caller: Caller, taskId: string): Promise<Lock>;
}

/** Gcore's API at `baseUrl` (`https://api.gcore.com`). @param onCall is told of each call */
export function createGcore(
  baseUrl: string,
  clock: Clock,
  limits?: TimeLimits,
  onCall?: (called: Called) => void,
): Gcore {
  const send = (caller: Caller): Send => sender(baseUrl, caller, limits, onCall);
  return {
    checkKey: (caller) => checkKey(send(caller), caller.apiKey, clock.now()),
    listProjects: (caller) => listProjects(send(caller)),
    async getSnapshot(caller, ref) {
      if (!isSnapshotId(ref.snapshotId)) return err({ kind: "snapshot-not-found" });
      const answer = await send(caller)({ method: "GET", path: snapshotPath(ref) });
      return answer.ok ? readSnapshot(answer.value, ref) : answer;
    },
    listRegions: (caller) => readAll(send(caller), "/cloud/v1/regions?", RegionShape, false),
    listSnapshots(caller, { projectId, regionId }) {
      const path = `/cloud/v1/snapshots/${projectId}/${regionId}?`;
      return readAll(send(caller), path, SnapshotShape, false);
    },
    async getVolume(caller, { projectId, regionId }, volumeId) {
      if (!isSnapshotId(volumeId)) return err({ kind: "volume-not-found" });
      const path = `/cloud/v1/volumes/${projectId}/${regionId}/${volumeId}`;
      const answer = await send(caller)({ method: "GET", path });
      if (answer.ok) return readShape(VolumeShape, answer.value);
      return answer.problem.kind === "snapshot-not-found"
        ? err({ kind: "volume-not-found" })
        : answer;
    },
    async updateSnapshot(caller, ref, patch) {
      if (!isSnapshotId(ref.snapshotId)) return err({ kind: "snapshot-not-found" });
      const body = patchBody(patch);
      const answer = await send(caller)({ method: "PATCH", path: snapshotPath(ref), body });
      return answer.ok ? readSnapshot(answer.value, ref) : answer;
    },
    async describeLock(caller, taskId) {
      const unknown = { kind: "locked", task: null, since: null, taskId } as const;
      if (!isSnapshotId(taskId)) return unknown;
      const answer = await send(caller)({ method: "GET", path: `/cloud/v1/tasks/${taskId}` });
      const task = answer.ok ? TaskShape.safeParse(answer.value).data : undefined;
      const since = task?.created_on ?? null;
      return { kind: "locked", task: task?.task_type ?? null, since, taskId };
    },
  };
}

/** Numbers and a UUID: nothing in it needs escaping. */
const snapshotPath = ({ projectId, regionId, snapshotId }: SnapshotRef): string =>
  `/cloud/v1/snapshots/${projectId}/${regionId}/${snapshotId}`;

function readSnapshot(json: unknown, ref: SnapshotRef): Result<Snapshot, Problem> {
  const read = readShape(SnapshotShape, json);
  if (!read.ok) return read;
  const { projectId, regionId, snapshotId } = read.value;
  return snapshotId === ref.snapshotId && projectId === ref.projectId && regionId === ref.regionId
    ? read
    : err({ kind: "gcore-unclear", detail: "it answered with another snapshot" });
}
