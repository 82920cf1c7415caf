import {
  bodyOf,
  type Call,
  mayWrite,
  membersOf,
  projectOf,
  type Reply,
  uuidParam,
} from "./call.ts";
import { changedTags, replacedTags } from "./change.ts";
import { type InvalidFields, invalid } from "./errors.ts";
import type { Snapshot, Tag } from "./model.ts";
import { readTags, type TagPatch, wrongName } from "./rules.ts";
import { snapshotView } from "./snapshot-view.ts";
import { findSnapshot, refuseLocked } from "./snapshots.ts";

const keysOf = (tags: readonly Tag[]): Set<string> => new Set(tags.map((tag) => tag.key));

// What a PATCH asks for, or the refusal that names everything that is wrong with it.
const readPatch = (
  call: Call,
  stored: ReadonlySet<string>,
): { readonly name: string | undefined; readonly tags: TagPatch | null } => {
  const { knobs } = call.world;
  const body = membersOf(call, bodyOf(call), ["name", "tags"]);
  const wrong: InvalidFields = new Map();
  const name =
    body.get("name") === null && knobs.nameNull === "ignore" ? undefined : body.get("name");
  const wronglyNamed = body.has("name") && name !== undefined ? wrongName(name) : undefined;
  if (wronglyNamed !== undefined) wrong.set("name", [wronglyNamed]);
  const asked = body.has("tags") ? body.get("tags") : {};
  const read = asked === null ? undefined : readTags(asked, { nulls: true, stored, knobs });
  for (const [field, messages] of read?.wrong ?? []) wrong.set(field, messages);
  if (wrong.size > 0) throw invalid(wrong);
  return { name: name as string | undefined, tags: read?.tags ?? null };
};

const same = (snapshot: Snapshot, name: string, tags: readonly Tag[]): boolean =>
  snapshot.name === name &&
  snapshot.tags.length === tags.length &&
  tags.every(({ key, value }) =>
    snapshot.tags.some((tag) => tag.key === key && tag.value === value),
  );

// Stores what is new and notes, for the journal and for Gcore's own log, that it was asked for.
const store = (
  call: Call,
  snapshot: Snapshot,
  name: string,
  tags: Tag[],
  action: string,
): Reply => {
  const { clock, knobs, actions, effective: counts } = call.world;
  const effective = !same(snapshot, name, tags);
  snapshot.name = name;
  snapshot.tags = tags;
  if (effective || knobs.noopTouches) snapshot.updated_at = clock.now();
  if (effective) counts.set(snapshot.id, (counts.get(snapshot.id) ?? 0) + 1);
  call.entry.effective = effective;
  if (knobs.audit !== "none") {
    actions.push({
      id: String(actions.length + 1),
      timestamp: clock.now(),
      key: call.key,
      project_id: snapshot.project_id,
      region_id: snapshot.region_id,
      action_type: action,
      action_data: call.entry.body,
      user_agent: call.request.headers["user-agent"] ?? null,
      resource_id: snapshot.id,
      search_field: name,
      task_id: null,
    });
  }
  return { body: snapshotView(call.world, snapshot) };
};

/** PATCH: rename, retag, or both, at once and without a task. */
export function patchSnapshot(call: Call): Reply {
  mayWriteIn(call);
  const before = call.world.snapshots.get((call.params.get("snapshot_id") ?? "").toLowerCase());
  if (before !== undefined) call.edits.reached("beforePatch", before.id);
  call.entry.effective = false;
  const { name, tags } = readPatch(call, keysOf(before?.tags ?? []));
  const snapshot = findSnapshot(call);
  refuseLocked(call, snapshot);
  const after = changedTags(snapshot.tags, tags, call.world.knobs);
  const { audit } = call.world.knobs;
  return store(call, snapshot, name ?? snapshot.name, after, audit === "none" ? "update" : audit);
}

// The rights come before the body, as everywhere: who may not write is not told what is wrong.
const mayWriteIn = (call: Call): void => {
  projectOf(call);
  mayWrite(call);
  uuidParam(call, "snapshot_id", "Snapshot");
};

/** PUT metadata, deprecated: all tags are replaced by those that are sent. */
export function putMetadata(call: Call): Reply {
  mayWriteIn(call);
  call.entry.effective = false;
  const { tags, wrong } = readTags(bodyOf(call), { nulls: true, knobs: call.world.knobs });
  if (wrong.size > 0) throw invalid(wrong);
  const snapshot = findSnapshot(call);
  refuseLocked(call, snapshot);
  const after = replacedTags(snapshot.tags, tags, call.world.knobs);
  return store(call, snapshot, snapshot.name, after, "replace_metadata");
}
