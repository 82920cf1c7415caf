import type { Call, Reply } from "./call.ts";
import { getMe, getToken, getUser, listTokens } from "./iam.ts";
import { deleteSnapshot, postSnapshot } from "./make-snapshot.ts";
import { patchSnapshot, putMetadata } from "./patch-snapshot.ts";
import { listActions, listAssignments } from "./people.ts";
import { getProject, getRegion, listProjects, listRegions } from "./places.ts";
import { getSnapshot, listSnapshots } from "./snapshots.ts";
import { getTask, listActiveTasks, listTasks } from "./tasks.ts";
import { getVolume, listVolumes } from "./volumes.ts";

/** A path and a method that the API serves. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly handle: (call: Call) => Reply;
  /** The members of the query that mean something. */
  readonly query: readonly string[];
}

// `{id}` stands for one part of the path, `{id:int}` for one that is a number.
const pattern = (template: string): RegExp => {
  const source = template
    .replace(/\{(\w+):int\}/g, "(?<$1>\\d+)")
    .replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}$`);
};

const route = (
  method: string,
  template: string,
  handle: Route["handle"],
  query: readonly string[] = [],
): Route => ({ method, path: pattern(template), handle, query });

const paged = (...more: string[]): string[] => ["limit", "offset", ...more];

const place = "{project:int}/{region:int}";
const snapshot = `/cloud/v1/snapshots/${place}/{snapshot_id}`;
const tokens = "/iam/v2/clients/{client_id:int}/tokens";
const times = ["from_timestamp", "to_timestamp", "order_by", "sorting"];

/** All that is served, on one screen. */
export const routes: readonly Route[] = [
  route(
    "GET",
    `/cloud/v1/snapshots/${place}`,
    listSnapshots,
    paged("volume_id", "instance_id", "schedule_id", "lifecycle_policy_id"),
  ),
  route("POST", `/cloud/v1/snapshots/${place}`, postSnapshot),
  route("GET", snapshot, getSnapshot),
  route("PATCH", snapshot, patchSnapshot),
  route("DELETE", snapshot, deleteSnapshot),
  route("PUT", `${snapshot}/metadata`, putMetadata),
  route("GET", "/cloud/v1/projects", listProjects, paged("name", "include_deleted", "order_by")),
  route("GET", "/cloud/v1/projects/{project:int}", getProject),
  route(
    "GET",
    "/cloud/v1/regions",
    listRegions,
    paged("display_name", "show_volume_types", "order_by"),
  ),
  route("GET", "/cloud/v1/regions/{region:int}", getRegion, ["show_volume_types"]),
  route(
    "GET",
    "/cloud/v1/tasks",
    listTasks,
    paged("state", "project_id", "region_id", "task_type", "is_acknowledged", ...times),
  ),
  route("GET", `/cloud/v1/tasks/${place}/active`, listActiveTasks, paged("task_type")),
  route("GET", "/cloud/v1/tasks/{task_id}", getTask),
  route(
    "GET",
    `/cloud/v1/volumes/${place}`,
    listVolumes,
    paged("name_part", "id_part", "instance_id", "cluster_id", "bootable", "has_attachments"),
  ),
  route("GET", `/cloud/v1/volumes/${place}/{volume_id}`, getVolume),
  route("GET", "/cloud/v1/users/assignments", listAssignments, paged("user_id", "project_id")),
  route(
    "GET",
    "/cloud/v1/user_actions",
    listActions,
    paged(
      "resource_id",
      "api_group",
      "action_type",
      "project_id",
      "region_id",
      "user_agents",
      "source_user_ips",
      "search_field",
      ...times,
    ),
  ),
  route("GET", "/iam/clients/me", getMe),
  route("GET", "/iam/users/{user_id:int}", getUser),
  route("GET", tokens, listTokens, ["role", "issued_by", "not_issued_by", "deleted"]),
  route("GET", `${tokens}/{token_id:int}`, getToken),
];
