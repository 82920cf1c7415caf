import type { Place, SnapshotRef } from "./snapshot.ts";

/** A tag to be set. */
export interface TagValue {
  readonly key: string;
  readonly value: string;
}

/**
 * What a person wants changed. `others` says what becomes of the tags that are neither set nor
 * removed by name: with `remove` and nothing set all tags go, with something set all are replaced.
 */
export interface Change {
  readonly name?: string;
  readonly set: readonly TagValue[];
  readonly remove: readonly string[];
  readonly others: "keep" | "remove";
}

/** A snapshot that is still to be found where its place is not said. */
export type Sought = Pick<SnapshotRef, "snapshotId"> & Partial<Place>;

/** A whole wish: which snapshot, what, and why. */
export interface Wish {
  readonly ref: Sought;
  readonly change: Change;
  readonly reason?: string;
}
