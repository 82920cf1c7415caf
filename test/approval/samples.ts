import {
  type Applying,
  approve,
  ask,
  type ChangeRequest,
  claim,
  type Decision,
  type Draft,
  end,
  type Pending,
  type Preview,
} from "../../src/approval/change-request.ts";
import type { Person } from "../../src/approval/person.ts";
import type { Problem } from "../../src/problem.ts";
import type { Change } from "../../src/snapshot/change.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import { type Snapshot, tagValue } from "../../src/snapshot/snapshot.ts";
import { changeOf, snapshotWith } from "../snapshot/samples.ts";

export const MARIA: Person = { enterpriseId: null, teamId: "T0000000001", userId: "U0000000001" };
export const TOM: Person = { ...MARIA, userId: "U0000000002" };
export const NOW = 1_780_000_000_000;

/** A snapshot whose tag `team` is this; undefined: it has none. */
export const withTeam = (team: string | undefined, more: Partial<Snapshot> = {}): Snapshot =>
  snapshotWith({
    tags: team === undefined ? [] : [{ key: "team", value: team, readOnly: false }],
    ...more,
  });

export const BEFORE = withTeam("payments");
export const AFTER = withTeam("search");

export function previewOf(before: Snapshot = BEFORE, change: Partial<Change> = {}): Preview {
  const wish = changeOf({ set: [{ key: "team", value: "search" }], ...change });
  const plan = planChange(before, wish);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problem));
  const { projectId, regionId, snapshotId } = before;
  const ref = { projectId, regionId, snapshotId };
  return { ref, before, plan: plan.value, reason: "because" };
}

export function draftOf(
  id = "request-1",
  preview: Preview = previewOf(),
): Draft & { readonly preview: Preview } {
  const origin = { channelId: "C0000000001", responseUrl: null, at: NOW };
  const links = { lookUp: null, formId: null, requestId: null };
  return { id, person: MARIA, origin, input: EMPTY_FORM, createdAt: NOW, preview, ...links };
}

export const decisionAt = (at: number = NOW): Decision => ({
  by: MARIA,
  at,
  rule: "requester confirms",
});

export const pendingOf = (id?: string, preview?: Preview): Pending =>
  ask(draftOf(id, preview), "V0000000001", NOW);

/** A request that was claimed at once, by `owner`. */
export const claimed = (owner = "owner-1", preview?: Preview): Applying =>
  claim(approve(pendingOf(undefined, preview), decisionAt()), owner, NOW);

export const teamOf = (snapshot: Snapshot): string | undefined => tagValue(snapshot.tags, "team");

/** One of each problem. */
export const PROBLEMS = {
  "no-key": { kind: "no-key" },
  "key-malformed": { kind: "key-malformed" },
  "key-in-text": { kind: "key-in-text" },
  "key-unreadable": { kind: "key-unreadable" },
  "key-refused": { kind: "key-refused" },
  "key-expired": { kind: "key-expired", at: NOW },
  "key-read-only": { kind: "key-read-only", role: "Observer" },
  "key-other-project": { kind: "key-other-project", projectId: 1, projects: [] },
  "no-cloud": { kind: "no-cloud", status: "trial" },
  "not-permitted": { kind: "not-permitted", detail: "no" },
  "snapshot-not-found": { kind: "snapshot-not-found" },
  locked: { kind: "locked", task: null, since: null, taskId: null },
  "tag-read-only": { kind: "tag-read-only", keys: ["a"] },
  "change-refused": { kind: "change-refused", detail: "no" },
  "too-much-to-show": { kind: "too-much-to-show", rows: 1 },
  "prefill-too-long": { kind: "prefill-too-long", field: "name" },
  "not-all-taken": { kind: "not-all-taken", fields: ["name"] },
  "gcore-busy": { kind: "gcore-busy", retryAfter: 7_000 },
  "gcore-unavailable": { kind: "gcore-unavailable", detail: "ECONNREFUSED", maybeDone: false },
  "gcore-unclear": { kind: "gcore-unclear", detail: "HTTP 302" },
  "place-unknown": { kind: "place-unknown" },
  "preview-gone": { kind: "preview-gone" },
  "form-late": { kind: "form-late" },
} as const satisfies { readonly [K in Problem["kind"]]: Problem & { readonly kind: K } };

/** A request in each of its states. */
export const IN_EACH_STATE: Readonly<Record<ChangeRequest["state"], ChangeRequest>> = {
  pending: pendingOf(),
  approved: approve(pendingOf(), decisionAt()),
  applying: claimed(),
  applied: end(claimed(), { kind: "applied", snapshot: AFTER, lookedUp: false }, NOW + 1),
  failed: end(claimed(), { kind: "failed", problem: PROBLEMS["key-refused"] }, NOW + 1),
  conflict: end(claimed(), { kind: "conflict", found: [] }, NOW + 1),
  unknown: end(claimed(), { kind: "unknown", problem: PROBLEMS["gcore-unclear"] }, NOW + 1),
};
