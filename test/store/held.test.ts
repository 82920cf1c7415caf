import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Held } from "../../src/approval/change-request.ts";
import { withdraw } from "../../src/approval/decide.ts";
import { giveUp, hold, release } from "../../src/approval/lock.ts";
import { ok } from "../../src/problem.ts";
import { type Requests, requestsIn } from "../../src/store/requests.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import {
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
import { migrated, opened, readyPlace } from "./temporary.ts";

const AUDIT = ["CAUDIT00001"];

describe.each(ENGINES)("On %s, a request that waits for a lock", (engine) => {
  let place: string;
  let database: Database;
  let requests: Requests;
  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
    requests = requestsIn(database, AUDIT);
  });

  async function heldOne(id: string, snapshotId = BEFORE.snapshotId): Promise<Held> {
    const preview = previewOf(withTeam("payments", { snapshotId }));
    await requests.ask(draftOf(id, preview), "V1", voteOf(), NOW);
    const claimed = await requests.claim("me", NOW, id);
    const held = claimed && hold(claimed, PROBLEMS.locked, NOW);
    if (claimed === undefined || held?.state !== "held") throw new Error("it is not held");
    expect(await requests.settle(claimed, held, NOW)).toBe(true);
    return held;
  }

  const kinds = async (): Promise<readonly unknown[]> =>
    (await database.all("SELECT kind FROM ledger ORDER BY seq")).map(({ kind }) => kind);

  test("is looked at when it is due, and not again before the next look is; that leaves no entry", async () => {
    const { dueAt } = await heldOne("r1");
    expect(await requests.takeHeld(dueAt - 1)).toBeUndefined();
    const taken = await requests.takeHeld(dueAt);
    expect(taken).toMatchObject({ id: "r1", state: "held", dueAt: dueAt + 5_000 });
    expect(await requests.takeHeld(dueAt)).toBeUndefined();
    expect(await kinds()).toEqual(["requested", "approved", "attempted", "held"]);
  });

  test("is taken for a look by one of several processes", async () => {
    for (let index = 0; index < 20; index += 1) await heldOne(`r${index}`);
    const taken = await race(...["one", "two", "three"].map((name) => ["look", place, name]));
    expect(taken.flat().sort()).toEqual(Array.from({ length: 20 }, (_, at) => `r${at}`).sort());
  });

  test("is not applied while it waits, and keeps no other change of the snapshot from it", async () => {
    await heldOne("r1");
    await requests.ask(draftOf("r2"), "V2", voteOf(), NOW);
    expect(await requests.claim("me", Number.MAX_SAFE_INTEGER, "r1")).toBeUndefined();
    expect((await requests.claim("me", NOW))?.id).toBe("r2");
  });

  test("goes on when it is released, and says nothing of that", async () => {
    const held = await heldOne("r1");
    expect(await requests.release(held, release(held, NOW + 1), NOW + 1)).toBe(true);
    expect(await requests.release(held, release(held, NOW + 2), NOW + 2)).toBe(false);
    expect(await requests.claim("me", NOW + 1)).toMatchObject({ id: "r1", attempts: 1 });
    expect((await kinds()).slice(3)).toEqual(["held", "released", "attempted"]);
    const said = await database.all("SELECT id FROM outbox WHERE follows = 0");
    expect(said).toEqual([{ id: `r1/word/held/${MARIA.userId}` }]);
  });

  test("is told as failed when it is given up", async () => {
    const held = await heldOne("r1");
    const given = giveUp(held, PROBLEMS["requester-left"], NOW + 1);
    expect(await requests.release(held, given, NOW + 1)).toBe(true);
    expect(await requests.request("r1")).toEqual(given);
    const said = await database.all("SELECT id FROM outbox WHERE id LIKE '%failed%' ORDER BY id");
    expect(said).toHaveLength(2);
  });

  test("is taken for a look once when two look at the same moment, and to be applied once", async () => {
    const { dueAt } = await heldOne("r1");
    const looks = await Promise.all([requests.takeHeld(dueAt), requests.takeHeld(dueAt)]);
    const [held, ...more] = looks.filter((one) => one !== undefined);
    if (held === undefined) throw new Error("nobody looks");
    expect(more).toEqual([]);
    await requests.release(held, release(held, dueAt), dueAt);
    const claims = await Promise.all([requests.claim("a", dueAt), requests.claim("b", dueAt)]);
    expect(claims.filter((one) => one !== undefined)).toHaveLength(1);
  });

  test("is either stopped or released, whichever comes first, on whatever process", async () => {
    const other = requestsIn(opened(place), AUDIT);
    for (let index = 0; index < 10; index += 1) {
      const held = await heldOne(`r${index}`, `5ed275b8-7eed-4722-8c98-00000000000${index}`);
      const [stopped, released] = await Promise.all([
        other.withdraw(held.id, NOW + 1, (one) => ok(withdraw(one, NOW + 1))),
        requests.release(held, release(held, NOW + 1), NOW + 1),
      ]);
      expect(stopped.kind).toBe(released ? "late" : "done");
      const { state } = (await requests.request(held.id)) ?? {};
      expect(state).toBe(released ? "approved" : "withdrawn");
    }
  });

  test("ends once: after a stop the database itself refuses another end", async () => {
    const held = await heldOne("r1");
    await requests.withdraw("r1", NOW + 1, (one) => ok(withdraw(one, NOW + 1)));
    expect((await kinds()).at(-1)).toBe("stopped");
    const end = { kind: "failed", at: NOW + 2, by: MARIA, request: held.id } as const;
    await expect(requests.record(end)).rejects.toThrow(DatabaseError);
  });

  test("is listed for whoever asked, and for nobody else", async () => {
    await heldOne("r1");
    expect((await requests.held(MARIA)).map(({ id }) => id)).toEqual(["r1"]);
    expect(await requests.held(TOM)).toEqual([]);
    expect(await requests.held({ ...MARIA, teamId: "T0000000002" })).toEqual([]);
    expect(await requests.ofRequester(MARIA, 5)).toEqual([]);
  });
});
