import type { Item, LeftOut } from "../../src/approval/bulk.ts";
import type { ChangeRequest } from "../../src/approval/change-request.ts";
import type { ShownMany } from "../../src/approval/decide.ts";
import type { Person } from "../../src/approval/person.ts";
import { BULK_LIMITS, REQUESTER_CONFIRMS, type Rule } from "../../src/approval/policy.ts";
import type { Plans } from "../../src/store/plans.ts";
import type { Requests } from "../../src/store/requests.ts";
import { BULK, MARIA, NOW, previewOf, TOM, voteOf, withTeam } from "../approval/samples.ts";

/** A snapshot's id, by its number. */
export const snapshotAt = (nth: number): string =>
  `5ed275b8-7eed-4722-8c98-${nth.toString(16).padStart(12, "0")}`;

/** Items that set the tag `team` of these snapshots. */
export const itemsOn = (snapshotIds: readonly string[]): readonly Item[] =>
  snapshotIds.map((snapshotId, index) => {
    const { before, plan } = previewOf(withTeam("payments", { snapshotId }));
    return { n: index + 1, before, plan };
  });

export const itemsOf = (count: number, first = 0): readonly Item[] =>
  itemsOn(Array.from({ length: count }, (_, index) => snapshotAt(first + index)));

/** One that was chosen and is left as it is. */
export const leftAt = (n: number): LeftOut => {
  const { projectId, regionId } = withTeam("payments");
  const ref = { projectId, regionId, snapshotId: snapshotAt(n) };
  return { n, ref, name: null, why: { kind: "already" } };
};

/** A plan of so many as it was shown; what is asked for when somebody agrees to it. */
export const shownOf = (
  id: string,
  size: number,
  rule: Rule = REQUESTER_CONFIRMS,
  person: Person = MARIA,
): ShownMany => ({
  id,
  person,
  origin: { channelId: "C0000000001", responseUrl: null, at: NOW },
  undoes: null,
  preview: {
    bulk: { ...BULK, size },
    reason: "because",
    rule,
    approvers: rule.verdict.kind === "approve" ? [TOM.userId] : [],
  },
});

/** Makes a plan of these items, and agrees to it. */
export async function runPlan(
  { plans, requests }: { readonly plans: Plans; readonly requests: Requests },
  id: string,
  items: readonly Item[],
  now: number = NOW,
): Promise<ChangeRequest> {
  await plans.put(id, items);
  const shown = shownOf(id, items.length);
  const asked = await requests.askMany(shown, "V1", voteOf(MARIA, now), now, BULK_LIMITS);
  if (!asked.ok) throw new Error(asked.problem.kind);
  return asked.value;
}
