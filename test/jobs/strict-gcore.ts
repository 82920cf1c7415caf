import type { Deps } from "../../src/deps.ts";
import type { Gcore } from "../../src/gcore/gcore.ts";
import type { Caller } from "../../src/gcore/http.ts";
import { err, ok } from "../../src/problem.ts";
import { applyPatch, type Patch } from "../../src/snapshot/merge-patch.ts";
import type { Snapshot, SnapshotRef } from "../../src/snapshot/snapshot.ts";
import { NO_TRACER } from "../../src/tracing/tracer.ts";
import { PROBLEMS } from "../approval/samples.ts";

/** What the next attempt meets. */
export type Weather =
  | "fine"
  | "look fails"
  | "key gone"
  | "refused"
  | "busy"
  /** The answer is lost: it was done, or it was not. */
  | "lost, done"
  | "lost, not done"
  /** The process dies: before the PATCH, after it was done. */
  | "dies before"
  | "dies after";

export class Killed extends Error {}

/** A Gcore of snapshots by their ids, which counts what really changed. */
export class StrictGcore {
  weather: Weather = "fine";
  readonly snapshots = new Map<string, Snapshot>();
  /** For each PATCH that changed something: whose attempt it was. */
  readonly effects: string[] = [];
  /** Every PATCH that arrived. */
  readonly patches: string[] = [];
  /** The request that is being applied. */
  attempt = "";

  /** The parts of `Deps` that an attempt asks of; whoever asked is still of the team. */
  readonly deps: Pick<Deps, "gcore" | "keys" | "slack" | "tracer"> = {
    tracer: NO_TRACER,
    slack: {
      isVerified: () => true,
      standing: async () => ok("member"),
    } as unknown as Deps["slack"],
    keys: {
      get: async () =>
        this.weather === "key gone"
          ? err({ kind: "no-key" })
          : ok({
              apiKey: "key",
              scope: { expiry: "never", tokenRole: null, cloudRoles: null, projects: null },
            }),
    } as unknown as Deps["keys"],
    gcore: {
      getSnapshot: async (_caller: Caller, { snapshotId }: SnapshotRef) =>
        this.weather === "look fails"
          ? err(PROBLEMS["gcore-unavailable"])
          : this.snapshots.has(snapshotId)
            ? ok(this.at(snapshotId))
            : err(PROBLEMS["snapshot-not-found"]),
      describeLock: async () => PROBLEMS.locked,
      updateSnapshot: async (_caller: Caller, { snapshotId }: SnapshotRef, patch: Patch) => {
        if (this.weather === "dies before") throw new Killed();
        this.patches.push(this.attempt);
        const lost = err({ kind: "gcore-unavailable", detail: "lost", maybeDone: true } as const);
        if (this.weather === "refused") return err(PROBLEMS["change-refused"]);
        if (this.weather === "busy") return err({ kind: "gcore-busy", retryAfter: null } as const);
        if (this.weather === "lost, not done") return lost;
        const before = this.at(snapshotId);
        if (before.taskId !== null) return err(PROBLEMS.locked);
        const after = { ...before, ...applyPatch(before, patch) };
        if (JSON.stringify(after) !== JSON.stringify(before)) this.effects.push(this.attempt);
        this.snapshots.set(snapshotId, after);
        if (this.weather === "dies after") throw new Killed();
        return this.weather === "lost, done" ? lost : ok(after);
      },
    } as unknown as Gcore,
  };

  at(snapshotId: string): Snapshot {
    const snapshot = this.snapshots.get(snapshotId);
    if (snapshot === undefined) throw new Error(`there is no snapshot ${snapshotId}`);
    return snapshot;
  }
}
