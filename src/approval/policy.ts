import { createHash } from "node:crypto";
import { fits } from "../snapshot/pattern.ts";
import type { Row } from "../snapshot/plan.ts";
import { type Snapshot, tagValue } from "../snapshot/snapshot.ts";
import type { TagRule } from "./tag-rules.ts";

/** Who may change what: the first rule that a change meets decides; a change that meets none is refused. */
export interface Policy {
  readonly rules: readonly Rule[];
  /** What a change may make of a snapshot's name and tags, whoever agrees to it. */
  readonly tagRules: readonly TagRule[];
  readonly bulk: BulkLimits;
}

/** How many snapshots a plan for many may hold, and all open plans of one person together. */
export interface BulkLimits {
  readonly most: number;
  readonly mostPerPerson: number;
}
export const BULK_LIMITS: BulkLimits = { most: 1_000, mostPerPerson: 10_000 };

export interface Rule {
  readonly name: string;
  readonly when: Condition;
  readonly verdict: Verdict;
  readonly announce: Announce;
}

/** Where a snapshot is, and what it is called. */
export interface PlaceCondition {
  readonly projects?: readonly number[];
  readonly regions?: readonly number[];
  /** One of these patterns fits the snapshot's name. */
  readonly names?: readonly string[];
}

/**
 * What a change must be for a rule to be met: all that is given must hold. Patterns are those of
 * `fits`. The snapshot counts as it was when the change was asked for, before the change.
 */
export interface Condition extends PlaceCondition {
  /** For each key: the snapshot has the tag, and one of the patterns fits its value. */
  readonly tags?: readonly { readonly key: string; readonly values: readonly string[] }[];
  /** The change touches at least one of these. */
  readonly touches?: readonly Touch[];
  /** The change touches nothing but these. */
  readonly touchesOnly?: readonly Touch[];
}

/** A part of a snapshot: its name, or the tags whose key fits a pattern. */
export type Touch = { readonly part: "name" } | { readonly part: "tag"; readonly key: string };

/** Who may approve: ids of people and of user groups in Slack. */
export interface Approvers {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** What a rule says of a change that meets it. */
export type Verdict =
  | { readonly kind: "deny"; readonly because: string | null }
  /** The requester alone confirms it. */
  | { readonly kind: "confirm" }
  | (Approvers & {
      readonly kind: "approve";
      /** How many different people must approve. */
      readonly approvals: number;
      /** Who approves is one of each of these as well: where several rules hold together. */
      readonly among?: readonly Approvers[];
      /** Whether the requester may be one of them. */
      readonly selfApproval: boolean;
      /** Whether each of them gets a direct message. */
      readonly directMessage: boolean;
      /** How long the request lives, in milliseconds. */
      readonly expiresAfter: number;
    });

/** How a request can come out, as an audit channel may want to hear of it; `refused`: an attempt without the right. */
export const OUTCOMES = [
  "applied",
  "failed",
  "conflict",
  "unknown",
  "rejected",
  "withdrawn",
  "expired",
  "refused",
] as const;
export type AnnouncedOutcome = (typeof OUTCOMES)[number];

/** Where and of what audit channels hear. */
export interface Announce {
  /** Ids of channels; null: those that the bot was started with. */
  readonly channels: readonly string[] | null;
  readonly outcomes: readonly AnnouncedOutcome[];
}

/** Every change that was agreed to, however it came out. */
export const ANNOUNCE_AGREED: Announce = {
  channels: null,
  outcomes: ["applied", "failed", "conflict", "unknown"],
};

/** What holds without a policy file: the requester confirms. */
export const REQUESTER_CONFIRMS: Rule = {
  name: "requester confirms",
  when: {},
  verdict: { kind: "confirm" },
  announce: ANNOUNCE_AGREED,
};
export const DEFAULT_POLICY: Policy = {
  rules: [REQUESTER_CONFIRMS],
  tagRules: [],
  bulk: BULK_LIMITS,
};

/** A short mark of what a policy says: another one has another mark. */
export const markOf = ({ rules, tagRules }: Policy): string =>
  createHash("sha256").update(JSON.stringify({ rules, tagRules })).digest("hex").slice(0, 16);

/** What a rule looks at. */
export interface Case {
  readonly snapshot: Pick<Snapshot, "projectId" | "regionId" | "name" | "tags">;
  readonly rows: readonly Row[];
}

/** The condition of a rule that a change does not hold, the first one. */
export type Unmet = keyof Condition;

/** Each rule up to the one that is met, with what is not held; and that one, if any. */
export interface Explanation {
  readonly passed: readonly { readonly rule: Rule; readonly unmet: Unmet }[];
  readonly met: Rule | undefined;
}

/** Goes through the rules in their order, until the first one that `asked` meets. */
export function explain(policy: Pick<Policy, "rules">, asked: Case): Explanation {
  const passed: { rule: Rule; unmet: Unmet }[] = [];
  for (const rule of policy.rules) {
    const unmet = unmetOf(rule.when, asked);
    if (unmet === undefined) return { passed, met: rule };
    passed.push({ rule, unmet });
  }
  return { passed, met: undefined };
}

/** The first condition that does not hold, or undefined when all of them do. */
function unmetOf(when: Condition, { snapshot, rows }: Case): Unmet | undefined {
  const touched = (touch: Touch): boolean => rows.some((row) => isTouched(touch, row));
  const holds: Record<Unmet, boolean> = {
    projects: when.projects?.includes(snapshot.projectId) ?? true,
    regions: when.regions?.includes(snapshot.regionId) ?? true,
    names: when.names?.some((pattern) => fits(pattern, snapshot.name)) ?? true,
    tags: (when.tags ?? []).every(({ key, values }) => {
      const value = tagValue(snapshot.tags, key);
      return value !== undefined && values.some((pattern) => fits(pattern, value));
    }),
    touches: when.touches?.some(touched) ?? true,
    touchesOnly:
      when.touchesOnly === undefined ||
      rows.every((row) => when.touchesOnly?.some((touch) => isTouched(touch, row))),
  };
  return (Object.keys(holds) as Unmet[]).find((condition) => !holds[condition]);
}

const isTouched = (touch: Touch, row: Row): boolean =>
  touch.part === "name" ? row.field === "name" : row.field === "tag" && fits(touch.key, row.key);
