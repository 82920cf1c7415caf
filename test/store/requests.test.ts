import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Applying, ChangeRequest } from "../../src/approval/change-request.ts";
import { doubt, end, LEASE, postpone, SEND_WITHIN } from "../../src/approval/claim.ts";
import { refusal } from "../../src/approval/entries.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { type Requests, requestsIn } from "../../src/store/requests.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import {
  AFTER,
  approversNeeded,
  BEFORE,
  draftOf,
  MARIA,
  NOW,
  PROBLEMS,
  previewOf,
  TOM,
  voteOf,
  withTeam,
} from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { race } from "./processes.ts";
import { migrated, nextDue, opened, readyPlace, refuseEntries } from "./temporary.ts";

const AUDIT = ["CAUDIT00001"];
const VIEW = "V0000000001";
const OTHER_ID = "6ca09383-85d2-4bb3-8d2d-214a2436fa4f";

describe.each(ENGINES)("On %s", (engine) => {
  let place: string;
  let database: Database;
  let requests: Requests;

  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
    requests = requestsIn(database, AUDIT);
  });

  const approveOne = (id: string, snapshotId = BEFORE.snapshotId): Promise<ChangeRequest> => {
    const preview = previewOf(withTeam("payments", { snapshotId }));
    return requests.ask(draftOf(id, preview), VIEW, voteOf(), NOW);
  };

  const claimOne = async (owner: string, now: number, id?: string): Promise<Applying> => {
    const request = await requests.claim(owner, now, id);
    if (request === undefined) throw new Error(`nothing was due for ${owner} at ${now}`);
    return request;
  };

  const kinds = async (): Promise<readonly unknown[]> =>
    (await database.all("SELECT kind, request_id AS id FROM ledger ORDER BY seq")).map(
      ({ kind, id }) => (id === null ? kind : `${kind} ${id}`),
    );

  const said = async (): Promise<readonly unknown[]> =>
    (
      await database.all(
        "SELECT id, ledger_seq AS seq FROM outbox WHERE follows = 0 ORDER BY place",
      )
    ).map(({ id, seq }) => `${id} #${seq}`);

  describe("A decision", () => {
    test("is kept with its request and its two entries, and makes it due", async () => {
      const request = await approveOne("r1");
      expect(await requests.request("r1")).toEqual(request);
      expect(request).toMatchObject({ state: "approved", decidedAt: NOW });
      expect(await kinds()).toEqual(["requested r1", "approved r1"]);
      expect(await nextDue(database, "request")).toBe(NOW);
      expect(await said()).toEqual([]);
    });

    test("is made once: whoever comes second gets the request as it is by then", async () => {
      await approveOne("r1");
      const claimed = await claimOne("me", NOW);
      const second = requestsIn(opened(place), AUDIT);
      expect(await second.ask(draftOf("r1"), "V2", voteOf(TOM), NOW + 9)).toEqual(claimed);
      expect(await kinds()).toEqual(["requested r1", "approved r1", "attempted r1"]);
    });

    test("is made once by clicks at the same moment", async () => {
      const clicks = Array.from({ length: 20 }, (_, index) =>
        requests.ask(draftOf("r1"), VIEW, voteOf(MARIA, NOW + index), NOW + index),
      );
      const results = await Promise.all(clicks);
      expect(new Set(results.map((one) => JSON.stringify(one))).size).toBe(1);
      expect(await kinds()).toEqual(["requested r1", "approved r1"]);
    });

    test("[ol-infrastructure#4507] is made once by processes at the same moment", async () => {
      const count = 40;
      const people = ["U1", "U2", "U3"];
      const seen = await race(...people.map((name) => ["ask", place, name, String(count)]));
      expect(seen[1]).toEqual(seen[0]);
      expect(seen[2]).toEqual(seen[0]);
      expect(Object.keys(seen[0] as object)).toHaveLength(count);
      const decisions = await database.all(
        "SELECT count(*) AS n, count(DISTINCT request_id) AS m FROM ledger WHERE kind = 'approved'",
      );
      expect(decisions).toEqual([{ n: count, m: count }]);
      expect(firstBroken(await readLedger(database))).toBeUndefined();
    });

    test("by two of three approvers in three processes at the same moment: the third is late", async () => {
      const count = 25;
      const preview = previewOf(BEFORE, {}, approversNeeded(2));
      for (let index = 0; index < count; index += 1) {
        await requests.ask(draftOf(`request-${index}`, preview), VIEW, null, NOW);
      }
      const people = ["U1", "U2", "U3"];
      const clicks = (
        await race(...people.map((name) => ["approve", place, name, String(count)]))
      ).flat() as readonly { readonly id: string; readonly kind: string }[];
      for (let index = 0; index < count; index += 1) {
        const id = `request-${index}`;
        const kindsOf = clicks.filter((click) => click.id === id).map(({ kind }) => kind);
        expect(kindsOf.sort()).toEqual(["done", "done", "late"]);
        expect(await requests.request(id)).toMatchObject({ state: "approved" });
      }
      expect(firstBroken(await readLedger(database))).toBeUndefined();
    });

    test("is refused a second time by the database itself", async () => {
      await approveOne("r1");
      const again = { ...refusal(MARIA, PROBLEMS["no-key"], NOW), request: "r1" };
      await requests.record(again);
      await expect(requests.record({ ...again, kind: "approved" })).rejects.toThrow(DatabaseError);
      await requests.record({ ...again, kind: "applied" });
      await expect(requests.record({ ...again, kind: "failed" })).rejects.toThrow(DatabaseError);
      expect(firstBroken(await readLedger(database))).toBeUndefined();
    });

    test("leaves nothing behind when its entry cannot be made", async () => {
      await refuseEntries(database, "approved");
      await expect(approveOne("r1")).rejects.toThrow(DatabaseError);
      expect(await requests.request("r1")).toBeUndefined();
      expect(await kinds()).toEqual([]);
    });
  });

  describe("A claim", () => {
    test("is for one owner, until it runs out", async () => {
      await approveOne("r1");
      expect(await claimOne("me", NOW)).toMatchObject({ id: "r1", owner: "me", sentAt: null });
      expect(await requests.claim("you", NOW)).toBeUndefined();
      expect(await requests.claim("you", NOW + LEASE - 1, "r1")).toBeUndefined();
      expect(await nextDue(database, "request")).toBe(NOW + LEASE);
      const again = await claimOne("you", NOW + LEASE);
      expect(again).toMatchObject({ owner: "you", attempts: 2, sentAt: NOW + SEND_WITHIN });
      expect(await kinds()).toEqual([
        "requested r1",
        "approved r1",
        "attempted r1",
        "attempted r1",
      ]);
    });

    test("takes what is due, the longest due first, and not before", async () => {
      await approveOne("r1");
      const other = withTeam("payments", { snapshotId: OTHER_ID });
      await requests.ask(draftOf("r2", previewOf(other)), VIEW, voteOf(MARIA, NOW - 5), NOW - 5);
      expect(await requests.claim("me", NOW - 6)).toBeUndefined();
      expect((await claimOne("me", NOW)).id).toBe("r2");
      expect((await claimOne("me", NOW)).id).toBe("r1");
      expect(await requests.claim("me", NOW)).toBeUndefined();
    });

    test("can be of one request alone", async () => {
      await approveOne("r1");
      await approveOne("r2", OTHER_ID);
      expect((await claimOne("me", NOW, "r2")).id).toBe("r2");
      expect(await requests.claim("me", NOW, "r2")).toBeUndefined();
      expect(await requests.claim("me", NOW, "nothing")).toBeUndefined();
    });

    test("is one owner's, however many processes race for it", async () => {
      for (let index = 0; index < 30; index += 1) {
        const hex = index.toString(16).padStart(12, "0");
        await approveOne(`r${index}`, `5ed275b8-7eed-4722-8c98-${hex}`);
      }
      const names = ["one", "two", "three"];
      const taken = await race(...names.map((name) => ["claim", place, name]));
      const all = taken.flat();
      expect(all).toHaveLength(30);
      expect(new Set(all).size).toBe(30);
      for (const [index, name] of names.entries()) {
        for (const id of taken[index] as string[]) {
          expect(await requests.request(id)).toMatchObject({ owner: name, attempts: 1 });
        }
      }
    });

    test("is one at a time for a snapshot, however many processes race for it", async () => {
      for (let index = 0; index < 10; index += 1) await approveOne(`r${index}`);
      const taken = await race(...["one", "two", "three"].map((name) => ["claim", place, name]));
      expect(taken.flat()).toHaveLength(1);
    });
  });

  describe("While a change of a snapshot is on its way", () => {
    beforeEach(async () => {
      await approveOne("r1");
      await approveOne("r2");
      await approveOne("elsewhere", OTHER_ID);
    });

    test("no other change of it is taken, by its id neither; one of another snapshot is", async () => {
      const first = await claimOne("me", NOW, "r1");
      expect(await requests.claim("you", NOW + 1, "r2")).toBeUndefined();
      expect((await claimOne("you", NOW + 1)).id).toBe("elsewhere");
      expect(await requests.claim("you", NOW + 1)).toBeUndefined();
      const applied = end(first, { kind: "applied", snapshot: AFTER, lookedUp: false }, NOW + 2);
      expect(await requests.settle(first, applied, NOW + 2)).toBe(true);
      expect((await claimOne("you", NOW + 2)).id).toBe("r2");
    });

    test("it may be waiting for another attempt: then the other one is taken", async () => {
      const first = await claimOne("me", NOW, "r1");
      await requests.settle(first, postpone(first, NOW + 1), NOW + 1);
      expect((await claimOne("you", NOW + 1, "r2")).id).toBe("r2");
      expect(await requests.claim("me", NOW + 60_000, "r1")).toBeUndefined();
    });

    test("with its outcome in doubt, the other one waits until Gcore can no longer be at work", async () => {
      const first = await claimOne("me", NOW, "r1");
      await requests.settle(first, doubt(first, NOW + 7, NOW + 20), NOW + 20);
      expect(await requests.claim("you", NOW + 7 + LEASE - 1, "r2")).toBeUndefined();
      expect((await claimOne("you", NOW + 7 + LEASE, "r2")).id).toBe("r2");
    });

    test("tried again after its first owner died, no other change of it is taken", async () => {
      await claimOne("me", NOW, "r1");
      await claimOne("heir", NOW + LEASE, "r1");
      expect(await requests.claim("you", NOW + LEASE + 1, "r2")).toBeUndefined();
      expect(await requests.claim("you", NOW + 2 * LEASE - 1, "r2")).toBeUndefined();
    });

    test("tried again after it was in doubt, no other change of it is taken", async () => {
      const first = await claimOne("me", NOW, "r1");
      await requests.settle(first, doubt(first, NOW + 7, NOW + 20), NOW + 20);
      await claimOne("heir", NOW + 2 * LEASE, "r1");
      expect(await requests.claim("you", NOW + 2 * LEASE + 1, "r2")).toBeUndefined();
    });
  });

  describe("What became of a request", () => {
    test("is written with its entry and its notices, and it is never due again", async () => {
      await approveOne("r1");
      const claimed = await claimOne("me", NOW);
      const applied = end(claimed, { kind: "applied", snapshot: AFTER, lookedUp: false }, NOW + 5);
      expect(await requests.settle(claimed, applied, NOW + 5)).toBe(true);
      expect(await requests.request("r1")).toEqual(applied);
      expect(await kinds()).toEqual(["requested r1", "approved r1", "attempted r1", "applied r1"]);
      expect(await said()).toEqual([
        "r1/summary/applied/C0000000001 #4",
        "r1/announcement/applied/CAUDIT00001 #4",
      ]);
      expect(await nextDue(database, "request")).toBeUndefined();
      expect(await requests.claim("you", NOW + 10 * LEASE)).toBeUndefined();
    });

    test("is refused from whoever has lost the claim, and nothing of it is kept", async () => {
      await approveOne("r1");
      const late = await claimOne("late", NOW);
      const heir = await claimOne("heir", NOW + LEASE);
      const before = [await kinds(), await said()];
      for (const next of [
        end(late, { kind: "applied", snapshot: AFTER, lookedUp: false }, NOW + LEASE),
        end(late, { kind: "failed", problem: PROBLEMS["no-key"] }, NOW + LEASE),
        postpone(late, NOW + LEASE),
        doubt(late, NOW, NOW + LEASE),
      ]) {
        expect(await requests.settle(late, next, NOW + LEASE)).toBe(false);
      }
      expect([await kinds(), await said()]).toEqual(before);
      expect(await requests.request("r1")).toEqual(heir);
    });

    test("is refused a second time from the same owner", async () => {
      await approveOne("r1");
      const claimed = await claimOne("me", NOW);
      const failed = end(claimed, { kind: "failed", problem: PROBLEMS["no-key"] }, NOW + 5);
      expect(await requests.settle(claimed, failed, NOW + 5)).toBe(true);
      expect(await requests.settle(claimed, failed, NOW + 5)).toBe(false);
      expect(await kinds()).toHaveLength(4);
      expect(await said()).toHaveLength(2);
    });

    test("may be a doubt: that is told once, and looked up when it is due", async () => {
      await approveOne("r1");
      let claimed = await claimOne("me", NOW);
      for (let turn = 0; turn < 3; turn += 1) {
        const now = claimed.claimedAt + 1_000;
        const next = doubt(claimed, NOW + 1, now);
        expect(await requests.settle(claimed, next, now)).toBe(true);
        expect(await requests.claim("early", next.dueAt - 1)).toBeUndefined();
        claimed = await claimOne(`owner-${turn}`, next.dueAt);
        expect(claimed.sentAt).toBe(NOW + 1);
      }
      expect(await said()).toEqual([`r1/word/applying/${MARIA.userId} #4`]);
      const entries = (await kinds()).filter((kind) => kind === "in doubt r1");
      expect(entries).toHaveLength(3);
    });

    test("is all taken back when its notices cannot be kept", async () => {
      await approveOne("r1");
      const claimed = await claimOne("me", NOW);
      await database.run("DROP TABLE outbox");
      const failed = end(claimed, { kind: "failed", problem: PROBLEMS["no-key"] }, NOW + 5);
      await expect(requests.settle(claimed, failed, NOW + 5)).rejects.toThrow(DatabaseError);
      expect(await requests.request("r1")).toEqual(claimed);
      expect(await kinds()).toHaveLength(3);
    });

    test("is kept letter by letter, whatever stands in names and tags", async () => {
      const name = "'; DROP TABLE request; -- \u202e\0 😀 \ud83d";
      const before = withTeam("payments", { name, description: "__proto__" });
      await requests.ask(draftOf("r1", previewOf(before)), VIEW, voteOf(), NOW);
      const claimed = await claimOne("me", NOW);
      const snapshot = {
        ...AFTER,
        name,
        tags: [{ key: "__proto__", value: name, readOnly: false }],
      };
      const applied = end(claimed, { kind: "applied", snapshot, lookedUp: false }, NOW + 5);
      expect(await requests.settle(claimed, applied, NOW + 5)).toBe(true);
      expect(await requests.request("r1")).toEqual(applied);
      expect(firstBroken(await readLedger(database))).toBeUndefined();
    });
  });

  describe("Everything that happened to requests", () => {
    test("is in one chain that holds, and in the outbox, and is there for another process", async () => {
      for (const id of ["r1", "r2", "r3"]) {
        await approveOne(id, OTHER_ID);
        const claimed = await claimOne("me", NOW, id);
        await requests.settle(
          claimed,
          end(claimed, { kind: "unknown", problem: PROBLEMS["gcore-unclear"] }, NOW + 1),
          NOW + 1,
        );
      }
      await requests.record(refusal(TOM, PROBLEMS["no-key"], NOW));
      const other = opened(place);
      const ledger = await readLedger(other);
      expect(ledger).toHaveLength(13);
      expect(firstBroken(ledger)).toBeUndefined();
      expect(await nextDue(other, "outbox")).toBe(NOW + 1);
    });
  });
});
