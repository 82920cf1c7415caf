/** A value or the problem in its way. */
export type Result<T, P> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: P };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const err = <P>(problem: P): { readonly ok: false; readonly problem: P } => ({
  ok: false,
  problem,
});

/** A task that holds a snapshot; null: what Gcore did not tell of it. */
export type Lock = Extract<Problem, { readonly kind: "locked" }>;

/** A project as a person knows it. */
export interface ProjectName {
  readonly id: number;
  readonly name: string;
}

/**
 * What is not as the team's tag rules want it. `values`: what the rules let stand there (a `*` stands
 * for any run of characters); null: anything.
 */
export type Breach =
  | {
      readonly kind: "tag-missing";
      readonly key: string;
      readonly values: readonly string[] | null;
    }
  /** An empty `value` means that none was given. */
  | {
      readonly kind: "tag-value";
      readonly key: string;
      readonly value: string;
      readonly values: readonly string[] | null;
    }
  | { readonly kind: "tag-protected"; readonly key: string }
  | { readonly kind: "too-many-tags"; readonly count: number; readonly most: number }
  | { readonly kind: "name-unlike"; readonly name: string; readonly patterns: readonly string[] };

/**
 * All that may go wrong in a way that a person can act on. What is not here is thrown.
 * `detail` is foreign text from Gcore. Times are milliseconds since 1970.
 */
export type Problem =
  // The person's key
  | { readonly kind: "no-key" }
  | { readonly kind: "key-malformed" }
  | { readonly kind: "key-in-text" }
  | { readonly kind: "key-unreadable" }
  | { readonly kind: "key-refused" }
  | { readonly kind: "key-expired"; readonly at: number | null }
  | { readonly kind: "key-read-only"; readonly role: string }
  | {
      readonly kind: "key-other-project";
      readonly projectId: number;
      readonly projects: readonly ProjectName[];
    }
  | { readonly kind: "no-cloud"; readonly status: string }
  // The snapshot and the change
  | { readonly kind: "not-permitted"; readonly detail: string }
  | { readonly kind: "snapshot-not-found" }
  | { readonly kind: "volume-not-found" }
  | {
      readonly kind: "locked";
      readonly task: string | null;
      readonly since: number | null;
      readonly taskId: string | null;
    }
  | { readonly kind: "tag-read-only"; readonly keys: readonly string[] }
  | { readonly kind: "change-refused"; readonly detail: string }
  | { readonly kind: "too-much-to-show"; readonly rows: number }
  | { readonly kind: "prefill-too-long"; readonly field: string }
  | { readonly kind: "not-all-taken"; readonly fields: readonly string[] }
  // Many snapshots at once
  | { readonly kind: "bulk-none" }
  | { readonly kind: "bulk-too-many"; readonly chosen: number; readonly most: number }
  /** `open`: how many stand in the person's plans that are not over; `more`: how many would come. */
  | {
      readonly kind: "bulk-too-many-yours";
      readonly open: number;
      readonly more: number;
      readonly most: number;
    }
  /** So many places could not be read, and why: nothing is planned on half of what there is. */
  | { readonly kind: "bulk-not-whole"; readonly unread: number; readonly problem?: Problem }
  // Gcore as a service
  | { readonly kind: "gcore-busy"; readonly retryAfter: number | null }
  /** `maybeDone`: what was asked may have been done all the same. */
  | { readonly kind: "gcore-unavailable"; readonly detail: string; readonly maybeDone: boolean }
  | { readonly kind: "gcore-unclear"; readonly detail: string }
  // Who lets it happen
  | { readonly kind: "policy-denies"; readonly rule: string; readonly because: string | null }
  | { readonly kind: "policy-silent" }
  | { readonly kind: "tag-rules-broken"; readonly breaches: readonly Breach[] }
  | { readonly kind: "policy-changed" }
  | { readonly kind: "group-unresolved"; readonly group: string; readonly error: string }
  | {
      readonly kind: "too-few-approvers";
      readonly rule: string;
      readonly needed: number;
      readonly able: number;
    }
  | {
      readonly kind: "not-a-member";
      readonly standing: "guest" | "deactivated" | "outsider" | "bot";
    }
  | { readonly kind: "not-an-approver"; readonly rule: string }
  /** Whoever asked is no member any more; `requester` is their id. */
  | { readonly kind: "requester-left"; readonly requester: string }
  | { readonly kind: "own-request"; readonly rule: string }
  | { readonly kind: "approved-already"; readonly at: number }
  | { readonly kind: "not-the-requester" }
  /** Slack did not tell who somebody is, or who is in a group: nobody can be let through. */
  | { readonly kind: "slack-unavailable"; readonly error: string }
  | { readonly kind: "request-gone" }
  | { readonly kind: "request-unseen" }
  // The conversation
  | { readonly kind: "preview-gone" }
  | { readonly kind: "form-late" };
