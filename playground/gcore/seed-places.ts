import { CLIENT, OTHER_CLIENT } from "./keys.ts";
import type { Region } from "./model.ts";
import type { World } from "./world.ts";

const DAY = 86_400_000;

type Place = readonly [id: number, name: string, country: string, zone: Region["zone"]];

const places: readonly Place[] = [
  [148, "Luxembourg-3", "LU", "EMEA"],
  [160, "Paris-3", "FR", "EMEA"],
  [164, "Sines-2", "PT", "EMEA"],
  [172, "San Jose", "US", "AMERICAS"],
  [176, "Sines-3", "PT", "EMEA"],
  [180, "Frankfurt-2", "DE", "EMEA"],
  [184, "Chester", "GB", "EMEA"],
  [196, "London-2", "GB", "EMEA"],
  [8, "Manassas", "US", "AMERICAS"],
  [18, "Singapore", "SG", "APAC"],
  [26, "Santa Clara", "US", "AMERICAS"],
  [30, "Amsterdam", "NL", "EMEA"],
  [34, "Frankfurt", "DE", "EMEA"],
  [38, "Manassas-2", "US", "AMERICAS"],
  [42, "Tokyo", "JP", "APAC"],
  [46, "Hong Kong", "HK", "APAC"],
  [50, "Chicago", "US", "AMERICAS"],
  [54, "Sydney", "AU", "APAC"],
  [58, "São Paulo", "BR", "AMERICAS"],
  [62, "Johannesburg", "ZA", "EMEA"],
  [68, "Istanbul", "TR", "EMEA"],
  [72, "Almaty", "KZ", "APAC"],
  [76, "Luxembourg-2", "LU", "EMEA"],
  [80, "Warsaw", "PL", "EMEA"],
  [84, "Dubai", "AE", "EMEA"],
  [88, "Mumbai", "IN", "APAC"],
  [92, "Incheon", "KR", "APAC"],
  [100, "Newport", "GB", "EMEA"],
  [104, "Helsinki", "FI", "EMEA"],
  [108, "Madrid", "ES", "EMEA"],
  [116, "Milan", "IT", "EMEA"],
  [124, "Toronto", "CA", "AMERICAS"],
  [132, "Jakarta", "ID", "APAC"],
  [140, "Bucharest", "RO", "EMEA"],
  [200, "Lagos", "NG", null],
];

const stateOf = (id: number): Region["state"] => {
  if (id === 200) return "INACTIVE";
  return id === 140 ? "MAINTENANCE" : "ACTIVE";
};

/** Makes one more project, without a snapshot in it. @returns its number */
export function addProject(world: World, name: string, client = CLIENT): number {
  const id = Math.max(...world.projects.keys()) + 1;
  world.projects.set(id, {
    ...{ id, client_id: client, name, description: null },
    ...{ is_default: false, created_at: world.clock.now(), deleted_at: null },
  });
  return id;
}

/** The account's projects and all regions. */
export function seedPlaces(world: World): void {
  const now = world.clock.now();
  const project = (
    id: number,
    name: string,
    more: { client?: number; description?: string; deleted?: boolean } = {},
  ): void => {
    world.projects.set(id, {
      id,
      client_id: more.client ?? CLIENT,
      name,
      description: more.description ?? null,
      is_default: id === 1186668,
      created_at: now - (1_300_000 - id) * 10_000,
      deleted_at: more.deleted === true ? now - 40 * DAY : null,
    });
  };
  project(1186668, "production", { description: "What customers see" });
  project(1202779, "staging");
  project(1210004, "billing", { description: "Ask finance first" });
  project(1150017, "prototype", { deleted: true });
  project(1337001, "somebody-elses", { client: OTHER_CLIENT });
  for (const [id, display_name, country, zone] of places) {
    world.regions.set(id, {
      id,
      display_name,
      country,
      zone,
      state: stateOf(id),
      access_level: id === 84 ? "edge" : "core",
      created_at: Date.UTC(2019, 11, 31, 23, 59, 59) + id * DAY,
    });
  }
}
