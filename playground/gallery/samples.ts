import type { BulkPreview, Draft, Preview } from "../../src/approval/change-request.ts";
import type { Checkpoint } from "../../src/approval/checkpoint.ts";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { ANNOUNCE_AGREED, REQUESTER_CONFIRMS, type Rule } from "../../src/approval/policy.ts";
import type { TagRule } from "../../src/approval/tag-rules.ts";
import { canBeShown } from "../../src/blocks/difference.ts";
import type { Breach, ProjectName } from "../../src/problem.ts";
import { editableTags, fillForm } from "../../src/snapshot/fill-form.ts";
import { EMPTY_FORM, FIELD_LENGTH, type FormInput } from "../../src/snapshot/form-input.ts";
import { planChange } from "../../src/snapshot/plan.ts";
import { isProtected, type Snapshot } from "../../src/snapshot/snapshot.ts";
import { type Foreign, textsOf } from "./foreign.ts";

export const ID = "5ed275b8-7eed-4722-8c98-777191d4e003";
/** The time of everything in the samples. */
export const NOW = Date.UTC(2026, 10, 21, 12);
const DAY = 86_400_000;
export const GROUP = "S0APPROVERS";
export const RULE = "production needs two";

/** A checkpoint of the ledger. */
export const CHECKPOINT: Checkpoint = {
  v: 1,
  seq: 12_345,
  hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  at: new Date(NOW).toISOString(),
  key: "2c26b46b68ffc68f",
  signature: `${"bQ7/kZ+x".repeat(10)}bQ7/kQ==`,
};

/** A form that somebody has filled. */
export const inputWith = ({ text }: Foreign): FormInput => ({
  project: "1186668",
  region: "148",
  snapshot: text(FIELD_LENGTH, ID),
  name: text(FIELD_LENGTH, "db-before-upgrade"),
  set: text(FIELD_LENGTH, "environment=staging\nowner=Ada Lovelace"),
  remove: text(FIELD_LENGTH, "cost_center"),
  clear: true,
  reason: text(FIELD_LENGTH, "Upgrade on Monday"),
});

/** A form that was filled from a snapshot, with a tag typed and one chosen to go. */
export function filledWith(
  foreign: Foreign,
  id: string,
): Pick<Draft, "id" | "input" | "filledFrom"> {
  const snapshot = snapshotWith(foreign);
  const [first] = editableTags(snapshot);
  const typed = { ...EMPTY_FORM, set: "owner=Ada Lovelace", remove: first?.key ?? "" };
  return { id, input: fillForm(typed, undefined, snapshot), filledFrom: snapshot };
}

/** The names of the places that the form knows. */
export const placesWith = ({ text }: Foreign) => ({
  projects: [{ id: 1186668, name: text(300, "production") }],
  regions: [{ id: 148, name: text(300, "Luxembourg-3"), isOpen: true }],
});

/** A snapshot of which everything is known. */
export const snapshotWith = ({ text, tags }: Foreign): Snapshot => ({
  projectId: 1186668,
  regionId: 148,
  snapshotId: ID,
  name: text(1024),
  description: text(4000, "Taken every night at two."),
  status: text(100, "available"),
  sizeGib: 120,
  region: text(200, "Luxembourg-3"),
  volumeId: ID,
  createdAt: NOW - DAY,
  updatedAt: NOW,
  tags: [
    { key: "bootable", value: "False", readOnly: false },
    { key: "volume_name", value: text(1024, "db-primary"), readOnly: false },
    {
      key: `${text(255, "backup plan")} read-only`,
      value: text(1024, "gold"),
      readOnly: true,
    },
    ...tags.map((tag) => ({ ...tag, readOnly: false })),
  ],
  creatorTaskId: ID,
  taskId: null,
});

/** The same with all that may be missing missing, and locked. */
export const bare = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  description: null,
  volumeId: null,
  createdAt: null,
  updatedAt: null,
  tags: [],
  creatorTaskId: null,
  taskId: ID,
});

