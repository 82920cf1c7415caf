import type { Breach, Problem } from "../../src/problem.ts";
import type { CommandFault } from "../../src/snapshot/command.ts";
import { type Foreign, textsOf } from "./foreign.ts";
import { GROUP, ID, NOW, projectsWith, RULE } from "./samples.ts";

/** One of each problem. The compiler sees to it that none is forgotten. */
export function problemsWith(foreign: Foreign): {
  readonly [K in Problem["kind"]]: Problem & { readonly kind: K };
} {
  const { text } = foreign;
  const projects = projectsWith(foreign).slice(0, 40);
  return {
    "no-key": { kind: "no-key" },
    "key-malformed": { kind: "key-malformed" },
    "key-in-text": { kind: "key-in-text" },
    "key-unreadable": { kind: "key-unreadable" },
    "key-refused": { kind: "key-refused" },
    "key-expired": { kind: "key-expired", at: NOW },
    "key-read-only": { kind: "key-read-only", role: text(1000, "Observer") },
    "key-other-project": { kind: "key-other-project", projectId: 1186668, projects },
    "no-cloud": { kind: "no-cloud", status: text(1000, "trial") },
    "not-permitted": { kind: "not-permitted", detail: text(1000, "Not enough permissions.") },
    "snapshot-not-found": { kind: "snapshot-not-found" },
    "volume-not-found": { kind: "volume-not-found" },
    locked: { kind: "locked", task: text(1000, "delete_snapshot"), since: NOW, taskId: ID },
    "tag-read-only": {
      kind: "tag-read-only",
      keys: textsOf(foreign, 255, ["backup-plan", "volume_id"]),
    },
    "change-refused": { kind: "change-refused", detail: text(1000, "Name is not allowed.") },
    "too-much-to-show": { kind: "too-much-to-show", rows: 300 },
    "prefill-too-long": { kind: "prefill-too-long", field: "Set tags" },
    "not-all-taken": {
      kind: "not-all-taken",
      fields: textsOf(foreign, 255, ["name", "environment"]),
    },
    "bulk-none": { kind: "bulk-none" },
    "bulk-too-many": { kind: "bulk-too-many", chosen: 1_234, most: 1_000 },
    "bulk-too-many-yours": { kind: "bulk-too-many-yours", open: 9_500, more: 800, most: 10_000 },
    "bulk-not-whole": {
      kind: "bulk-not-whole",
      unread: 3,
      problem: { kind: "gcore-unclear", detail: text(1000, "HTTP 302") },
    },
    "gcore-busy": { kind: "gcore-busy", retryAfter: 1000 },
    "gcore-unavailable": {
      kind: "gcore-unavailable",
      detail: text(1000, "HTTP 503"),
      maybeDone: true,
    },
    "gcore-unclear": { kind: "gcore-unclear", detail: text(1000, "HTTP 302") },
    "policy-denies": {
      kind: "policy-denies",
      rule: text(100, "legal holds"),
      because: text(300, "Ask legal first."),
    },
    "policy-silent": { kind: "policy-silent" },
    "tag-rules-broken": {
      kind: "tag-rules-broken",
      breaches: Object.values(breachesWith(foreign)),
    },
    "policy-changed": { kind: "policy-changed" },
    "group-unresolved": {
      kind: "group-unresolved",
      group: GROUP,
      error: text(100, "no_such_subteam"),
    },
    "too-few-approvers": {
      kind: "too-few-approvers",
      rule: text(100, RULE),
      needed: 2,
      able: 1,
    },
    "not-a-member": { kind: "not-a-member", standing: "guest" },
    "not-an-approver": { kind: "not-an-approver", rule: text(100, RULE) },
    "requester-left": { kind: "requester-left", requester: "U0ADA000001" },
    "own-request": { kind: "own-request", rule: text(100, RULE) },
    "approved-already": { kind: "approved-already", at: NOW },
    "not-the-requester": { kind: "not-the-requester" },
    "slack-unavailable": { kind: "slack-unavailable", error: text(100, "no answer") },
    "request-gone": { kind: "request-gone" },
    "request-unseen": { kind: "request-unseen" },
    "preview-gone": { kind: "preview-gone" },
    "form-late": { kind: "form-late" },
  };
}

/** One of each breach of a tag rule. */
export function breachesWith(foreign: Foreign): {
  readonly [K in Breach["kind"]]: Breach & { readonly kind: K };
} {
  const { text } = foreign;
  const values = textsOf(foreign, 255, ["prod", "staging"]);
  return {
    "tag-missing": { kind: "tag-missing", key: text(255, "environment"), values },
    "tag-value": { kind: "tag-value", key: text(255, "team"), value: text(1024, "pay"), values },
    "tag-protected": { kind: "tag-protected", key: text(255, "billing:account") },
    "too-many-tags": { kind: "too-many-tags", count: 12, most: 10 },
    "name-unlike": {
      kind: "name-unlike",
      name: text(1024, "backup of monday"),
      patterns: [...values, "nightly-*"],
    },
  };
}

/** One of each fault of a command, none forgotten either. */
export function faultsWith({ text }: Foreign): {
  readonly [K in CommandFault["kind"]]: CommandFault & { readonly kind: K };
} {
  return {
    "key-in-text": { kind: "key-in-text", usage: "connect" },
    "quote-open": { kind: "quote-open", usage: "change" },
    word: { kind: "word", word: text(3000, "snapshot-1"), usage: "show" },
    option: { kind: "option", option: text(3000, "nmae"), nearest: "name", usage: "change" },
    "option-value": { kind: "option-value", option: "name", usage: "change" },
    "option-twice": { kind: "option-twice", option: "name", usage: "change" },
    number: { kind: "number", option: "project", value: text(3000, "backups"), usage: "change" },
    "snapshot-none": { kind: "snapshot-none", usage: "show" },
    "snapshot-many": { kind: "snapshot-many", usage: "change" },
    "clear-with-tags": { kind: "clear-with-tags", usage: "change" },
    "replace-without-tags": { kind: "replace-without-tags", usage: "change" },
    filter: { kind: "filter", word: text(3000, "nmae:"), nearest: "name", usage: "list" },
    "filter-empty": { kind: "filter-empty", filter: "name", usage: "list" },
    "filter-twice": { kind: "filter-twice", filter: "project", usage: "list" },
    "filter-long": { kind: "filter-long", usage: "list" },
    span: { kind: "span", filter: "older", value: text(3000, "long"), usage: "list" },
    time: { kind: "time", filter: "since", value: text(3000, "monday"), usage: "history" },
    person: { kind: "person", value: text(3000, "@ben"), usage: "history" },
    choice: { kind: "choice", filter: "outcome", value: text(3000, "done"), usage: "history" },
  };
}
