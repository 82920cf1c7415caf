import type { Bulk, Counts } from "../../src/approval/bulk.ts";
import { finish, pause, stop } from "../../src/approval/bulk-run.ts";
import type {
  Applying,
  Approved,
  BulkPreview,
  ChangeRequest,
  Draft,
  Held,
  Many,
  One,
  Pending,
  Preview,
  Running,
  Vote,
} from "../../src/approval/change-request.ts";
import { claim, end } from "../../src/approval/claim.ts";
import { approve, ask, expire, reject, withdraw } from "../../src/approval/decide.ts";
import { hold } from "../../src/approval/lock.ts";
import type { Person } from "../../src/approval/person.ts";
import { ANNOUNCE_AGREED, REQUESTER_CONFIRMS, type Rule } from "../../src/approval/policy.ts";
import type { Problem } from "../../src/problem.ts";
import type { Change } from "../../src/snapshot/change.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import { type Snapshot, tagValue } from "../../src/snapshot/snapshot.ts";
import { changeOf, snapshotWith } from "../snapshot/samples.ts";

export const MARIA: Person = { enterpriseId: null, teamId: "T0000000001", userId: "U0000000001" };
export const TOM: Person = { ...MARIA, userId: "U0000000002" };
export const ANN: Person = { ...MARIA, userId: "U0000000003" };
export const NOW = 1_780_000_000_000;
export const HOUR = 3_600_000;

/** A rule that asks Tom and others for so many approvals. */
export const approversNeeded = (
  approvals = 1,
  more: Partial<Rule["verdict"] & { readonly kind: "approve" }> = {},
): Rule => ({
  name: "two pairs of eyes",
  when: {},
  verdict: {
    kind: "approve",
    approvals,
    users: [TOM.userId, ANN.userId, MARIA.userId],
    groups: [],
    selfApproval: false,
    directMessage: false,
    expiresAfter: 24 * HOUR,
    ...more,
  },
  announce: ANNOUNCE_AGREED,
});

/** A snapshot whose tag `team` is this; undefined: it has none. */
export const withTeam = (team: string | undefined, more: Partial<Snapshot> = {}): Snapshot =>
  snapshotWith({
    tags: team === undefined ? [] : [{ key: "team", value: team, readOnly: false }],
    ...more,
  });

export const BEFORE = withTeam("payments");
export const AFTER = withTeam("search");

export function previewOf(
  before: Snapshot = BEFORE,
  change: Partial<Change> = {},
  rule: Rule = REQUESTER_CONFIRMS,
): Preview {
  const wish = changeOf({ set: [{ key: "team", value: "search" }], ...change });
  const plan = planChange(before, wish);
  if (!plan.ok) throw new Error(JSON.stringify(plan.problem));
  const { projectId, regionId, snapshotId } = before;
  const ref = { projectId, regionId, snapshotId };
  const approvers = rule.verdict.kind === "approve" ? [TOM.userId, ANN.userId] : [];
  return { ref, before, plan: plan.value, reason: "because", rule, approvers };
}

export function draftOf(
  id = "request-1",
  preview: Preview = previewOf(),
): Draft & { readonly preview: Preview } {
  const origin = { channelId: "C0000000001", responseUrl: null, at: NOW };
  const links = { lookUp: null, formId: null, requestId: null, undoes: null };
  return { id, person: MARIA, origin, input: EMPTY_FORM, createdAt: NOW, preview, ...links };
}

export const voteOf = (
  by: Person = MARIA,
  at: number = NOW,
  comment: string | null = null,
): Vote => ({
  by,
  at,
  comment,
});

export function pendingOf(id?: string, preview?: Preview): Pending & One {
  const pending = ask(draftOf(id, preview), NOW);
  if ("bulk" in pending) throw new Error("it is about many");
  return pending;
}

/** What is said of a plan for three snapshots. */
export const BULK: Bulk = {
  aim: {
    kind: "change",
    change: { set: [{ key: "team", value: "search" }], remove: [], others: "keep" },
  },
  size: 3,
  hash: "ab".repeat(32),
  locked: 0,
  left: { already: 2 },
  projectIds: [BEFORE.projectId],
  regions: [BEFORE.region],
};

/** A plan for three snapshots that waits; for Tom's or Ann's approval where the rule says so. */
export function manyPendingOf(
  rule: Rule = approversNeeded(),
  bulk: Bulk = BULK,
  id = "plan-1",
): Pending & Many {
  const approvers = rule.verdict.kind === "approve" ? [TOM.userId, ANN.userId] : [];
  const preview: BulkPreview = { bulk, reason: "because", rule, approvers };
  const origin = { channelId: "C0000000001", responseUrl: null, at: NOW };
  const pending = ask({ id, person: MARIA, origin, undoes: null, preview }, NOW);
  if (!("bulk" in pending)) throw new Error("it is about one");
  return pending;
}

/** The same, agreed to at `at`. */
export function runningOf(bulk: Bulk = BULK, at: number = NOW): Running {
  const running = approve(manyPendingOf(REQUESTER_CONFIRMS, bulk), voteOf(MARIA, at));
  if (running.state !== "running") throw new Error("it needs more approvals");
  return running;
}

