import type { Change } from "../../src/snapshot/change.ts";
import type { Snapshot, Tag } from "../../src/snapshot/snapshot.ts";

export const ID = "5ed275b8-7eed-4722-8c98-777191d4e003";

/** Keys that are members of every object, or of none, in a careless program. */
export const OBJECT_MEMBERS = [
  "__proto__",
  "constructor",
  "prototype",
  "hasOwnProperty",
  "toString",
  "toJSON",
  "valueOf",
  "length",
] as const;

export const tag = (key: string, value: string, readOnly = false): Tag => ({
  key,
  value,
  readOnly,
});

/** The two tags that Gcore puts on every snapshot. */
export const SYSTEM: readonly Tag[] = [tag("bootable", "False"), tag("volume_name", "db-primary")];

export const snapshotWith = (more: Partial<Snapshot> = {}): Snapshot => ({
  projectId: 1186668,
  regionId: 148,
  snapshotId: ID,
  name: "nightly",
  description: null,
  status: "available",
  sizeGib: 120,
  region: "Luxembourg-3",
  volumeId: null,
  createdAt: 1_700_000_000_000,
  updatedAt: null,
  tags: [...SYSTEM, tag("environment", "prod"), tag("team", "payments")],
  creatorTaskId: null,
  taskId: null,
  ...more,
});

export const changeOf = (more: Partial<Change> = {}): Change => ({
  set: [],
  remove: [],
  others: "keep",
  ...more,
});

/** Values of a plain map from a list of tags. */
export const tagMap = (tags: readonly Tag[]): Map<string, string> =>
  new Map(tags.map(({ key, value }) => [key, value]));
