import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { people } from "../../playground/slack/slack.ts";
import { approve } from "../../src/approval/decide.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { ok } from "../../src/problem.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { migrate } from "../../src/store/migrations.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { Random } from "../faults/random.ts";
import { askForAll } from "../faults/requests.ts";
import { connectKey } from "../faults/run.ts";
import { startWorld } from "../faults/world.ts";
import { createDatabase } from "../postgres/databases.ts";
import { openAt } from "../store/place.ts";

const SIZE = 40;
/** So many changes have arrived at Gcore when a process dies. */
const DEATHS = [3, 14, 26];
/** Long enough that each process dies with changes on the wire. Milliseconds. */
const SLOW = { SQLite: 400, Postgres: 3_000 } as const;

test.each([
  ["SQLite", 1, async (folder: string) => join(folder, "bot.db")],
  ["Postgres", 3, () => createDatabase()],
] as const)(
  "on %s, with %i process(es) of which one after the other is killed in the middle, a run ends with each snapshot changed once, and it is told once",
  async (engine, processes, place) => {
    const world = await startWorld(processes, place);
    const { gcore, slack, bots } = world;
    const database = openAt(world.place);
    try {
      await migrate(database);
      await connectKey(world, database);
      const requests = requestsIn(database, []);
      const ids = gcore.fill(SIZE);
      const [plan] = await askForAll(world, { requests, plans: plansIn(database) }, [ids], () => 1);
      if (plan === undefined) throw new Error("nothing was asked for");
      gcore.faults.plan.add(
        ({ method }) => method === "PATCH",
        { kind: "delay", ms: SLOW[engine] },
        Number.MAX_SAFE_INTEGER,
      );
      const ben = { ...plan.requester, userId: people.ben };
      const now = world.clock.now();
      const vote = { by: ben, at: now, comment: null };
      await requests.decide(plan.id, now, (pending) => ok(approve(pending, vote)));

      const random = new Random(1);
      const arrived = (): number => gcore.journal.patches().length;
      for (const [index, count] of DEATHS.entries()) {
        await slack.until(() => arrived() >= count, `${count} changes`, 60_000);
        await slack.until(
          async () => {
            await bots.kill(random);
            return bots.kills > index;
          },
          "a death",
          60_000,
        );
        expect((await requests.request(plan.id))?.state).toBe("running");
      }
      const isOver = async () => (await requests.request(plan.id))?.state === "finished";
      await slack.until(isOver, "the end of the run", 120_000);

      expect(await requests.request(plan.id)).toMatchObject({ counts: { applied: SIZE } });
      for (const id of ids) expect(gcore.effectiveChanges(id)).toBe(1);
      const read = (channel: string): readonly string[] =>
        slack.messages(channel).map((one) => JSON.stringify(one));
      const card = (): string => read("#ops").join();
      await slack.until(
        () => card().includes(`All ${SIZE} snapshots are changed.`),
        "the card",
        30_000,
      );
      expect(card()).toContain("changed");
      for (const channel of ["#audit", "#audit-2"]) {
        await slack.until(() => read(channel).length > 0, `the word in ${channel}`, 30_000);
      }
      const unsaid = "SELECT id FROM outbox WHERE due_at IS NOT NULL";
      await slack.until(async () => (await database.all(unsaid)).length === 0, "all", 30_000);
      expect(read("#audit")).toHaveLength(1);
      expect(read("#audit-2")).toHaveLength(1);
      expect(slack.messages("#ops")).toHaveLength(1);
      const ledger = await readLedger(database);
      expect(firstBroken(ledger)).toBeUndefined();
      const kinds = ledger.map(({ body }) => JSON.parse(body).kind);
      // Those whose process died were begun anew.
      expect(kinds.filter((kind) => kind === "attempted").length).toBeGreaterThan(SIZE);
      expect(kinds.filter((kind) => kind === "applied")).toHaveLength(SIZE);
      expect(kinds.filter((kind) => kind === "finished")).toHaveLength(1);
    } finally {
      await world.end();
      await database.close();
    }
  },
  300_000,
);