/** What became of three. */
export const COUNTS: Counts = {
  ...{ applied: 1, failed: 1, conflict: 0, unknown: 0, stopped: 1 },
  ...{ held: 0, underWay: 0, waiting: 0 },
};

/** A request that waits for Tom's or Ann's approval. */
export const waitingOf = (
  approvals = 1,
  more: Parameters<typeof approversNeeded>[1] = {},
): Pending & One => pendingOf(undefined, previewOf(BEFORE, {}, approversNeeded(approvals, more)));

/** A request that its requester has confirmed. */
export function approvedOf(id?: string, preview?: Preview, at: number = NOW): Approved {
  const approved = approve(pendingOf(id, preview), voteOf(MARIA, at));
  if (approved.state !== "approved") throw new Error("it needs more approvals");
  return approved;
}

/** A request that was claimed at once, by `owner`. */
export const claimed = (owner = "owner-1", preview?: Preview): Applying =>
  claim(approvedOf(undefined, preview), owner, NOW);

/** A request that waits for a task to end since `at`. */
export function heldOf(request: Applying = claimed(), at: number = NOW): Held {
  const held = hold(request, PROBLEMS.locked, at);
  if (held.state !== "held") throw new Error("it has waited for a day");
  return held;
}

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
  "volume-not-found": { kind: "volume-not-found" },
  locked: { kind: "locked", task: null, since: null, taskId: null },
  "tag-read-only": { kind: "tag-read-only", keys: ["a"] },
  "change-refused": { kind: "change-refused", detail: "no" },
  "too-much-to-show": { kind: "too-much-to-show", rows: 1 },
  "prefill-too-long": { kind: "prefill-too-long", field: "name" },
  "not-all-taken": { kind: "not-all-taken", fields: ["name"] },
  "bulk-none": { kind: "bulk-none" },
  "bulk-too-many": { kind: "bulk-too-many", chosen: 1_234, most: 1_000 },
  "bulk-too-many-yours": { kind: "bulk-too-many-yours", open: 9_500, more: 800, most: 10_000 },
  "bulk-not-whole": { kind: "bulk-not-whole", unread: 3 },
  "gcore-busy": { kind: "gcore-busy", retryAfter: 7_000 },
  "gcore-unavailable": { kind: "gcore-unavailable", detail: "ECONNREFUSED", maybeDone: false },
  "gcore-unclear": { kind: "gcore-unclear", detail: "HTTP 302" },
  "policy-denies": { kind: "policy-denies", rule: "no", because: null },
  "policy-silent": { kind: "policy-silent" },
  "tag-rules-broken": {
    kind: "tag-rules-broken",
    breaches: [{ kind: "tag-missing", key: "team", values: null }],
  },
  "policy-changed": { kind: "policy-changed" },
  "group-unresolved": { kind: "group-unresolved", group: "S0000000001", error: "no_such_subteam" },
  "too-few-approvers": { kind: "too-few-approvers", rule: "two", needed: 2, able: 0 },
  "not-a-member": { kind: "not-a-member", standing: "guest" },
  "not-an-approver": { kind: "not-an-approver", rule: "two" },
  "requester-left": { kind: "requester-left", requester: "U0000000001" },
  "own-request": { kind: "own-request", rule: "two" },
  "approved-already": { kind: "approved-already", at: NOW },
  "not-the-requester": { kind: "not-the-requester" },
  "slack-unavailable": { kind: "slack-unavailable", error: "no answer" },
  "request-gone": { kind: "request-gone" },
  "request-unseen": { kind: "request-unseen" },
  "preview-gone": { kind: "preview-gone" },
  "form-late": { kind: "form-late" },
} as const satisfies { readonly [K in Problem["kind"]]: Problem & { readonly kind: K } };

/** A request in each of its states. */
export const IN_EACH_STATE = {
  pending: pendingOf(),
  approved: approvedOf(),
  applying: claimed(),
  held: heldOf(),
  applied: end(claimed(), { kind: "applied", snapshot: AFTER, lookedUp: false }, NOW + 1),
  failed: end(claimed(), { kind: "failed", problem: PROBLEMS["key-refused"] }, NOW + 1),
  conflict: end(claimed(), { kind: "conflict", found: [] }, NOW + 1),
  unknown: end(claimed(), { kind: "unknown", problem: PROBLEMS["gcore-unclear"] }, NOW + 1),
  rejected: reject(waitingOf(), voteOf(TOM, NOW + 1, "not today")),
  withdrawn: withdraw(waitingOf(), NOW + 1),
  expired: expire(waitingOf(), NOW + 25 * HOUR),
  running: runningOf(),
  paused: pause(runningOf(), MARIA, NOW + 1),
  stopping: stop(runningOf(), TOM, NOW + 1),
  finished: finish(stop(runningOf(), TOM, NOW + 1), COUNTS, NOW + 2),
} as const satisfies Readonly<Record<ChangeRequest["state"], ChangeRequest>>;
