import { beforeEach, describe, expect, test } from "@jest/globals";
import { type Notice, noticeId, type RequestNotice } from "../../src/approval/notices.ts";
import { type Outbox, outboxIn, putNotices, type Waiting } from "../../src/store/outbox-table.ts";
import type { Database } from "../../src/store/sql.ts";
import { NOW } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, nextDue, opened, readyPlace } from "./temporary.ts";

const TURN = 60_000;

describe.each(ENGINES)("On %s", (engine) => {
  let place: string;
  let database: Database;
  let outbox: Outbox;

  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
    outbox = outboxIn(database);
  });

  const notice = (requestId: string, target = "C1"): RequestNotice => ({
    kind: "announcement",
    requestId,
    state: "applied",
    target,
  });

  const put = (notices: readonly Notice[], seq = 1): Promise<void> =>
    database.transaction((sql) => putNotices(sql, notices, seq, NOW));

  const take = async (now = NOW): Promise<Waiting> => {
    const waiting = await outbox.take(now, now + TURN);
    if (waiting === undefined) throw new Error("nothing waits");
    return waiting;
  };
  const taken = async (now = NOW): Promise<string | undefined> =>
    requestOf(await outbox.take(now, now + TURN));

  const requestOf = (waiting: Waiting | undefined): string | undefined =>
    waiting?.notice.kind === "refusal" ? undefined : waiting?.notice.requestId;

  describe("What is to be said", () => {
    test("is taken once, with its number in the ledger, and never again when it was said", async () => {
      await put([notice("r1")], 7);
      const waiting = await take();
      expect(waiting).toEqual({
        id: noticeId(notice("r1")),
        notice: notice("r1"),
        ledgerSeq: 7,
        attempts: 1,
        version: 1,
        place: null,
      });
      expect(await taken()).toBeUndefined();
      await outbox.done(waiting, NOW);
      expect(await taken(NOW + 10 * TURN)).toBeUndefined();
      expect(await nextDue(database, "outbox")).toBeUndefined();
    });

    test("is kept once, however often it is put in, also after it was said", async () => {
      await put([notice("r1"), notice("r1")]);
      const waiting = await take();
      await outbox.done(waiting, NOW);
      await put([notice("r1")], 9);
      expect(await taken(NOW + TURN)).toBeUndefined();
    });

    test("is taken again when whoever took it is never heard of", async () => {
      await put([notice("r1")]);
      await take();
      expect(await taken(NOW + TURN - 1)).toBeUndefined();
      expect((await take(NOW + TURN)).attempts).toBe(2);
    });

    test("is not taken before its time, and the time is known", async () => {
      await put([notice("r1")]);
      expect(await taken(NOW - 1)).toBeUndefined();
      expect(await nextDue(database, "outbox")).toBe(NOW);
    });

    test("is one's alone when two look at once", async () => {
      await put([notice("r1", "C1"), notice("r2", "C2")]);
      const second = outboxIn(opened(place));
      const both = [await outbox.take(NOW, NOW + TURN), await second.take(NOW, NOW + TURN)];
      expect(both.map(requestOf)).toEqual(["r1", "r2"]);
      expect(await second.take(NOW, NOW + TURN)).toBeUndefined();
    });
  });

  describe("To one place", () => {
    test("things are said in the order in which they happened", async () => {
      await put([notice("r1"), notice("r2")]);
      await put([notice("r3")]);
      const order: (string | undefined)[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        const waiting = await take(NOW + turn);
        order.push(requestOf(waiting));
        await outbox.done(waiting, NOW);
      }
      expect(order).toEqual(["r1", "r2", "r3"]);
    });

    test("the younger ones wait while one is on its way; other places do not", async () => {
      await put([notice("r1", "C1"), notice("r2", "C1"), notice("r3", "C2")]);
      const first = await take();
      expect(await taken()).toBe("r3");
      expect(await taken()).toBeUndefined();
      await outbox.done(first, NOW);
      expect(await taken()).toBe("r2");
    });

    test("the younger ones do not wait for one that was refused and waits for its time", async () => {
      await put([notice("r1"), notice("r2")]);
      await outbox.later(await take(), NOW + 900_000, "not_in_channel");
      expect(await taken()).toBe("r2");
    });

    test("the younger ones wait while one that was refused before is on its way again", async () => {
      await put([notice("r1"), notice("r2")]);
      await outbox.later(await take(), NOW + 2_000, "ratelimited");
      expect(await taken(NOW + 2_000)).toBe("r1");
      expect(await taken(NOW + 2_000)).toBeUndefined();
    });
  });

  describe("What was not taken by Slack", () => {
    test("comes again at its time, and is seen meanwhile with Slack's answer", async () => {
      await put([notice("r1")]);
      const waiting = await take();
      await outbox.later(waiting, NOW + 2_000, "not_in_channel");
      expect(await nextDue(database, "outbox")).toBe(NOW + 2_000);
      expect(await outbox.refused()).toEqual([{ waiting, error: "not_in_channel" }]);
      expect(await taken(NOW + 1_999)).toBeUndefined();
      const again = await take(NOW + 2_000);
      expect(again).toEqual({ ...waiting, attempts: 2 });
      await outbox.done(again, NOW);
      expect(await outbox.refused()).toEqual([]);
    });

    test("brings what is to be said because of it, at once and once only", async () => {
      await put([notice("r1")], 5);
      const follow: Notice = {
        kind: "channel-refuses",
        requestId: "r1",
        state: "applied",
        target: "U1",
        about: { channelId: "C1", error: "not_in_channel" },
      };
      await outbox.later(await take(), NOW + 2_000, "not_in_channel", [follow]);
      const told = await take();
      expect(told).toMatchObject({ notice: follow, ledgerSeq: 5 });
      await outbox.done(told, NOW);
      await outbox.later(await take(NOW + 2_000), NOW + 4_000, "not_in_channel", [follow]);
      expect(await taken(NOW + 2_000)).toBeUndefined();
    });
  });
});
