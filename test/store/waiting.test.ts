import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Pending } from "../../src/approval/change-request.ts";
import { approve, lapse, reject, withdraw } from "../../src/approval/decide.ts";
import { hold } from "../../src/approval/lock.ts";
import type { Refused, RequestNotice } from "../../src/approval/notice.ts";
import { err, ok } from "../../src/problem.ts";
import { type Requests, requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import {
  approversNeeded,
  BEFORE,
  draftOf,
  HOUR,
  MARIA,
  NOW,
  PROBLEMS,
  previewOf,
  TOM,
  voteOf,
} from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, nextDue, readyPlace } from "./temporary.ts";

const AUDIT = ["CAUDIT00001"];
const TWO = approversNeeded(2);

describe.each(ENGINES)("On %s, a request that waits for a decision", (engine) => {
  let database: Database;
  let requests: Requests;
  beforeEach(async () => {
    database = await migrated(await readyPlace(engine));
    requests = requestsIn(database, AUDIT);
  });

  const ask = async (id: string, at = NOW, rule = TWO): Promise<Pending> => {
    const asked = await requests.ask(draftOf(id, previewOf(BEFORE, {}, rule)), "V1", null, at);
    if (asked.state !== "pending") throw new Error("it does not wait");
    return asked;
  };
  const kinds = async (): Promise<readonly unknown[]> =>
    (await database.all("SELECT kind FROM ledger ORDER BY seq")).map(({ kind }) => kind);
  const said = async (kind: string): Promise<readonly unknown[]> =>
    (await database.all(`SELECT id FROM outbox WHERE id LIKE '%/${kind}/%' ORDER BY place`)).map(
      ({ id }) => id,
    );

  test("is decided as it is by then: with each approval it goes on, and the last one ends the wait", async () => {
    await ask("r1");
    const one = await requests.decide("r1", NOW, (it) => ok(approve(it, voteOf(TOM))));
    expect(one).toMatchObject({ kind: "done", request: { state: "pending" } });
    const two = await requests.decide("r1", NOW, (it) => ok(approve(it, voteOf(MARIA))));
    expect(two).toMatchObject({ kind: "done", request: { state: "approved" } });
    expect(await requests.request("r1")).toEqual(two.kind === "done" ? two.request : "not done");
    expect(await kinds()).toEqual(["requested", "approval", "approved"]);
    const third = await requests.decide("r1", NOW, () => {
      throw new Error("nobody is asked about what is decided");
    });
    expect(third).toEqual({ kind: "late", request: await requests.request("r1") });
  });

  test("stays as it was when whoever clicks may not decide, or nothing comes of the click", async () => {
    const request = await ask("r1");
    const refused = await requests.decide("r1", NOW, () => err(PROBLEMS["own-request"]));
    expect(refused).toEqual({ kind: "refused", request, problem: PROBLEMS["own-request"] });
    const same = await requests.decide("r1", NOW, (it) => ok(lapse(it, () => true)));
    expect(same).toEqual({ kind: "late", request });
    expect(await requests.decide("r2", NOW, (it) => ok(it))).toEqual({ kind: "gone" });
    expect(await requests.request("r1")).toEqual(request);
    expect(await kinds()).toEqual(["requested"]);
  });

  test("that is over can no longer be decided: whoever clicks is told that it has expired", async () => {
    await ask("r1");
    await ask("r2");
    const rejected = await requests.decide("r1", NOW + 24 * HOUR - 1, (it) =>
      ok(reject(it, voteOf(TOM, NOW, "no"))),
    );
    expect(rejected).toMatchObject({ kind: "done", request: { state: "rejected" } });
    const late = await requests.decide("r2", NOW + 24 * HOUR, () => {
      throw new Error("nobody is asked about what is over");
    });
    expect(late).toMatchObject({ kind: "late", request: { state: "expired" } });
    expect(await said("word")).toEqual([
      `r1/word/rejected/${MARIA.userId}`,
      `r2/word/expired/${MARIA.userId}`,
    ]);
  });

  test("is not over when its time is, once it was agreed to: then it is stopped by whoever asked", async () => {
    await ask("r1", NOW, approversNeeded());
    await requests.decide("r1", NOW, (it) => ok(approve(it, voteOf(TOM))));
    const claimed = await requests.claim("me", NOW);
    if (claimed === undefined) throw new Error("nothing is due");
    await requests.settle(claimed, hold(claimed, PROBLEMS.locked, NOW), NOW);
    const later = NOW + 25 * HOUR;
    const back = await requests.withdraw("r1", later, (it) => ok(withdraw(it, later)));
    expect(back).toMatchObject({ kind: "done", request: { state: "withdrawn" } });
    expect((await kinds()).at(-1)).toBe("stopped");
  });

  test("can be taken back until it is decided", async () => {
    await ask("r1");
    await ask("r2");
    const back = () => requests.withdraw("r1", NOW, (it) => ok(withdraw(it, NOW)));
    expect(await back()).toMatchObject({ kind: "done", request: { state: "withdrawn" } });
    expect(await back()).toMatchObject({ kind: "late", request: { state: "withdrawn" } });
    await requests.decide("r2", NOW, (it) => ok(reject(it, voteOf(TOM))));
    const late = await requests.withdraw("r2", NOW, () => {
      throw new Error("nobody is asked about what is decided");
    });
    expect(late).toMatchObject({ kind: "late", request: { state: "rejected" } });
    expect(await kinds()).toEqual(["requested", "requested", "withdrawn", "rejected"]);
  });

  test("is reminded of at half of its time and shortly before its end, and then it expires", async () => {
    await ask("r1");
    expect(await requests.onTimer(NOW + 12 * HOUR - 1)).toBe(false);
    expect(await requests.onTimer(NOW + 12 * HOUR)).toBe(true);
    expect(await requests.onTimer(NOW + 12 * HOUR)).toBe(false);
    const channel = draftOf().origin.channelId;
    expect(await said("reminder")).toEqual([`r1/reminder/pending/${channel}/1`]);
    expect(await requests.onTimer(NOW + 23 * HOUR)).toBe(true);
    expect(await said("reminder")).toHaveLength(2);
    expect(await requests.pending()).toHaveLength(1);
    expect(await nextDue(database, "request")).toBe(NOW + 24 * HOUR);
    expect(await requests.onTimer(NOW + 24 * HOUR)).toBe(true);
    expect(await requests.onTimer(NOW + 48 * HOUR)).toBe(false);
    expect(await requests.request("r1")).toMatchObject({ state: "expired" });
    expect(await requests.pending()).toEqual([]);
    expect(await kinds()).toEqual(["requested", "reminded", "reminded", "expired"]);
    expect(await said("word")).toEqual([`r1/word/expired/${MARIA.userId}`]);
  });

  test("is reminded of once when two look at the clock at the same moment, the first due first", async () => {
    await ask("younger", NOW + 1);
    await ask("older");
    const both = [requests.onTimer(NOW + 12 * HOUR), requests.onTimer(NOW + 12 * HOUR)];
    expect((await Promise.all(both)).sort()).toEqual([false, true]);
    expect(await said("reminder")).toEqual([expect.stringMatching(/^older\//)]);
  });

  test("is listed while it waits, the oldest first", async () => {
    await ask("younger", NOW + 1);
    await ask("older");
    await ask("decided");
    await requests.decide("decided", NOW, (it) => ok(reject(it, voteOf(TOM))));
    expect((await requests.pending()).map(({ id }) => id)).toEqual(["older", "younger"]);
    expect((await requests.ofRequester(MARIA, 5)).map(({ id }) => id)).toEqual(["decided"]);
  });

  test("is drawn anew in a view that shows it as it no longer is, and in no other", async () => {
    const shown = await ask("r1");
    const view = (target: string): RequestNotice => ({
      ...{ kind: "view", requestId: "r1", state: "pending", target },
    });
    await requests.watch(view("V2"), shown, NOW);
    const due = async () =>
      (
        await database.all("SELECT target FROM outbox WHERE target LIKE 'V%' AND due_at <= ?", NOW)
      ).map(({ target }) => target);
    expect(await due()).toEqual([]);
    await requests.watch(view("V3"), { ...shown, reason: "another" }, NOW);
    expect(await due()).toEqual(["V3"]);
    await requests.decide("r1", NOW, (it) => ok(reject(it, voteOf(TOM))));
    expect((await due()).toSorted()).toEqual(["V1", "V2", "V3"]);
  });

  test("is followed by no view that shows it at its end", async () => {
    await ask("r1");
    const rejected = await requests.decide("r1", NOW, (it) => ok(reject(it, voteOf(TOM))));
    if (rejected.kind !== "done") throw new Error(rejected.kind);
    const view = { kind: "view", requestId: "r1", state: "rejected", target: "V2" } as const;
    await requests.watch(view, rejected.request, NOW);
    expect(await database.all("SELECT id FROM outbox WHERE target = 'V2'")).toEqual([]);
  });

  test("keeps what somebody tried without the right, and has it said where the rule wants that", async () => {
    await ask("r1");
    const { ref } = previewOf(BEFORE);
    const refused: Refused = {
      ...({ by: TOM, what: "approve", problem: PROBLEMS["not-an-approver"] } as const),
      ...{ ref, snapshotName: "nightly", rows: [] },
    };
    await requests.refuse(refused, NOW + 1, undefined, "r1");
    expect(await said("refusal")).toEqual([]);
    const announce = { channels: null, outcomes: ["refused"] } as const;
    await requests.refuse(refused, NOW + 2, { ...TWO, announce }, "r1");
    expect(await said("refusal")).toEqual(["refusal-3/refusal/CAUDIT00001"]);
    const rows = await database.all(
      "SELECT kind, request_id AS id, body FROM ledger WHERE seq > 1",
    );
    expect(rows.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["refused r1", "refused r1"]);
    expect(JSON.parse(String(rows[0]?.body))).toMatchObject({ by: TOM, at: expect.anything() });
  });
});
