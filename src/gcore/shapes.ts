import { z } from "zod";
import type { Region, Snapshot, Tag, Volume } from "../snapshot/snapshot.ts";
import { readGcoreTime } from "./gcore-time.ts";

/** Gcore's shapes as far as the bot needs them. What older servers leave out is optional. */
const time = z
  .string()
  .nullish()
  .transform((text) => readGcoreTime(text));
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

const TagsShape = z
  .array(z.object({ key: z.string(), value: z.string(), read_only: z.boolean() }))
  .transform((tags): readonly Tag[] =>
    tags.map((tag) => ({ key: tag.key, value: tag.value, readOnly: tag.read_only })),
  );

/** `SnapshotSerializer`. Tags are needed: without them no difference could be shown. */
export const SnapshotShape = z
  .object({
    id: z.string(),
    name: z.string(),
    description: text,
    status: z.string(),
    size: z.number(),
    project_id: z.number(),
    region_id: z.number(),
    region: z.string(),
    volume_id: text,
    created_at: time,
    updated_at: time,
    tags: TagsShape,
    creator_task_id: text,
    task_id: text,
  })
  .transform(
    (raw): Snapshot => ({
      projectId: raw.project_id,
      regionId: raw.region_id,
      snapshotId: raw.id.toLowerCase(),
      name: raw.name,
      description: raw.description,
      status: raw.status,
      sizeGib: raw.size,
      region: raw.region,
      volumeId: raw.volume_id,
      createdAt: raw.created_at,
      updatedAt: raw.updated_at,
      tags: raw.tags,
      creatorTaskId: raw.creator_task_id,
      taskId: raw.task_id,
    }),
  );

/** `TaskSerializer`. */
export const TaskShape = z.object({ task_type: z.string(), state: z.string(), created_on: time });

/** `ClientBase`: the account that a key belongs to. */
export const AccountShape = z.object({
  id: z.number(),
  companyName: z.string().nullish(),
  name: z.string().nullish(),
  status: z.string().nullish(),
  currentUser: z.number().nullish(),
  capabilities: z.array(z.string()).nullish(),
  serviceStatuses: z
    .object({ CLOUD: z.object({ enabled: z.boolean().nullish() }).nullish() })
    .nullish(),
});

/** `TokenResponse`: a key's own record, for those whom Gcore lets read it. */
export const TokenShape = z.object({
  name: z.string().nullish(),
  exp_date: z.string().nullish(),
  expired: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
  client_user: z.object({ role: z.object({ name: z.string() }).nullish() }).nullish(),
});

export const AssignmentShape = z.object({
  role: z.string(),
  project_id: z
    .number()
    .nullish()
    .transform((id) => id ?? null),
});

/** `RegionSerializer`: where a snapshot may be. */
export const RegionShape = z
  .object({ id: z.number(), display_name: z.string(), state: z.string().nullish() })
  .transform(
    (raw): Region => ({
      id: raw.id,
      name: raw.display_name,
      // A region under maintenance may still answer.
      isOpen: raw.state == null || raw.state === "ACTIVE" || raw.state === "MAINTENANCE",
    }),
  );

/** `VolumeSerializer`, as far as its tags are concerned. */
export const VolumeShape = z
  .object({ id: z.string(), name: z.string(), tags: TagsShape })
  .transform((raw): Volume => ({ volumeId: raw.id.toLowerCase(), name: raw.name, tags: raw.tags }));

export const ProjectShape = z.object({ id: z.number(), name: z.string() });

/** A page of any of Gcore's lists. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ count: z.number(), results: z.array(item) });
