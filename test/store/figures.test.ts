import { beforeEach, describe, expect, test } from "@jest/globals";
import { end } from "../../src/approval/claim.ts";
import type { Notice } from "../../src/approval/notice.ts";
import { type Figures, figuresOf } from "../../src/store/figures.ts";
import { outboxIn } from "../../src/store/outbox-table.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import {
  approversNeeded,
  BEFORE,
  draftOf,
  MARIA,
  NOW,
  PROBLEMS,
  previewOf,
  voteOf,
} from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { itemsOf, runPlan } from "./plan-samples.ts";
import { migrated, readyPlace, refuseEntries } from "./temporary.ts";

const FAILED = { kind: "failed", problem: PROBLEMS["key-refused"] } as const;

describe.each(ENGINES)("On %s, the figures of a moment", (engine) => {
  let database: Database;
  let moves: string[];
  beforeEach(async () => {
    database = await migrated(await readyPlace(engine));
    moves = [];
  });
  const requests = () =>
    requestsIn(database, [], (from, to) => moves.push(`${from?.state ?? "new"} ${to.state}`));
  const counts = ({ open }: Figures): object =>
    Object.fromEntries(open.map(({ of, state, count }) => [`${of} ${state}`, count]));

  test("are all zero where nothing is open", async () => {
    expect(await figuresOf(database, NOW)).toEqual({
      open: [],
      itemsToBegin: 0,
      outbox: { waiting: 0, due: 0, refused: 0, oldestDue: 0 },
    });
  });

  test("count what is open by its state, the items of plans apart, and nothing that has ended", async () => {
    const all = requests();
    const needsTom = previewOf(BEFORE, {}, approversNeeded());
    await all.ask(draftOf("waits", needsTom), "V1", null, NOW);
    await all.ask(draftOf("agreed"), "V2", voteOf(MARIA, NOW), NOW);
    await runPlan({ plans: plansIn(database), requests: all }, "plan", itemsOf(5));
    const [one, two] = await all.claimItems("owner", NOW, 2);
    if (one === undefined || two === undefined) throw new Error("there are no items");
    expect(counts(await figuresOf(database, NOW))).toEqual({
      "request pending": 1,
      "request approved": 1,
      "request running": 1,
      "item applying": 2,
    });
    await all.settle(one, end(one, FAILED, NOW), NOW);
    const later = await figuresOf(database, NOW);
    expect(counts(later)).toMatchObject({ "item applying": 1, "request running": 1 });
    expect(later.itemsToBegin).toBe(3);
  });

  test("tell what is to be said, what is due, what was refused, and since when the oldest is due", async () => {
    const notice = (target: string): Notice => ({
      kind: "announcement",
      requestId: "r1",
      state: "applied",
      target,
    });
    const outbox = outboxIn(database);
    await outbox.put([notice("C1"), notice("C2")], NOW);
    await outbox.put([notice("C3")], NOW + 60_000);
    expect((await figuresOf(database, NOW + 5_000)).outbox).toEqual({
      waiting: 3,
      due: 2,
      refused: 0,
      oldestDue: 5_000,
    });
    const first = await outbox.take(NOW + 5_000, NOW + 90_000);
    if (first === undefined) throw new Error("nothing waits");
    await outbox.later(first, NOW + 100_000, "not_in_channel");
    expect((await figuresOf(database, NOW + 65_000)).outbox).toEqual({
      waiting: 3,
      due: 2,
      refused: 1,
      oldestDue: 65_000,
    });
  });

  test("are read from indexes: no table is gone through", async () => {
    if (engine !== "SQLite") return;
    const asked: string[] = [];
    await figuresOf(
      {
        all: async (statement) => {
          asked.push(statement);
          return [];
        },
      },
      NOW,
    );
    for (const statement of asked) {
      const plan = await database.all(`EXPLAIN QUERY PLAN ${statement.replaceAll("?", "1")}`);
      const steps = plan.map(({ detail }) => String(detail)).filter((step) => /^SCAN/.test(step));
      // The one index that is gone through has nothing but what is open.
      expect([statement, steps.filter((step) => !step.includes("request_under_way"))]).toEqual([
        statement,
        [],
      ]);
    }
  });

  test("and each step of a request is told once, when it was written", async () => {
    const all = requests();
    await all.ask(draftOf("r1"), "V1", voteOf(MARIA, NOW), NOW);
    const claimed = await all.claim("owner", NOW);
    if (claimed === undefined) throw new Error("nothing was due");
    const failed = end(claimed, FAILED, NOW);
    expect(await Promise.all([1, 2].map(() => all.settle(claimed, failed, NOW)))).toContain(false);
    expect(moves).toEqual([
      "new pending",
      "pending approved",
      "approved applying",
      `applying ${failed.state}`,
    ]);
  });

  test("and so is that a request waits, and that the items of a plan are begun", async () => {
    const all = requests();
    await all.ask(draftOf("r1", previewOf(BEFORE, {}, approversNeeded())), "V1", null, NOW);
    await runPlan({ plans: plansIn(database), requests: all }, "plan", itemsOf(2));
    await all.claimItems("owner", NOW, 2);
    expect(moves).toEqual([
      "new pending",
      "new pending",
      "pending running",
      "new applying",
      "new applying",
    ]);
  });

  test("and one that was taken back with its transaction is not told", async () => {
    const all = requests();
    await all.ask(draftOf("r1"), "V1", voteOf(MARIA, NOW), NOW);
    const claimed = await all.claim("owner", NOW);
    if (claimed === undefined) throw new Error("nothing was due");
    moves = [];
    await refuseEntries(database, "failed");
    await expect(all.settle(claimed, end(claimed, FAILED, NOW), NOW)).rejects.toThrow();
    expect(moves).toEqual([]);
  });
});