/** As large a change as may still be shown. */
export function previewOf(before: Snapshot, { text }: Foreign): Preview {
  const own = before.tags.filter((tag) => !isProtected(tag)).map(({ key }) => key);
  const { projectId, regionId, snapshotId } = before;
  const ref = { projectId, regionId, snapshotId };
  const asked = text(1000, "db-before-upgrade");
  // What changes nothing cannot be asked for.
  const name = asked === "" || asked === before.name ? "A new name" : asked;
  const touching = (count: number): Preview => {
    const half = Math.ceil(count / 2);
    const plan = planChange(before, {
      name,
      set: own.slice(0, half).map((key) => ({ key, value: text(255, "staging") || "w" })),
      remove: own.slice(half, count),
      others: "keep",
    });
    if (!plan.ok) throw new Error(plan.problem.kind);
    const reason = text(500, "Upgrade on Monday") || null;
    return { ref, before, plan: plan.value, reason, rule: REQUESTER_CONFIRMS, approvers: [] };
  };
  let largest = touching(0);
  for (let count = 1; count <= own.length; count += 1) {
    const next = touching(count);
    if (!canBeShown(next.plan.rows)) break;
    largest = next;
  }
  return largest;
}

/** The same where two others must approve it, of as many as are shown. */
export function asking<P extends Preview | BulkPreview>(shown: P, { text, many }: Foreign): P {
  const users = Array.from({ length: many }, () => ["U0BEN000001", "U0CLEO00001"]).flat();
  const rule: Rule = {
    name: text(100, RULE) || RULE,
    when: {},
    verdict: {
      kind: "approve",
      approvals: 2,
      users: many > 2 ? users : users.slice(0, 2),
      groups: [GROUP],
      selfApproval: false,
      directMessage: true,
      expiresAfter: DAY,
    },
    announce: ANNOUNCE_AGREED,
  };
  return { ...shown, rule, approvers: users };
}

/** A preview of a change that changes nothing, with every warning that there is. */
export const nothing = (shown: Preview, breaches: readonly Breach[]): Preview => {
  const key = shown.before.name;
  return {
    ...shown,
    plan: {
      patch: {},
      rows: [],
      stays: shown.before.tags,
      inverse: {},
      warnings: [
        { kind: "nothing-changes" },
        { kind: "tag-not-there", key },
        { kind: "tag-cannot-go", key },
        { kind: "name-cannot-return", fault: { kind: "name-length", length: 75 } },
        ...shown.plan.rows
          .slice(0, 2)
          .flatMap((row) => [
            { kind: "changed-since", row, now: key } as const,
            { kind: "cannot-be-put-back", row } as const,
          ]),
        ...breaches.map((breach) => ({ kind: "broken-already", breach }) as const),
        { kind: "tag-cannot-return", key, fault: { kind: "key-characters", key } },
      ],
    },
  };
};

/** Projects of a person's account. */
export const projectsWith = (foreign: Foreign): ProjectName[] =>
  textsOf(foreign, 500, ["Production", "Staging"]).map((name, id) => ({ id: id + 1, name }));

/** A key of which everything is known. */
export const scopeWith = (foreign: Foreign): KeyScope => ({
  tokenId: "42",
  tokenName: foreign.text(500, "snapshots of the night shift"),
  accountId: 7_350_925,
  accountName: foreign.text(500, "Snapshot Cloud"),
  tokenRole: foreign.text(100, "Engineers"),
  expiry: { at: NOW + 90 * DAY },
  cloudRoles: textsOf(foreign, 100, ["Project administrator", "Observer"]).map((role, id) => ({
    role,
    projectId: id + 1,
  })),
  projects: projectsWith(foreign),
  learntAt: NOW,
});

/** A key of which Gcore told next to nothing. */
export const unknownScope = (scope: KeyScope): KeyScope => ({
  ...scope,
  tokenName: null,
  accountName: null,
  tokenRole: null,
  expiry: "unknown",
  cloudRoles: null,
  projects: null,
});

/** Tag rules that ask for all that there is to ask for. */
export function tagRulesWith(foreign: Foreign): TagRule[] {
  const keys = textsOf(foreign, 255, ["environment", "team"]).slice(0, 20);
  const values = textsOf(foreign, 255, ["prod", "staging"]).slice(0, 20);
  return [
    {
      when: {},
      required: keys,
      // Long and hostile texts are the same ones over and over.
      values: keys.map((key, at) => ({
        key: keys.indexOf(key) < at ? `${key}${at}` : key,
        values,
      })),
      protected: textsOf(foreign, 255, ["billing:*", "legal_hold"]),
      mostTags: 20,
      names: textsOf(foreign, 255, ["nightly-*", "before-*"]),
    },
  ];
}
