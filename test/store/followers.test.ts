import { beforeEach, describe, expect, test } from "@jest/globals";
import type { Applying } from "../../src/approval/change-request.ts";
import { end } from "../../src/approval/claim.ts";
import { approve, reject, withdraw } from "../../src/approval/decide.ts";
import { giveUp, hold } from "../../src/approval/lock.ts";
import type { Person } from "../../src/approval/person.ts";
import { BULK_LIMITS, type Rule } from "../../src/approval/policy.ts";
import { ok } from "../../src/problem.ts";
import { homeTabsIn } from "../../src/store/home-tabs.ts";
import { outboxIn } from "../../src/store/outbox-table.ts";
import { plansIn } from "../../src/store/plans.ts";
import { type Requests, requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import {
  AFTER,
  ANN,
  approversNeeded,
  BEFORE,
  draftOf,
  MARIA,
  NOW,
  PROBLEMS,
  previewOf,
  TOM,
  voteOf,
} from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { itemsOf, shownOf } from "./plan-samples.ts";
import { migrated, readyPlace } from "./temporary.ts";

const TURN = 60_000;
const APPLIED = { kind: "applied", snapshot: AFTER, lookedUp: false } as const;

describe.each(ENGINES)("On %s", (engine) => {
  let database: Database;
  let requests: Requests;
  beforeEach(async () => {
    database = await migrated(await readyPlace(engine));
    requests = requestsIn(database, []);
  });

  const claimItem = async (): Promise<Applying> => {
    const [item] = await requests.claimItems("me", NOW, 1);
    if (item === undefined) throw new Error("there is no item to begin");
    return item;
  };
  const startPlan = async (size: number, rule?: Rule): Promise<void> => {
    await plansIn(database).put("plan", itemsOf(size));
    const vote = rule === undefined ? voteOf() : null;
    await requests.askMany(shownOf("plan", size, rule), "V1", vote, NOW, BULK_LIMITS);
  };

  describe("The home tabs that change", () => {
    /** Whose tabs are due at `now`, of all who have opened theirs; then none is. */
    const due = async (now: number): Promise<readonly Person[]> => {
      const tabs = homeTabsIn(database);
      const people: Person[] = [];
      for (let tab = await tabs.take(now, now + 1); tab; tab = await tabs.take(now, now + 1)) {
        people.push(tab.person);
        await tabs.done(tab, now);
      }
      return people.toSorted((one, other) => (one.userId < other.userId ? -1 : 1));
    };
    beforeEach(async () => {
      for (const person of [MARIA, TOM, ANN]) await homeTabsIn(database).open(person);
      expect(await due(NOW)).toEqual([MARIA, TOM, ANN]);
    });
    const asks = (vote: Parameters<Requests["ask"]>[2]) =>
      requests.ask(draftOf("r1", previewOf(BEFORE, {}, approversNeeded())), "V1", vote, NOW);

    test("are those of all who may decide while a request waits, and its requester's after that", async () => {
      await asks(null);
      expect(await due(NOW + TURN)).toEqual([MARIA, TOM, ANN]);
      await requests.decide("r1", NOW, (it) => ok(approve(it, voteOf(TOM))));
      expect(await due(NOW + 2 * TURN)).toEqual([MARIA, TOM, ANN]);
      const claimed = await requests.claim("me", NOW);
      if (claimed === undefined) throw new Error("nothing is due");
      await requests.settle(claimed, end(claimed, APPLIED, NOW), NOW);
      expect(await due(NOW + 3 * TURN)).toEqual([MARIA]);
    });

    test("are not those of approvers when nobody has to wait for them", async () => {
      await asks(voteOf());
      expect(await due(NOW + TURN)).toEqual([MARIA]);
    });

    test("are nobody's with each item of a plan, and the requester's when it is at its end", async () => {
      await startPlan(2);
      await due(NOW + TURN);
      for (const whose of [[], [MARIA]]) {
        const item = await claimItem();
        await requests.settle(item, end(item, APPLIED, NOW), NOW);
        expect(await due(NOW + 2 * TURN)).toEqual(whose);
      }
    });

    test("are due when something else of theirs has changed, and those of nobody never are", async () => {
      const tabs = homeTabsIn(database);
      await tabs.changed([]);
      expect(await due(NOW + TURN)).toEqual([]);
      await tabs.changed([TOM.userId]);
      expect(await due(NOW + TURN)).toEqual([TOM]);
    });
  });

  describe("While a plan goes on", () => {
    /** What is due by then, each said and done with. */
    const due = async (now: number): Promise<readonly string[]> => {
      const outbox = outboxIn(database);
      const said: string[] = [];
      for (let one = await outbox.take(now, now + 1); one; one = await outbox.take(now, now + 1)) {
        said.push(one.id);
        await outbox.done(one, now, { channel: one.notice.target, ts: "1.1" });
      }
      return said;
    };

    test("its card tells how far it has come every three seconds, and who was invited is left in peace", async () => {
      await startPlan(3, approversNeeded(1, { directMessage: true }));
      const { channelId: channel } = draftOf().origin;
      const [card, invitation] = [`plan/card/${channel}`, `plan/invitation/${TOM.userId}`];
      expect(await due(NOW)).toEqual([card, invitation]);
      await requests.decide("plan", NOW, (it) => ok(approve(it, voteOf(TOM))));
      // The decision itself is everybody's, and at once.
      expect(await due(NOW + 1_000)).toEqual(["plan/view/V1", card, invitation]);
      const outbox = outboxIn(database);
      expect(await outbox.card("plan")).toEqual({ channel, ts: "1.1" });
      const item = await claimItem();
      await requests.settle(item, end(item, APPLIED, NOW), NOW);
      expect(await due(NOW + 3_999)).toEqual([]);
      expect(await due(NOW + 4_000)).toEqual(["plan/view/V1", card]);
    });

    test("a view that shows one of its items is drawn anew when that item changes", async () => {
      await startPlan(2);
      await due(NOW);
      const item = await claimItem();
      const view = { kind: "view", requestId: item.id, state: item.state, target: "V9" } as const;
      await requests.watch(view, item, NOW);
      expect(await due(NOW + TURN)).toEqual([]);
      await requests.settle(item, end(item, APPLIED, NOW), NOW);
      expect(await due(NOW + 2 * TURN)).toContain(`${item.id}/view/V9`);
    });

    test("whoever takes its last item back is told of that item, and the plan is at its end", async () => {
      await startPlan(1);
      const item = await claimItem();
      await requests.settle(item, hold(item, PROBLEMS.locked, NOW), NOW);
      const back = await requests.withdraw(item.id, NOW, (it) => ok(withdraw(it, NOW)));
      expect(back).toMatchObject({ kind: "done", request: { id: item.id, state: "withdrawn" } });
      expect(await requests.request("plan")).toMatchObject({
        ...{ state: "finished", counts: { stopped: 1 } },
      });
    });

    test("it is at its end when its last item waits for a lock no longer and cannot go on", async () => {
      await startPlan(1);
      const item = await claimItem();
      await requests.settle(item, hold(item, PROBLEMS.locked, NOW), NOW);
      const held = await requests.takeHeld(NOW + TURN);
      if (held === undefined) throw new Error("nothing waits for a lock");
      const failed = giveUp(held, PROBLEMS["requester-left"], NOW + TURN);
      expect(await requests.release(held, failed, NOW + TURN)).toBe(true);
      expect(await requests.request("plan")).toMatchObject({
        ...{ state: "finished", counts: { failed: 1 } },
      });
    });

    test("nothing of it is begun that was rejected", async () => {
      await startPlan(1, approversNeeded());
      await requests.decide("plan", NOW, (it) => ok(reject(it, voteOf(TOM))));
      expect(await requests.claimItems("me", NOW, 1)).toEqual([]);
      expect(await requests.request("plan")).toMatchObject({ state: "rejected" });
    });
  });
});
