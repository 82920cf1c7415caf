import { type Plan, type Row, rowsUnlike, unseenTags, valueNow } from "../snapshot/plan.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Found } from "./change-request.ts";

/** What the change touches and somebody else changed since it was shown. A change elsewhere is not in the way. */
export function changedMeanwhile(plan: Plan, snapshot: Snapshot): readonly Found[] {
  const rows = [
    ...rowsUnlike(snapshot, plan.rows, "before"),
    ...unseenTags(snapshot, plan).map(
      ({ key }): Row => ({ field: "tag", key, before: null, after: null }),
    ),
  ];
  return rows.map((row) => ({ row, now: valueNow(snapshot, row) }));
}
