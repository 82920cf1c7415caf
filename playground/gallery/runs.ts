import type { Bulk, Counts, Why } from "../../src/approval/bulk.ts";
import type { PlanPage, PlanRow } from "../../src/approval/bulk-page.ts";
import { finish, pause, resume, stop } from "../../src/approval/bulk-run.ts";
import type {
  BulkPreview,
  BulkRequest,
  ChangeRequest,
  Many,
  One,
  Pending,
  Running,
} from "../../src/approval/change-request.ts";
import { approve, ask, expire, reject, withdraw } from "../../src/approval/decide.ts";
import { REQUESTER_CONFIRMS } from "../../src/approval/policy.ts";
import { readTemplate } from "../../src/snapshot/name-template.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Foreign } from "./foreign.ts";
import { BEN, CHANNEL, DRAFT_ID, PERSON } from "./requests.ts";
import { asking, ID, NOW } from "./samples.ts";

const BEGUN = NOW - 60_000;

/** What is said of a plan for three hundred. */
export function bulkWith(foreign: Foreign, more: Partial<Bulk> = {}): Bulk {
  const name = readTemplate("{volume}-{date}");
  return {
    aim: {
      kind: "change",
      change: {
        ...(name.ok ? { name: name.value } : {}),
        set: [{ key: foreign.text(255, "cost-centre"), value: foreign.text(1024, "4711") }],
        remove: [foreign.text(255, "owner")],
        others: "remove",
      },
    },
    size: 300,
    hash: "3f9a1c77e2b04d15".repeat(4),
    locked: 4,
    left: { already: 41, rule: 7, key: 3, missing: 1, unfit: 2 },
    projectIds: [1186668, 1202779],
    regions: ["Luxembourg", foreign.text(100, "Manassas")],
    ...more,
  };
}

/** So many came out this way and that by now; they add up to three hundred. */
export const COUNTS: Counts = {
  ...{ applied: 171, failed: 5, conflict: 2, unknown: 1, stopped: 0 },
  ...{ held: 4, underWay: 10, waiting: 107 },
};
const AT_THE_END: Counts = { ...COUNTS, applied: 292, held: 0, underWay: 0, waiting: 0 };
const STOPPED: Counts = { ...COUNTS, stopped: 121, held: 0, underWay: 0, waiting: 0 };
const ALL: Counts = { ...AT_THE_END, applied: 300, failed: 0, conflict: 0, unknown: 0 };

/** A preview of many, confirmed by whoever asks, or by others. */
export const bulkPreviewWith = (foreign: Foreign, more: Partial<Bulk> = {}): BulkPreview => ({
  bulk: bulkWith(foreign, more),
  reason: foreign.text(500, "New cost centre") || null,
  rule: REQUESTER_CONFIRMS,
  approvers: [],
});

/** A request about many in each of its states. */
export function runsOf(foreign: Foreign): Readonly<Record<string, BulkRequest>> {
  const asked = askedWith(foreign);
  const comment = foreign.text(500, "Fine by me.") || null;
  const run = approve(
    { ...asked, rule: REQUESTER_CONFIRMS },
    { by: PERSON, at: BEGUN, comment: null },
  ) as Running;
  return {
    "many, waiting": asked,
    "many, rejected": reject(asked, { by: BEN, at: NOW, comment }) as BulkRequest,
    "many, withdrawn": withdraw(asked, NOW) as BulkRequest,
    "many, expired": expire(asked, NOW) as BulkRequest,
    "many, running": run,
    "many, paused": pause(run, BEN, NOW),
    "many, paused for a key": { ...pause(run, PERSON, NOW), because: { kind: "key-refused" } },
    "many, running again": resume(pause(run, BEN, NOW), PERSON, NOW),
    "many, being stopped": stop(run, BEN, NOW),
    "many, all changed": finish(run, ALL, NOW),
    "many, changed in part": finish(run, AT_THE_END, NOW),
    "many, stopped": finish(stop(run, BEN, NOW), STOPPED, NOW),
    "many, taken back": finish(
      { ...run, bulk: bulkWith(foreign, { aim: { kind: "undo", of: DRAFT_ID } }) },
      ALL,
      NOW,
    ),
    "many, tried again": {
      ...run,
      bulk: bulkWith(foreign, { aim: { kind: "retry", of: DRAFT_ID } }),
    },
  };
}

/** A plan for many that others must approve. */
export function askedWith(foreign: Foreign): Pending & Many {
  const preview = asking(bulkPreviewWith(foreign), foreign);
  const origin = { channelId: CHANNEL, responseUrl: null, at: NOW };
  const pending = ask({ id: DRAFT_ID, person: PERSON, origin, undoes: null, preview }, NOW);
  return pending as Pending & Many;
}

/** A page of a plan: what is to change, what came of it, and what is left and why. */
export function planPageWith(
  before: Snapshot,
  { plan }: One,
  outcomes: readonly ChangeRequest[],
  whys: readonly Why[],
): PlanPage {
  const chosen = { before, plan };
  const rows: readonly PlanRow[] = [
    { chosen: { n: 1, ...chosen }, request: undefined },
    ...outcomes.map((request, index) => ({ chosen: { n: index + 2, ...chosen }, request })),
    ...whys.map((why, index) => ({
      chosen: {
        n: 1_000 + index,
        ref: { projectId: 1186668, regionId: 148, snapshotId: ID },
        name: index === 0 ? null : before.name,
        why,
      },
      request: undefined,
    })),
  ];
  return { rows, previous: 1, next: 9_999 };
}
