import { describe, expect, test } from "@jest/globals";
import { personId } from "../../src/approval/person.ts";
import { homeTabsIn } from "../../src/store/home-tabs.ts";
import { keyvOver } from "../../src/store/keyv-store.ts";
import { preferencesIn } from "../../src/store/preferences.ts";
import { DatabaseError } from "../../src/store/sql.ts";
import { MARIA, NOW, TOM } from "../approval/samples.ts";
import { OBJECT_MEMBERS } from "../snapshot/samples.ts";
import { ENGINES } from "./engines.ts";
import { migrated, readyPlace } from "./temporary.ts";

describe.each(ENGINES)("On %s", (engine) => {
  const empty = async () => migrated(await readyPlace(engine));
  describe("What is kept under a name", () => {
    test("is read back, changed and taken away", async () => {
      const kept = keyvOver<unknown>(await empty(), "things");
      expect(await kept.get("a")).toBeUndefined();
      for (const value of [{ x: [1, null, "é😀"] }, "text", 0, false, ""]) {
        await kept.set("a", value);
        expect(await kept.get("a")).toEqual(value);
      }
      expect(await kept.delete("a")).toBe(true);
      expect(await kept.delete("a")).toBe(false);
      expect(await kept.get("a")).toBeUndefined();
    });

    test.each(["", "a:b", "%", "_", "'; DROP TABLE keyv; --", ...OBJECT_MEMBERS])(
      "is told from everything else by the name %j",
      async (name) => {
        const kept = keyvOver<string>(await empty(), "things");
        await kept.set("other", "theirs");
        await kept.set(name, "mine");
        expect([await kept.get(name), await kept.get("other")]).toEqual(["mine", "theirs"]);
      },
    );

    test("is cleared with its own kind only, letter by letter", async () => {
      const database = await empty();
      const names = ["a_b", "axb", "a%b", "a", "A_B", "a_b:c", "é_b"];
      for (const cleared of names) {
        for (const name of names) await keyvOver(database, name).set("key", name);
        await keyvOver(database, cleared).clear();
        const left: unknown[] = [];
        for (const name of names) left.push(await keyvOver(database, name).get("key"));
        const expected = names.map((name) => {
          const below = name.startsWith(`${cleared}:`);
          return name === cleared || below ? undefined : name;
        });
        expect([cleared, left]).toEqual([cleared, expected]);
      }
    });

    test("is not cleared without a name: that would be everything", async () => {
      const database = await empty();
      await keyvOver(database, "things").set("a", "1");
      await expect(keyvOver(database, "").clear()).rejects.toThrow("not cleared");
      expect(await keyvOver(database, "things").get("a")).toBe("1");
    });

    test("is never said not to be there because the database is down", async () => {
      const database = await empty();
      const kept = keyvOver<string>(database, "things");
      await kept.set("a", "1");
      await database.close();
      await expect(kept.get("a")).rejects.toThrow(DatabaseError);
      await expect(kept.set("a", "2")).rejects.toThrow(DatabaseError);
      await expect(kept.delete("a")).rejects.toThrow(DatabaseError);
      await expect(kept.has("a")).rejects.toThrow(DatabaseError);
      await expect(kept.clear()).rejects.toThrow(DatabaseError);
    });

    test("is taken back with the transaction that it was kept in", async () => {
      const database = await empty();
      const failed = database.transaction(async (sql) => {
        await keyvOver(sql, "things").set("a", "1");
        throw new Error("trouble");
      });
      await expect(failed).rejects.toThrow("trouble");
      expect(await keyvOver(database, "things").get("a")).toBeUndefined();
    });
  });

  describe("The last place of a person", () => {
    test("is theirs alone, and the last one", async () => {
      const preferences = preferencesIn(await empty());
      await preferences.remember(MARIA, { projectId: 1, regionId: 2, snapshotId: "a" });
      await preferences.remember(MARIA, { projectId: 3, regionId: 4, snapshotId: "b" });
      expect(await preferences.usualPlace(MARIA)).toEqual({ projectId: 3, regionId: 4 });
      for (const other of [TOM, { ...MARIA, teamId: "T2" }, { ...MARIA, enterpriseId: "E1" }]) {
        expect(await preferences.usualPlace(other)).toEqual({});
      }
    });

    test("is forgotten with their defaults once their key no longer sees its project", async () => {
      const preferences = preferencesIn(await empty());
      const place = { project: { id: 3, name: "azurite" }, region: { id: 4, name: "here" } };
      await preferences.remember(MARIA, { projectId: 1, regionId: 2, snapshotId: "a" });
      await preferences.remember(MARIA, { projectId: 3, regionId: 4, snapshotId: "b" });
      for (const person of [MARIA, TOM]) await preferences.setDefaults(person, place);
      await preferences.keepOnly(MARIA, [3]);
      expect(await preferences.recent(MARIA)).toHaveLength(1);
      expect(await preferences.defaults(MARIA)).toEqual(place);
      await preferences.setDefaults(MARIA, { project: null, region: null });
      expect(await preferences.usualPlace(MARIA)).toEqual({ projectId: 3, regionId: 4 });
      await preferences.setDefaults(MARIA, place);
      await preferences.keepOnly(MARIA, [1]);
      expect(await preferences.recent(MARIA)).toEqual([]);
      expect(await preferences.usualPlace(MARIA)).toEqual({ regionId: 4 });
      expect(await preferences.defaults(TOM)).toEqual(place);
    });

    test("is not asked for where they chose a project and a region to begin in", async () => {
      const database = await empty();
      const [preferences, tabs] = [preferencesIn(database), homeTabsIn(database)];
      await tabs.open(MARIA);
      const tab = await tabs.take(NOW, NOW + 1);
      if (tab === undefined) throw new Error("no home tab is due");
      await tabs.done(tab, NOW);
      await preferences.remember(MARIA, { projectId: 1, regionId: 2, snapshotId: "a" });
      const [project, region] = [
        { id: 3, name: "azurite" },
        { id: 4, name: "here" },
      ];
      await preferences.setDefaults(MARIA, { project, region: null });
      expect(await preferences.usualPlace(MARIA)).toEqual({ projectId: 3, regionId: 2 });
      // It stands in their home tab.
      expect((await tabs.take(NOW + 5_000, NOW + 6_000))?.version).toBe(2);
      await preferences.setDefaults(MARIA, { project: null, region });
      expect(await preferences.usualPlace(MARIA)).toEqual({ projectId: 1, regionId: 4 });
      await preferences.keepOnly(MARIA, []);
      expect(await preferences.defaults(MARIA)).toEqual({ project: null, region });
    });

    test("is found again by a later version: each name that it is kept under stays as it is", async () => {
      const database = await empty();
      const preferences = preferencesIn(database);
      await preferences.remember(MARIA, { projectId: 1, regionId: 2, snapshotId: "a" });
      await preferences.setDefaults(MARIA, { project: null, region: null });
      const rows = await database.all("SELECT key FROM keyv ORDER BY key");
      expect(rows.map(({ key }) => key)).toEqual(
        ["default-place", "last-place", "recent-snapshots"].map(
          (name) => `${name}:${personId(MARIA)}`,
        ),
      );
    });

    test("keeps nothing but the place", async () => {
      const database = await empty();
      const preferences = preferencesIn(database);
      const wordy = { projectId: 1, regionId: 2, snapshotId: "5ed275b8" };
      await preferences.remember(MARIA, wordy);
      expect(await preferences.usualPlace(MARIA)).toEqual({ projectId: 1, regionId: 2 });
    });
  });

  describe("The snapshots that a person was at", () => {
    test("are the last ten, the last one first, each once", async () => {
      const preferences = preferencesIn(await empty());
      expect(await preferences.recent(MARIA)).toEqual([]);
      const at = (snapshotId: string) => ({ projectId: 1, regionId: 2, snapshotId });
      await preferences.remember(MARIA, at("a"));
      expect(await preferences.recent(MARIA)).toEqual([at("a")]);
      for (const id of "bcdefghijkl") await preferences.remember(MARIA, at(id));
      await preferences.remember(MARIA, at("e"));
      expect(await preferences.recent(MARIA)).toEqual([..."elkjihgfdc"].map(at));
      expect(await preferences.recent(TOM)).toEqual([]);
    });

    test("are left as they are for a key that sees them, and none come of nothing", async () => {
      const preferences = preferencesIn(await empty());
      await preferences.keepOnly(MARIA, [1]);
      expect(await preferences.recent(MARIA)).toEqual([]);
      expect(await preferences.usualPlace(MARIA)).toEqual({});
    });
  });
});
