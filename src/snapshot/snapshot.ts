/** One of Gcore's regions. */
export interface Region {
  readonly id: number;
  readonly name: string;
  /** Whether there may be anything in it now. */
  readonly isOpen: boolean;
}

/** A project in a region: Gcore lists snapshots for one of these at a time. */
export interface Place {
  readonly projectId: number;
  readonly regionId: number;
}

/** Whether a place is the one that is named, as far as one is. */
export const isMeant = (place: Place, { projectId, regionId }: Partial<Place>): boolean =>
  (projectId === undefined || place.projectId === projectId) &&
  (regionId === undefined || place.regionId === regionId);

/** Where somebody wants each form to begin; null: where they were last. Names as Gcore told them. */
export interface DefaultPlace {
  readonly project: { readonly id: number; readonly name: string } | null;
  readonly region: { readonly id: number; readonly name: string } | null;
}

/** Where a snapshot lives: the three ids in its path. */
export interface SnapshotRef extends Place {
  /** A UUID in lower case. */
  readonly snapshotId: string;
}

/** A tag as Gcore answers it. */
export interface Tag {
  readonly key: string;
  readonly value: string;
  readonly readOnly: boolean;
}

/** The volume that a snapshot was made of, as far as its tags are concerned. */
export interface Volume {
  readonly volumeId: string;
  readonly name: string;
  readonly tags: readonly Tag[];
}

/** A snapshot as Gcore answered it. Times are milliseconds since 1970. */
export interface Snapshot extends SnapshotRef {
  readonly name: string;
  readonly description: string | null;
  /** An open word: `available`, `creating`, `error` and whatever comes. */
  readonly status: string;
  readonly sizeGib: number;
  /** The region's display name. */
  readonly region: string;
  readonly volumeId: string | null;
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  readonly tags: readonly Tag[];
  readonly creatorTaskId: string | null;
  /** The task that holds a lock on the snapshot now; null when nothing does. */
  readonly taskId: string | null;
}

/**
 * Tags that Gcore puts on every snapshot without marking them read-only. The portal lives on them,
 * so that the bot treats them as if they were marked
 * (Gcore's Terraform provider keeps the same list, `snapshotSystemTagKeys`).
 */
export const SYSTEM_TAG_KEYS: readonly string[] = ["bootable", "volume_name"];

export const isSystemTag = (key: string): boolean => SYSTEM_TAG_KEYS.includes(key);

/** A tag that nobody may change through the bot: Gcore's own, marked or not. */
export const isProtected = (tag: Tag): boolean => tag.readOnly || isSystemTag(tag.key);

/** The value of a snapshot's tag, or undefined when it has no such tag. */
export const tagValue = (tags: readonly Tag[], key: string): string | undefined =>
  tags.find((tag) => tag.key === key)?.value;
