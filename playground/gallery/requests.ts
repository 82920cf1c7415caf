import type {
  Applied,
  Applying,
  Approved,
  ChangeRequest,
  Draft,
  Preview,
} from "../../src/approval/change-request.ts";
import { approve, ask, claim, doubt, end, postpone } from "../../src/approval/change-request.ts";
import { EMPTY_FORM } from "../../src/snapshot/form-input.ts";
import { applyPatch } from "../../src/snapshot/merge-patch.ts";
import type { problemsWith } from "./problems.ts";
import { NOW } from "./samples.ts";

const PERSON = { enterpriseId: null, teamId: "T0LOCAL1", userId: "U0ADA000001" };

export const CHANNEL = "C0OPS000001";
export const DRAFT_ID = "x".repeat(22);

/** A request in each of its states, and in each way of coming there that is told differently. */
export function requestsOf(
  preview: Preview,
  problems: ReturnType<typeof problemsWith>,
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
  };
  const pending = ask(draft, "V0VIEW", NOW);
  const approved: Approved = approve(pending, { by: PERSON, at: NOW, rule: "requester confirms" });
  const applying: Applying = claim(approved, "owner", NOW);
  const inDoubt = doubt(applying, NOW, NOW);
  const { before, plan } = preview;
  const snapshot = { ...before, ...applyPatch(before, plan.patch) };
  const found = plan.rows.map((row) => ({ row, now: before.name }));
  return {
    pending,
    approved,
    postponed: postpone(applying, NOW),
    applying,
    "in doubt": inDoubt,
    applied: end(applying, { kind: "applied", snapshot, lookedUp: false }, NOW),
    "applied, looked up": end(inDoubt, { kind: "applied", snapshot, lookedUp: true }, NOW),
    failed: end(applying, { kind: "failed", problem: problems["change-refused"] }, NOW),
    "failed in part": end(applying, { kind: "failed", problem: problems["not-all-taken"] }, NOW),
    conflict: end(applying, { kind: "conflict", found }, NOW),
    "conflict after a lost answer": end(inDoubt, { kind: "conflict", found }, NOW),
    unknown: end(inDoubt, { kind: "unknown", problem: problems["key-refused"] }, NOW),
  };
}

/** Those of them that were applied. */
export const appliedOf = (
  all: Readonly<Record<string, ChangeRequest>>,
): Readonly<Record<string, Applied>> =>
  Object.fromEntries(
    Object.entries(all).filter((one): one is [string, Applied] => one[1].state === "applied"),
  );
