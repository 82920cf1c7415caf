import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { firstBroken } from "../../src/approval/ledger.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { NOW, withTeam } from "../approval/samples.ts";
import { ENGINES } from "../store/engines.ts";
import { handlesOn } from "../store/temporary.ts";
import { COMMANDS, holdsAtTheEnd, type Model, type Real } from "./life.model.ts";
import { StrictGcore } from "./strict-gcore.ts";

const AUDIT = "CAUDIT00001";

describe.each(ENGINES)("On %s, whatever people, the clock, Gcore and crashes do", (engine) => {
  test("each request goes the way that the simplest account of it says, and nothing is lost", async () => {
    const [database] = await handlesOn(engine, 1);
    if (database === undefined) throw new Error("there is no database");
    const requests = requestsIn(database, [AUDIT]);
    const seen = new Set<string>();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.commands(COMMANDS, { maxCommands: 40, size: "max" }),
        async (commands) => {
          const run = `run${runs++}`;
          const gcore = new StrictGcore();
          const snapshotIds = [`${run}-a`, `${run}-b`];
          for (const snapshotId of snapshotIds) {
            gcore.snapshots.set(snapshotId, withTeam("payments", { snapshotId }));
          }
          const model: Model = { requests: new Map() };
          const real: Real = {
            requests,
            gcore,
            snapshotIds,
            run,
            clock: { at: NOW, owners: 0, meddled: 0 },
            seen,
          };
          await fc.asyncModelRun(() => ({ model, real }), commands);
          await holdsAtTheEnd(model, real);
        },
      ),
      { numRuns: 400 },
    );
    // All of it did happen.
    for (const what of [
      ...[
        "approve done",
        "approve late",
        "approve refused",
        "reject done",
        "withdraw done",
        "undone",
      ],
      ...["fine held while locked", "a lock looked at", "stopped"],
      ...["fine applied", "refused failed", "busy approved", "lost, done applying", "dies after"],
    ]) {
      expect([...seen]).toContain(what);
    }
    expect(firstBroken(await readLedger(database))).toBeUndefined();
    expect(await twice(database, "'approved', 'rejected', 'withdrawn', 'expired'")).toEqual([]);
    // Every end is in the ledger once, and in the outbox for the audit channel.
    const ends = await database.all(
      `SELECT id, state FROM request WHERE state IN ('applied', 'failed', 'conflict', 'unknown')`,
    );
    expect(ends.length).toBeGreaterThan(10);
    for (const { id, state } of ends) {
      const [said] = await database.all(
        "SELECT ledger_seq AS seq FROM outbox WHERE id = ?",
        `${id}/announcement/${state}/${AUDIT}`,
      );
      const [entry] = await database.all(
        "SELECT seq FROM ledger WHERE request_id = ? AND kind = ?",
        String(id),
        String(state),
      );
      expect(said?.seq).toBe(entry?.seq);
      expect(entry).toBeDefined();
    }
  }, 120_000);
});

/** The requests that have more than one entry of these kinds. */
const twice = (database: Parameters<typeof readLedger>[0], kinds: string) =>
  database.all(
    `SELECT request_id FROM ledger WHERE kind IN (${kinds})
     GROUP BY request_id HAVING count(*) > 1`,
  );
