import { type Call, numberParam, projectOf, type Reply, regionOf } from "./call.ts";
import { nakedDate, nakedMicros } from "./dates.ts";
import { uuid } from "./deterministic.ts";
import { notFound } from "./errors.ts";
import { sees } from "./keys.ts";
import type { Project, Region } from "./model.ts";
import { choice, flag, page } from "./paging.ts";
import type { World } from "./world.ts";

const projectView = (project: Project): object => ({
  id: project.id,
  name: project.name,
  description: project.description,
  state: project.deleted_at === null ? "ACTIVE" : "DELETED",
  is_default: project.is_default,
  client_id: project.client_id,
  created_at: nakedMicros(project.created_at),
  deleted_at: project.deleted_at === null ? null : nakedMicros(project.deleted_at),
  task_id: null,
});

const slug = (name: string): string =>
  name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(" ", "-");

const regionView = (world: World, region: Region): object => {
  const created = nakedDate(region.created_at);
  return {
    id: region.id,
    display_name: region.display_name,
    keystone_name: `ED-${region.id}`,
    ...(world.knobs.recentRegionFields
      ? { slug: slug(region.display_name), created_at: created }
      : {}),
    state: region.state,
    country: region.country,
    zone: region.zone,
    task_id: null,
    endpoint_type: "public",
    external_network_id: uuid(`network ${region.id}`),
    created_on: created,
    keystone_id: 1,
    has_kvm: true,
    has_baremetal: region.access_level === "core",
    has_basic_vm: false,
    has_sfs: false,
    has_dbaas: false,
    has_ddos: true,
    vlan_physical_network: "br-ex",
    available_volume_types: ["standard", "ssd_hiiops", "ssd_lowlatency"],
    metrics_database_id: 1,
    access_level: region.access_level,
    has_k8s: false,
    has_ai: false,
    has_ai_gpu: false,
    coordinates: null,
    file_share_types: ["standard"],
  };
};

type Order = `created_at.${"asc" | "desc"}` | `${"name" | "display_name"}.${"asc" | "desc"}`;

const sorted = <T extends { readonly created_at: number; readonly id: number }>(
  items: readonly T[],
  nameOf: (item: T) => string,
  order: Order,
): T[] => {
  const sign = order.endsWith(".asc") ? 1 : -1;
  const byDate = order.startsWith("created_at");
  return [...items].sort(
    (a, b) =>
      sign * (byDate ? a.created_at - b.created_at : nameOf(a) < nameOf(b) ? -1 : 1) || a.id - b.id,
  );
};

/** GET the projects in which the key has a role, the newest first. */
export function listProjects(call: Call): Reply {
  const { world, key } = call;
  const order = choice(call, "order_by", [
    "created_at.asc",
    "created_at.desc",
    "name.asc",
    "name.desc",
  ]);
  const deleted = flag(call, "include_deleted") ?? false;
  const name = call.request.query.get("name");
  const found = [...world.projects.values()]
    .filter((project) => sees(world, key, project.id))
    .filter((project) => deleted || project.deleted_at === null)
    .filter((project) => name === null || project.name === name);
  const inOrder = sorted(found, (project) => project.name, order ?? "created_at.desc");
  return page(call, inOrder, projectView, 100);
}

/** GET one project. */
export function getProject(call: Call): Reply {
  const id = projectOf(call);
  const project = call.world.projects.get(id);
  if (project === undefined) throw notFound("Project", id);
  return { body: projectView(project) };
}

/** GET the regions, the newest first. */
export function listRegions(call: Call): Reply {
  const order = choice(call, "order_by", [
    "created_at.asc",
    "created_at.desc",
    "display_name.asc",
    "display_name.desc",
  ]);
  flag(call, "show_volume_types");
  const name = call.request.query.get("display_name")?.toLowerCase();
  const found = [...call.world.regions.values()].filter(
    (region) => name === undefined || region.display_name.toLowerCase() === name,
  );
  const inOrder = sorted(found, (region) => region.display_name, order ?? "created_at.desc");
  return page(call, inOrder, (region) => regionView(call.world, region), 100);
}

/** GET one region. */
export function getRegion(call: Call): Reply {
  flag(call, "show_volume_types");
  const region = call.world.regions.get(regionOf(call));
  if (region === undefined) throw notFound("Region", numberParam(call, "region"));
  return { body: regionView(call.world, region) };
}
