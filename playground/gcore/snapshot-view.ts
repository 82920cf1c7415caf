import { cloudDate } from "./dates.ts";
import type { Snapshot } from "./model.ts";
import type { World } from "./world.ts";

/** A snapshot as the API answers it. */
export function snapshotView(world: World, snapshot: Snapshot): object {
  const { dates, dropFields, unknownStatus } = world.knobs;
  const view = new Map<string, unknown>([
    ["id", snapshot.id],
    ["name", snapshot.name],
    ["description", snapshot.description],
    ["status", unknownStatus ?? snapshot.status],
    ["size", snapshot.size],
    ["volume_id", snapshot.volume_id],
    ["created_at", cloudDate(snapshot.created_at, dates)],
    ["updated_at", snapshot.updated_at === null ? null : cloudDate(snapshot.updated_at, dates)],
    ["tags", snapshot.tags],
    ["creator_task_id", snapshot.creator_task_id],
    ["task_id", snapshot.task_id],
    ["project_id", snapshot.project_id],
    ["region_id", snapshot.region_id],
    ["region", world.regions.get(snapshot.region_id)?.display_name ?? ""],
  ]);
  for (const field of dropFields) view.delete(field);
  return Object.fromEntries(view);
}
