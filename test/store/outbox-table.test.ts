import { beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { withdraw } from "../../src/approval/decide.ts";
import {
  isOfRequest,
  type Notice,
  noticeId,
  type RequestNotice,
} from "../../src/approval/notice.ts";
import { ok } from "../../src/problem.ts";
import { nudgeFollowers, putNotices, putShown } from "../../src/store/outbox-notices.ts";
import { type Outbox, outboxIn, untaken, type Waiting } from "../../src/store/outbox-table.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import { approversNeeded, BEFORE, draftOf, HOUR, NOW, previewOf } from "../approval/samples.ts";
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

  /** The request has changed: all that follows it is due. */
  const change = (requestId: string, now = NOW): Promise<void> =>
    database.transaction((sql) => nudgeFollowers(sql, requestId, 9, now));
  const shown = (view: RequestNotice, dueAt: number | null): Promise<void> =>
    database.transaction((sql) => putShown(sql, view, dueAt));

  const requestOf = (waiting: Waiting | undefined): string | undefined =>
    waiting !== undefined && isOfRequest(waiting.notice) ? waiting.notice.requestId : undefined;

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

    test("is forgotten some time after it was said, hundreds at a time, and never before", async () => {
      const many = Array.from({ length: 501 }, (_, index) => notice(`r${index}`, `C${index}`));
      await put([...many, notice("refused", "C900"), notice("waits", "C901")]);
      for (let index = 0; index < many.length; index += 1) {
        await outbox.done(await take(), NOW + index);
      }
      await outbox.later(await take(), NOW + TURN, "not_in_channel");
      const left = async (): Promise<number> =>
        Number((await database.all("SELECT count(*) AS n FROM outbox"))[0]?.n);
      expect([await outbox.forgetSaid(NOW), await left()]).toEqual([false, 503]);
      expect([await outbox.forgetSaid(NOW + 1), await left()]).toEqual([false, 502]);
      expect([await outbox.forgetSaid(NOW + HOUR), await left()]).toEqual([true, 2]);
      expect([await outbox.forgetSaid(NOW + HOUR), await left()]).toEqual([false, 2]);
      expect(await taken()).toBe("waits");
      expect(await taken(NOW + TURN)).toBe("refused");
    });

    test("is kept as long as it follows a request that has not ended", async () => {
      const requests = requestsIn(database, []);
      await requests.ask(draftOf("r1", previewOf(BEFORE, {}, approversNeeded())), "V1", null, NOW);
      const card = await take();
      await outbox.done(card, NOW, { channel: "C1", ts: "1.2" });
      await outbox.forgetSaid(NOW + HOUR);
      expect(await outbox.card("r1")).toEqual({ channel: "C1", ts: "1.2" });
      await requests.withdraw("r1", NOW, (request) => ok(withdraw(request, NOW)));
      await outbox.forgetSaid(NOW + HOUR);
      // It is still to be said that it was taken back.
      expect(await outbox.card("r1")).toEqual({ channel: "C1", ts: "1.2" });
      for (let one = await outbox.take(NOW + HOUR, NOW + 2 * HOUR); one !== undefined; ) {
        await outbox.done(one, NOW + HOUR);
        one = await outbox.take(NOW + HOUR, NOW + 2 * HOUR);
      }
      await outbox.forgetSaid(NOW + HOUR + 1);
      expect(await outbox.card("r1")).toBeUndefined();
    });

    test("is counted when it is put in for the first time, and left alone later", async () => {
      expect(await outbox.put([notice("r1")], NOW)).toBe(1);
      expect(await outbox.put([notice("r1"), notice("r2", "C2")], NOW)).toBe(1);
      expect(await outbox.put([notice("r1"), notice("r2", "C2")], NOW)).toBe(0);
      expect([await taken(), await taken(), await taken()]).toEqual(["r1", "r2", undefined]);
    });

    test("is one's alone when two look at once", async () => {
      await put([notice("r1", "C1"), notice("r2", "C2")]);
      const second = outboxIn(opened(place));
      const both = [await outbox.take(NOW, NOW + TURN), await second.take(NOW, NOW + TURN)];
      expect(both.map(requestOf)).toEqual(["r1", "r2"]);
      expect(await second.take(NOW, NOW + TURN)).toBeUndefined();
      await put([notice("r3", "C3")]);
      const looks = [outbox.take(NOW, NOW + TURN), outbox.take(NOW, NOW + TURN)];
      const third = (await Promise.all(looks)).filter((one) => one !== undefined);
      expect(third.map(requestOf)).toEqual(["r3"]);
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

  describe("When Slack wants a pause", () => {
    const LIMITED = NOW + 30_000;
    beforeEach(async () => {
      await put([notice("r1", "C1")]);
      await outbox.later(await take(), LIMITED, "ratelimited");
    });

    test("nothing goes to that place before it is over, what comes to be said meanwhile neither", async () => {
      await put([notice("r2", "C1"), notice("elsewhere", "C2")]);
      expect(await taken()).toBe("elsewhere");
      expect(await taken(LIMITED - 1)).toBeUndefined();
      expect(await taken(LIMITED)).toBe("r1");
    });

    test("a message there that follows its request is not changed before either", async () => {
      const card: RequestNotice = { kind: "card", requestId: "r9", state: "pending", target: "C9" };
      await put([card]);
      await outbox.later(await take(), LIMITED, "ratelimited");
      await change("r9");
      expect(await taken(LIMITED - 1)).toBeUndefined();
      expect(await taken(LIMITED)).toBe("r1");
      expect(await taken(LIMITED)).toBe("r9");
    });

    test("other refusals hold nobody up", async () => {
      await put([notice("r3", "C3")]);
      await outbox.later(await take(), LIMITED, "not_in_channel");
      await put([notice("r4", "C3")]);
      expect(await taken()).toBe("r4");
    });
  });

  describe("What follows its request", () => {
    const card: RequestNotice = { kind: "card", requestId: "r1", state: "pending", target: "C1" };
    const place = { channel: "C1", ts: "1.1" };
    const posted = async (): Promise<void> => {
      await put([card]);
      await outbox.done(await take(), NOW, place);
    };

    test("[node-slack-sdk#2010] is changed in its place, once for many changes of the request", async () => {
      await posted();
      for (let nth = 0; nth < 20; nth += 1) await change("r1", NOW + nth);
      const again = await take(NOW + 2_000);
      expect(again).toMatchObject({ place, version: 21, ledgerSeq: 9 });
      await outbox.done(again, NOW + 2_000);
      expect(await taken(NOW + TURN)).toBeUndefined();
    });

    test("when overtaken on its way is due once more, however often it was overtaken", async () => {
      await posted();
      await change("r1");
      const first = await take(NOW + 1_000);
      await change("r1", NOW + 1_001);
      await change("r1", NOW + 1_002);
      expect(await taken(NOW + 1_003)).toBeUndefined();
      await outbox.done(first, NOW + 1_004);
      const second = await take(NOW + 5_000);
      await outbox.done(second, NOW + 5_000);
      expect(await taken(NOW + TURN)).toBeUndefined();
    });

    test("is not changed more often than once a second", async () => {
      await posted();
      await change("r1");
      expect(await taken(NOW + 999)).toBeUndefined();
      expect(await taken(NOW + 1_000)).toBe("r1");
    });

    test("is left alone when another request changes, and when it was forgotten", async () => {
      await posted();
      await change("r2");
      expect(await taken(NOW + 2_000)).toBeUndefined();
      await change("r1");
      await outbox.forget(await take(NOW + 2_000));
      await change("r1");
      expect(await taken(NOW + TURN)).toBeUndefined();
      expect(await outbox.card("r1")).toBeUndefined();
    });

    test("an open view is drawn anew at once where it shows what is over", async () => {
      const view: RequestNotice = { kind: "view", requestId: "r1", state: "pending", target: "V1" };
      await shown(view, null);
      expect(await taken(NOW + TURN)).toBeUndefined();
      await shown(view, NOW);
      expect(await taken()).toBe("r1");
    });

    test("an open view that is to be drawn anew stays so when it is shown once more", async () => {
      const view: RequestNotice = { kind: "view", requestId: "r1", state: "pending", target: "V1" };
      await shown(view, NOW);
      await shown(view, null);
      expect(await taken()).toBe("r1");
    });
  });

  describe("No place gets more than Slack allows", () => {
    test("five in five seconds, in their order, whatever else is to be said", async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat({ max: 1_500 }), { maxLength: 30 }), async (pauses) => {
          await database.run("DELETE FROM outbox");
          const names = Array.from(
            { length: 12 },
            (_, index) => `r${String(index).padStart(2, "0")}`,
          );
          await put(names.map((name) => notice(name)));
          const sent: { at: number; name: string | undefined }[] = [];
          let now = NOW;
          for (const pause of [...pauses, 5_001, 5_001, 5_001]) {
            now += pause;
            for (let turn = 0; turn < 12; turn += 1) {
              const waiting = await outbox.take(now, now + TURN);
              if (waiting === undefined) break;
              sent.push({ at: now, name: requestOf(waiting) });
              await outbox.done(waiting, now);
            }
          }
          expect(sent.map(({ name }) => name)).toEqual(names);
          for (const { at } of sent) {
            const near = sent.filter((other) => other.at > at - 5_000 && other.at <= at);
            expect(near.length).toBeLessThanOrEqual(5);
          }
        }),
        { numRuns: 15 },
      );
    });
  });

  describe("What was not taken by Slack", () => {
    test("comes again at its time, and is seen meanwhile with Slack's answer", async () => {
      await put([notice("r1")]);
      const waiting = await take();
      await outbox.later(waiting, NOW + 2_000, "not_in_channel");
      expect(await nextDue(database, "outbox")).toBe(NOW + 2_000);
      const dueAt = NOW + 2_000;
      expect(await untaken(database)).toEqual([{ waiting, error: "not_in_channel", dueAt }]);
      expect(await taken(NOW + 1_999)).toBeUndefined();
      const again = await take(NOW + 2_000);
      expect(again).toEqual({ ...waiting, attempts: 2 });
      await outbox.done(again, NOW);
      expect(await untaken(database)).toEqual([]);
    });

    test("comes again as soon as its place takes something else", async () => {
      await put([notice("r1"), notice("r2", "C2")]);
      const later = NOW + 3_600_000;
      await outbox.later(await take(), later, "not_in_channel");
      await outbox.done(await take(), NOW);
      expect(await taken(NOW + 1)).toBeUndefined();
      await put([notice("r3")]);
      await outbox.done(await take(NOW + 1), NOW + 1);
      expect(await taken(NOW + 1)).toBe("r1");
    });

    test("does not come sooner than Slack wants it, when it was too much at a time", async () => {
      await put([notice("r1"), notice("r2")]);
      const both = [await take()];
      await outbox.later(both[0] as Waiting, NOW + 1, "not_in_channel");
      both.push(await take());
      await outbox.later(both[1] as Waiting, NOW + 30_000, "ratelimited");
      await outbox.done(both[0] as Waiting, NOW);
      expect(await taken(NOW + 29_999)).toBeUndefined();
    });

    test("brings what is to be said because of it, at once and once only", async () => {
      await put([notice("r1")], 5);
      const follow: Notice = {
        kind: "undelivered",
        target: "U1",
        of: notice("r1"),
        error: "not_in_channel",
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
