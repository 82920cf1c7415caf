import { err, ok, type Result } from "../problem.ts";
import type { Change } from "./change.ts";
import { type NameTemplate, nameFor, type Placeholder } from "./name-template.ts";
import { type NameFault, nameFault } from "./rules.ts";
import type { Snapshot } from "./snapshot.ts";

/** What is to be made of many snapshots: of each the same, but for its name. */
export interface BulkChange extends Omit<Change, "name"> {
  readonly name?: NameTemplate;
}

/** Why a snapshot cannot have the name that the template makes for it. */
export type UnfitName =
  | { readonly kind: "name-part-missing"; readonly part: Placeholder }
  | { readonly kind: "name-unfit"; readonly name: string; readonly fault: NameFault };

/** The change for one of them, the `n`th, counted from 1. */
export function changeFor(
  { name: template, ...tags }: BulkChange,
  snapshot: Snapshot,
  n: number,
): Result<Change, UnfitName> {
  if (template === undefined) return ok(tags);
  const name = nameFor(template, snapshot, n);
  if (!name.ok) return err({ kind: "name-part-missing", part: name.problem });
  const fault = name.value === snapshot.name ? undefined : nameFault(name.value);
  return fault === undefined
    ? ok({ ...tags, name: name.value })
    : err({ kind: "name-unfit", name: name.value, fault });
}
