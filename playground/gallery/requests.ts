import {
  type Applied,
  type Applying,
  type Approved,
  type ChangeRequest,
  type Draft,
  type Held,
  isBulk,
  type One,
  type Pending,
  type Preview,
} from "../../src/approval/change-request.ts";
import { claim, doubt, end, postpone } from "../../src/approval/claim.ts";
import { approve, ask, expire, lapse, reject, withdraw } from "../../src/approval/decide.ts";
import { hold } from "../../src/approval/lock.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import { applyPatch } from "../../src/snapshot/merge-patch.ts";
import type { Foreign } from "./foreign.ts";
import type { problemsWith } from "./problems.ts";
import { asking, NOW } from "./samples.ts";

export const PERSON = { enterpriseId: null, teamId: "T0LOCAL1", userId: "U0ADA000001" };

export const BEN = { ...PERSON, userId: "U0BEN000001" };
const CLEO = { ...PERSON, userId: "U0CLEO00001" };

export const CHANNEL = "C0OPS000001";
export const DRAFT_ID = "x".repeat(22);

/** A request in each of its states, and in each way of coming there that is told differently. */
export function requestsOf(
  preview: Preview,
  problems: ReturnType<typeof problemsWith>,
  foreign: Foreign,
): Readonly<Record<string, ChangeRequest>> {
  const draft: Draft & { readonly preview: Preview } = {
    id: DRAFT_ID,
    person: PERSON,
    origin: { channelId: CHANNEL, responseUrl: null, at: NOW },
    input: EMPTY_FORM,
    createdAt: NOW,
    preview,
    lookUp: null,
    formId: null,
    requestId: null,
    undoes: null,
  };
  const { once, lapsed, waiting, twice, comment } = waitingWith(draft, foreign);
  const approved = approve(ask(draft, NOW), { by: PERSON, at: NOW, comment: null }) as Approved;
  const applying: Applying = claim(approved, "owner", NOW);
  const inDoubt = doubt(applying, NOW, NOW);
  const held = hold(applying, problems.locked, NOW) as Held;
  const { before, plan } = preview;
  const snapshot = { ...before, ...applyPatch(before, plan.patch) };
  const found = plan.rows.map((row) => ({ row, now: before.name }));
  return {
    waiting,
    "waiting, with one approval": once,
    "waiting, with an approval that no longer counts": lapsed,
    "approved by two": twice,
    rejected: reject(waiting, { by: BEN, at: NOW, comment }),
    withdrawn: withdraw(waiting, NOW),
    "withdrawn while locked": withdraw(held, NOW),
    expired: expire(waiting, NOW),
    "applied, approved by two": end(
      claim(twice, "owner", NOW),
      { kind: "applied", snapshot, lookedUp: false },
      NOW,
    ),
    approved,
    postponed: postpone(applying, NOW),
    applying,
    held,
    "held, approved by two": hold(claim(twice, "owner", NOW), problems.locked, NOW),
    "in doubt": inDoubt,
    "in doubt, without a key": doubt(applying, NOW, NOW, problems["key-refused"]),
    applied: end(applying, { kind: "applied", snapshot, lookedUp: false }, NOW),
    "applied, looked up": end(inDoubt, { kind: "applied", snapshot, lookedUp: true }, NOW),
    failed: end(applying, { kind: "failed", problem: problems["change-refused"] }, NOW),
    "failed in part": end(applying, { kind: "failed", problem: problems["not-all-taken"] }, NOW),
    conflict: end(applying, { kind: "conflict", found }, NOW),
    "conflict after a lost answer": end(inDoubt, { kind: "conflict", found }, NOW),
    unknown: end(inDoubt, { kind: "unknown", problem: problems["key-refused"] }, NOW),
  };
}

/** A request that two others must approve: before any did, after one, after one who has left, after both. */
export function waitingWith(draft: Draft & { readonly preview: Preview }, foreign: Foreign) {
  const comment = foreign.text(500, "Fine by me.") || null;
  const waiting = ask({ ...draft, preview: asking(draft.preview, foreign) }, NOW);
  const once = approve(waiting, { by: BEN, at: NOW, comment }) as Pending;
  const twice = approve(once, { by: CLEO, at: NOW, comment }) as Approved;
  const lapsed = approve(
    lapse(once, () => false),
    { by: CLEO, at: NOW, comment },
  ) as Pending;
  return { waiting, once, lapsed, twice, comment };
}

/** Those that wait for a decision. */
export const pendingOf = (
  all: Readonly<Record<string, ChangeRequest>>,
): Readonly<Record<string, Pending & One>> =>
  Object.fromEntries(
    Object.entries(all).filter(
      (one): one is [string, Pending & One] => one[1].state === "pending" && !isBulk(one[1]),
    ),
  );

/** Those that wait for a task to end. */
export const heldOf = (
  all: Readonly<Record<string, ChangeRequest>>,
): Readonly<Record<string, Held>> =>
  Object.fromEntries(
    Object.entries(all).filter((one): one is [string, Held] => one[1].state === "held"),
  );

/** Those of them that were applied. */
export const appliedOf = (
  all: Readonly<Record<string, ChangeRequest>>,
): Readonly<Record<string, Applied>> =>
  Object.fromEntries(
    Object.entries(all).filter((one): one is [string, Applied] => one[1].state === "applied"),
  );
