import { type Call, projectOf, type Reply, regionOf, uuidParam } from "./call.ts";
import { cloudDate } from "./dates.ts";
import { notFound } from "./errors.ts";
import type { Volume } from "./model.ts";
import { flag, page } from "./paging.ts";
import type { World } from "./world.ts";

const volumeView = (world: World, volume: Volume): object => ({
  id: volume.id,
  name: volume.name,
  size: volume.size,
  status: "available",
  volume_type: volume.volume_type,
  bootable: volume.bootable,
  is_root_volume: volume.bootable,
  created_at: cloudDate(volume.created_at, world.knobs.dates),
  updated_at: null,
  project_id: volume.project_id,
  region: world.regions.get(volume.region_id)?.display_name ?? "",
  region_id: volume.region_id,
  tags: volume.tags,
  attachments: [],
  snapshot_ids: [...world.snapshots.values()]
    .filter((snapshot) => snapshot.volume_id === volume.id)
    .map((snapshot) => snapshot.id),
  task_id: null,
  creator_task_id: null,
  limiter_stats: null,
  volume_image_metadata: null,
});

/** GET the volumes of a project in a region. */
export function listVolumes(call: Call): Reply {
  const project = projectOf(call);
  const region = regionOf(call);
  const { query } = call.request;
  const bootable = flag(call, "bootable");
  const attached = flag(call, "has_attachments");
  const found = [...call.world.volumes.values()]
    .filter((volume) => volume.project_id === project && volume.region_id === region)
    .filter((volume) => volume.name.includes(query.get("name_part") ?? ""))
    .filter((volume) => volume.id.includes(query.get("id_part") ?? ""))
    .filter((volume) => bootable === undefined || volume.bootable === bootable)
    // No volume here is attached to anything.
    .filter(() => attached !== true && !query.has("instance_id") && !query.has("cluster_id"));
  return page(call, found, (volume) => volumeView(call.world, volume), 1000);
}

/** GET one volume. */
export function getVolume(call: Call): Reply {
  const project = projectOf(call);
  const region = regionOf(call);
  const id = uuidParam(call, "volume_id", "Volume");
  const volume = call.world.volumes.get(id);
  if (volume?.project_id !== project || volume.region_id !== region) throw notFound("Volume", id);
  return { body: volumeView(call.world, volume) };
}
