import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  type HomeTab,
  type HomeTabs,
  homesChanged,
  homeTabsIn,
} from "../../src/store/home-tabs.ts";
import type { Database } from "../../src/store/sql.ts";
import { ANN, MARIA, NOW, TOM } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, opened, readyPlace } from "./temporary.ts";

const TURN = 60_000;

describe.each(ENGINES)("On %s", (engine) => {
  let place: string;
  let database: Database;
  let tabs: HomeTabs;
  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
    tabs = homeTabsIn(database);
  });

  const take = (now = NOW): Promise<HomeTab | undefined> => tabs.take(now, now + TURN);
  const taken = async (now = NOW): Promise<HomeTab> => {
    const tab = await take(now);
    if (tab === undefined) throw new Error("no home tab is due");
    return tab;
  };
  const changed = (...userIds: readonly string[]): Promise<void> =>
    database.transaction((sql) => homesChanged(sql, userIds));

  describe("A home tab", () => {
    test("is due when it was opened, for one alone, and not again before something happens", async () => {
      await tabs.open(MARIA);
      const tab = await taken();
      expect(tab).toEqual({ person: MARIA, version: 1, attempts: 1 });
      expect(await take()).toBeUndefined();
      await tabs.done(tab, NOW);
      expect(await take(NOW + 10 * TURN)).toBeUndefined();
      await changed(MARIA.userId);
      expect((await taken(NOW + TURN)).version).toBe(2);
    });

    test("is due once, however much happens, and not more than once a second", async () => {
      await tabs.open(MARIA);
      await tabs.done(await taken(), NOW);
      for (let times = 0; times < 5; times += 1) await changed(MARIA.userId);
      expect(await take(NOW + 999)).toBeUndefined();
      await tabs.done(await taken(NOW + 1_000), NOW + 1_000);
      expect(await take(NOW + TURN)).toBeUndefined();
    });

    test("is due again when something happened while it was published", async () => {
      await tabs.open(MARIA);
      const tab = await taken();
      await changed(MARIA.userId);
      // Not while somebody is at it: what is newer must not be overtaken by what is older.
      expect(await take(NOW + 2_000)).toBeUndefined();
      await tabs.done(tab, NOW + 2_000);
      expect((await taken(NOW + 3_000)).version).toBe(2);
    });

    test("is taken again when whoever took it is never heard of", async () => {
      await tabs.open(MARIA);
      await taken();
      const again = homeTabsIn(opened(place));
      expect(await again.take(NOW + TURN - 1, NOW + 2 * TURN)).toBeUndefined();
      expect((await again.take(NOW + TURN, NOW + 2 * TURN))?.attempts).toBe(2);
    });

    test("waits until its time when it was not taken, and counts its tries", async () => {
      await tabs.open(MARIA);
      await tabs.later(await taken(), NOW + 5_000);
      await changed(MARIA.userId);
      expect(await take(NOW + 4_999)).toBeUndefined();
      const tab = await taken(NOW + 5_000);
      expect(tab.attempts).toBe(2);
      await tabs.done(tab, NOW + 5_000);
      await changed(MARIA.userId);
      expect((await taken(NOW + TURN)).attempts).toBe(1);
    });

    test("is nobody's who has never opened one, and goes with whoever is gone", async () => {
      await changed(MARIA.userId);
      expect(await take()).toBeUndefined();
      await tabs.open(MARIA);
      await tabs.forget(await taken());
      await changed(MARIA.userId);
      expect(await take(NOW + 10 * TURN)).toBeUndefined();
    });

    test("of each of many people is due, and nobody else's", async () => {
      for (const person of [MARIA, TOM, ANN]) {
        await tabs.open(person);
        await tabs.done(await taken(), NOW);
      }
      const crowd = Array.from({ length: 120 }, (_, index) => `U${index}`);
      await changed(...crowd, MARIA.userId, ...crowd, ANN.userId, MARIA.userId);
      const due = [await taken(NOW + TURN), await taken(NOW + TURN)];
      expect(due.map(({ person }) => person.userId).sort()).toEqual([MARIA.userId, ANN.userId]);
      expect(await take(NOW + TURN)).toBeUndefined();
    });

    test("is not due when what happened is taken back", async () => {
      await tabs.open(MARIA);
      await tabs.done(await taken(), NOW);
      const failing = database.transaction(async (sql) => {
        await homesChanged(sql, [MARIA.userId]);
        throw new Error("taken back");
      });
      await expect(failing).rejects.toThrow("taken back");
      expect(await take(NOW + TURN)).toBeUndefined();
    });

    test("of one person is taken by one process", async () => {
      await tabs.open(MARIA);
      const others = [tabs, homeTabsIn(opened(place)), homeTabsIn(opened(place))];
      const all = await Promise.all(others.map((one) => one.take(NOW, NOW + TURN)));
      expect(all.filter((tab) => tab !== undefined)).toHaveLength(1);
    });
  });
});
