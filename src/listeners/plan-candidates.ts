import type { LeftOut } from "../approval/bulk.ts";
import type { PlanPart, PlanRow } from "../approval/bulk-page.ts";
import { type Wanted, wantedAgain, wantedChange, wantedUndo } from "../approval/bulk-plan.ts";
import type { Deps } from "../deps.ts";
import { ok, type Problem, type Result } from "../problem.ts";
import type { BulkWish } from "../snapshot/bulk-input.ts";
import type { Sought } from "../snapshot/change.ts";
import type { Place, Snapshot } from "../snapshot/snapshot.ts";
import { chosenSnapshots, distinct, type Reader, readWhole } from "./chosen-snapshots.ts";

/** One of those that a plan is made of: as it is now, and what is wanted of it. */
export interface Candidate {
  readonly n: number;
  readonly before: Snapshot;
  readonly wanted: Wanted;
  readonly undoes?: string;
}

/** Some of them at a time: in between everybody else is served. */
export type Candidates = AsyncIterable<readonly (Candidate | LeftOut)[]>;

const SOME = 200;

/** Those that somebody chose in a form. */
export async function chosenCandidates(
  deps: Deps,
  reader: Reader,
  wish: BulkWish,
): Promise<Result<Candidates, Problem>> {
  const chosen = await chosenSnapshots(deps, reader, wish);
  if (!chosen.ok) return chosen;
  const { found, missing } = chosen.value;
  async function* candidates() {
    for (let at = 0; at < found.length; at += SOME) {
      yield found.slice(at, at + SOME).map((before, index): Candidate => {
        const n = at + index + 1;
        return { n, before, wanted: wantedChange(wish.change, before, n) };
      });
    }
    yield missing.map((ref, index) => notThere(found.length + index + 1, ref, null));
  }
  return ok(candidates());
}

/** The items of an earlier plan that are in one of these parts, each with what is wanted of it now. */
export async function earlierCandidates(
  deps: Deps,
  reader: Reader,
  planId: string,
  aim: "undo" | "retry",
): Promise<Result<Candidates, Problem>> {
  const parts = PARTS[aim];
  const places: Place[] = [];
  for await (const rows of rowsOf(deps, planId, parts)) {
    for (const { chosen } of rows) if (!("why" in chosen)) places.push(placeOf(chosen.before));
  }
  const read = await readWhole(deps, reader, distinct(places));
  if (!read.ok) return read;
  const now = new Map(read.value.snapshots.map((one) => [one.snapshotId, one]));
  async function* candidates() {
    let n = 0;
    for await (const rows of rowsOf(deps, planId, parts)) {
      yield rows.flatMap(({ chosen, request }): readonly (Candidate | LeftOut)[] => {
        if ("why" in chosen) return [];
        n += 1;
        const { snapshotId, name, projectId, regionId } = chosen.before;
        const before = now.get(snapshotId);
        if (before === undefined) return [notThere(n, { projectId, regionId, snapshotId }, name)];
        const { rows: changed } = chosen.plan;
        return aim === "undo"
          ? [{ n, before, wanted: wantedUndo(changed, before), undoes: request?.id ?? "" }]
          : [{ n, before, wanted: wantedAgain(changed) }];
      });
    }
  }
  return ok(candidates());
}

const PARTS: Readonly<Record<"undo" | "retry", readonly PlanPart[]>> = {
  undo: ["applied"],
  retry: ["trouble", "stopped"],
};

async function* rowsOf(
  { plans }: Deps,
  planId: string,
  parts: readonly PlanPart[],
): AsyncGenerator<readonly PlanRow[]> {
  for (const part of parts) {
    let from: number | null = 0;
    while (from !== null) {
      const { rows, next }: { rows: readonly PlanRow[]; next: number | null } = await plans.page(
        planId,
        part,
        from,
        SOME,
      );
      yield rows;
      from = next;
    }
  }
}

const placeOf = ({ projectId, regionId }: Place): Place => ({ projectId, regionId });

const notThere = (n: number, ref: Sought, name: string | null): LeftOut => ({
  n,
  ref,
  name,
  why: { kind: "snapshot-not-found" },
});
