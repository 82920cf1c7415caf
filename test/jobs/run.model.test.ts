import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { firstBroken } from "../../src/approval/ledger.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { NOW, withTeam } from "../approval/samples.ts";
import { ENGINES } from "../store/engines.ts";
import { handlesOn } from "../store/temporary.ts";
import {
  COMMANDS,
  type Command,
  holdsAtTheEnd,
  type Model,
  type Real,
  STORIES,
  snapshotsOf,
} from "./run.model.ts";
import { StrictGcore } from "./strict-gcore.ts";

const RUNS = { SQLite: 150, Postgres: 40 } as const;

describe.each(ENGINES)("On %s, whatever clicks, locks, Gcore and crashes do to plans", (engine) => {
  test("nothing is begun that should not be, done twice or lost, and the counts add up at every step", async () => {
    const [database] = await handlesOn(engine, 1);
    if (database === undefined) throw new Error("there is no database");
    const seen = new Set<string>();
    let runs = 0;
    const live = async (commands: Iterable<Command>): Promise<void> => {
      const run = `run${runs++}`;
      const gcore = new StrictGcore();
      const snapshotIds = snapshotsOf(run);
      for (const snapshotId of snapshotIds) {
        gcore.snapshots.set(snapshotId, withTeam("payments", { snapshotId }));
      }
      const model: Model = { plans: new Map(), singles: 0 };
      const clock = { at: NOW, owners: 0, meddled: 0 };
      const real: Real = { database, gcore, snapshotIds, run, clock, seen };
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await holdsAtTheEnd(model, real);
    };
    await fc.assert(
      fc.asyncProperty(fc.commands(COMMANDS, { maxCommands: 40, size: "max" }), live),
      { numRuns: RUNS[engine] },
    );
    for (const story of STORIES) await live(story);
    // All of it did happen.
    for (const what of [
      ...["to pause: done", "to run: done", "to run: late", "to stop: done", "to stop: late"],
      ...["fine worked", "busy worked", "lost, done worked", "dies before", "dies after"],
      ...["stands still before worked", "stands still after worked", "a lock looked at"],
      "paused by itself",
      ...["item applied", "item failed", "item conflict", "item withdrawn"],
    ]) {
      expect([...seen]).toContain(what);
    }
    expect(firstBroken(await readLedger(database))).toBeUndefined();
  }, 240_000);
});
