import type { LocalGcore } from "../../playground/gcore/gcore.ts";
import { endedOf, type Item } from "../../src/approval/bulk.ts";
import { itemId } from "../../src/approval/bulk-run.ts";
import { type BulkRequest, type ChangeRequest, isBulk } from "../../src/approval/change-request.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";

/** What became of the plans of a run. Everything in `violations` is 0 in a good one. */
export interface PlanVerdict {
  readonly plans: {
    readonly approved: number;
    /** The snapshots of those that were approved. */
    readonly items: number;
    readonly applied: number;
    readonly waitedForLocks: number;
    /** What became of the others, and why. */
    readonly others: readonly string[];
  };
  readonly violations: {
    readonly itemsChangedTwice: number;
    readonly itemsChangedWithoutApproval: number;
    readonly itemsLost: number;
    /** Plans whose counts are not those of their items, or do not add up to all of them. */
    readonly plansMiscounted: number;
    /** Plans whose end is not to be announced exactly once in each audit channel. */
    readonly plansUntold: number;
  };
}

const AUDIT_CHANNELS = 2;

/** Holds the items of each plan against Gcore, and its counts against both. */
export async function judgePlans(
  database: Database,
  gcore: LocalGcore,
  ended: readonly (ChangeRequest | undefined)[],
): Promise<PlanVerdict> {
  const requests = requestsIn(database, []);
  const others: string[] = [];
  const plans = { approved: 0, items: 0, applied: 0, waitedForLocks: 0, others };
  const violations = {
    ...{ itemsChangedTwice: 0, itemsChangedWithoutApproval: 0, itemsLost: 0 },
    ...{ plansMiscounted: 0, plansUntold: 0 },
  };
  for (const request of ended) {
    if (request === undefined || !isBulk(request)) continue;
    const isAgreed = "decidedAt" in request;
    const states: string[] = [];
    for (const { n, before } of await itemsOf(database, request)) {
      const changes = gcore.effectiveChanges(before.snapshotId);
      const item = await requests.request(itemId(request.id, n));
      states.push(item?.state ?? "waiting");
      if (item !== undefined && "lockedSince" in item) plans.waitedForLocks += 1;
      if (isAgreed && item?.state !== "applied") others.push(whyOf(item));
      if (changes > 1) violations.itemsChangedTwice += 1;
      if (!isAgreed && (changes > 0 || item !== undefined)) {
        violations.itemsChangedWithoutApproval += 1;
      }
      const isOver = item !== undefined && "endedAt" in item && item.state !== "withdrawn";
      if (isAgreed && (!isOver || (item.state === "applied") !== (changes === 1))) {
        violations.itemsLost += 1;
      }
    }
    if (!isAgreed) continue;
    plans.approved += 1;
    plans.items += request.bulk.size;
    plans.applied += states.filter((state) => state === "applied").length;
    if (!addsUp(request, states)) violations.plansMiscounted += 1;
    const [said] = await database.all(
      "SELECT count(*) AS n FROM outbox WHERE id LIKE ? AND sent_at IS NOT NULL",
      `${request.id}/announcement/finished/%`,
    );
    if (Number(said?.n) !== AUDIT_CHANNELS) violations.plansUntold += 1;
  }
  return { plans, violations };
}

const whyOf = (item: ChangeRequest | undefined): string =>
  item === undefined
    ? "not begun"
    : "problem" in item
      ? `${item.state}: ${item.problem.kind}`
      : item.state;

function addsUp(request: BulkRequest, states: readonly string[]): boolean {
  if (request.state !== "finished") return false;
  const { counts, bulk } = request;
  const kinds = ["applied", "failed", "conflict", "unknown"] as const;
  const isTrue = kinds.every(
    (kind) => counts[kind] === states.filter((state) => state === kind).length,
  );
  return isTrue && states.length === bulk.size && endedOf(counts) === bulk.size;
}

async function itemsOf(database: Database, { id }: BulkRequest): Promise<readonly Item[]> {
  const rows = await database.all(
    "SELECT body FROM plan_item WHERE plan_id = ? AND part IN ('to begin', 'begun') ORDER BY n",
    id,
  );
  return rows.map(({ body }) => JSON.parse(String(body)) as Item);
}
