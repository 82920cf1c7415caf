import type { ErrorShape } from "./errors.ts";

/**
 * What nobody has seen the real API do. The defaults are the most plausible answers; a client
 * that is right must be right with every other value too.
 */
export interface Knobs {
  /** A PATCH that names a read-only tag: that tag is left as it is, or the whole PATCH is refused. */
  readOnlyPatch: "ignore" | 400 | 403;
  /** A PATCH on a snapshot that a task holds. */
  lock: 409 | 200;
  /** A PATCH on a snapshot in the status `error`. */
  errored: 200 | 409;
  /** Does `{"tags": null}` take `bootable` and `volume_name` with it? */
  tagsNullRemovesSystem: boolean;
  /** Spaces around keys and values: cut off, or refused. */
  trim: "strip" | 400;
  /** `{"name": null}`. */
  nameNull: 400 | "ignore";
  /** Members of a body that nobody knows. */
  unknownMembers: "ignore" | 400;
  /** Taking away, by `null`, a stored key that today's rules would refuse. */
  legacyKeyDelete: 400 | 200;
  /** How many tags a snapshot may have; null: as many as one likes. */
  maxTags: number | null;
  /** Does a PATCH that changes nothing move `updated_at`? */
  noopTouches: boolean;
  /** A snapshot id that is no UUID of version 4. */
  badUuid: 400 | 404;
  /** A key that asks in a project it has no role in. */
  foreignProject: 403 | 404;
  /** May a key that is no administrator's read its own token record? */
  tokenRecord: "own" | 403;
  /** May a key that is no administrator's read its own role assignments? */
  assignments: "own" | 403;
  /** The zone of the dates of snapshots and volumes. */
  dates: "+0000" | "Z";
  /** Members left out of every snapshot. */
  dropFields: string[];
  /** A status that is shown in place of every snapshot's own. */
  unknownStatus: string | null;
  /** Do regions have `slug` and `created_at`, which are recent? */
  recentRegionFields: boolean;
  /** `cloud` means each half's own: the Cloud's errors under /cloud, IAM's under /iam. */
  errorShape: ErrorShape;
  /** How `invalid_fields` leads to a wrong tag. */
  tagErrors: "nested" | "dotted" | "flat";
  requestId: "hex" | "dashed" | "none";
  /** How a key that was cut short is refused. */
  badToken: "Bad token" | "Bad permanent token";
  /** What the audit log calls a PATCH, or that it has no line for it. */
  audit: "update" | "update_metadata" | "none";
  /** Added to every `count`. */
  countOffBy: number;
  /** A page is never longer than this, whatever was asked; null: as long as asked. */
  pageCap: number | null;
  /** The tasks of POST and DELETE are finished by this many looks; null: only by hand. */
  taskPolls: number | null;
}

export const defaultKnobs = (): Knobs => ({
  readOnlyPatch: "ignore",
  lock: 409,
  errored: 200,
  tagsNullRemovesSystem: true,
  trim: "strip",
  nameNull: 400,
  unknownMembers: "ignore",
  legacyKeyDelete: 400,
  maxTags: null,
  noopTouches: false,
  badUuid: 400,
  foreignProject: 403,
  tokenRecord: "own",
  assignments: "own",
  dates: "+0000",
  dropFields: [],
  unknownStatus: null,
  recentRegionFields: true,
  errorShape: "cloud",
  tagErrors: "nested",
  requestId: "hex",
  badToken: "Bad token",
  audit: "update",
  countOffBy: 0,
  pageCap: null,
  taskPolls: 2,
});
