import { randomBytes } from "node:crypto";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { type KeptKey, NOTE_USE_AFTER } from "../../src/approval/key-forgetting.ts";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import type { KeyForgottenNotice } from "../../src/approval/notice.ts";
import { type Person, personId } from "../../src/approval/person.ts";
import { homeTabsIn } from "../../src/store/home-tabs.ts";
import { contextOf, type Keys, keysIn, type OwnKey } from "../../src/store/keys.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { openToRead } from "../../src/store/open-database.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import { createVault, type Vault } from "../../src/store/vault.ts";
import { draftOf, MARIA, NOW, previewOf, TOM } from "../approval/samples.ts";
import { filesOf } from "./database-files.ts";
import { ENGINES } from "./engines.ts";
import { migrated, readyPlace, refuseEntries } from "./temporary.ts";

const CANARY = "29841_canary9f86d081884c7d659a2feaa0c55ad015";
const SCOPE: KeyScope = {
  tokenId: "29841",
  tokenName: "slack-bot-maria",
  accountId: 7350925,
  accountName: null,
  tokenRole: null,
  expiry: "never",
  cloudRoles: null,
  projects: null,
  learntAt: NOW,
};
const KEY: OwnKey = { apiKey: CANARY, scope: SCOPE };
const IN = { kind: "key connected", at: NOW, by: MARIA, facts: { tokenId: "29841" } } as const;
const OUT = { kind: "key disconnected", at: NOW, by: MARIA } as const;

/** People whose ids differ in one part only. */
const OTHERS: readonly Person[] = [
  TOM,
  { ...MARIA, teamId: "T0000000009" },
  { ...MARIA, enterpriseId: "E0000000001" },
];

describe.each(ENGINES)("On %s", (engine) => {
  let place: string;
  let database: Database;
  let vault: Vault;
  let keys: Keys;

  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
    vault = createVault([{ id: "k1", bytes: randomBytes(32) }]);
    keys = keysIn(database, vault);
  });

  const rowOf = (person: Person): string => `gcore-key:${personId(person)}`;
  const sealedOf = async (person: Person): Promise<string> => {
    const [row] = await database.all("SELECT value FROM keyv WHERE key = ?", rowOf(person));
    return /v1\.[\w-]+\.[\w-]+\.[\w-]+/.exec(String(row?.value))?.[0] ?? "nothing";
  };
  const copyRow = (from: Person, to: Person): Promise<number> =>
    database.run(
      "INSERT INTO keyv SELECT ?, value FROM keyv WHERE key = ?",
      rowOf(to),
      rowOf(from),
    );
  const files = (options = {}): Promise<Buffer> => filesOf(place, options);
  const entries = async (): Promise<readonly unknown[]> =>
    (await database.all("SELECT kind FROM ledger ORDER BY seq")).map(({ kind }) => kind);

  describe("A person's key", () => {
    test("is kept for them, with what it may do and with an entry in the ledger", async () => {
      expect(await keys.get(MARIA)).toEqual({ ok: false, problem: { kind: "no-key" } });
      expect(await keys.scope(MARIA)).toEqual({ ok: false, problem: { kind: "no-key" } });
      await keys.set(MARIA, KEY, IN);
      expect(await keys.get(MARIA)).toEqual({ ok: true, value: KEY });
      expect(await keys.scope(MARIA)).toEqual({ ok: true, value: SCOPE });
      expect(await entries()).toEqual(["key connected"]);
    });

    test("is nobody else's: not of another person, team or enterprise", async () => {
      await keys.set(MARIA, KEY, IN);
      for (const other of OTHERS) {
        expect(await keys.get(other)).toEqual({ ok: false, problem: { kind: "no-key" } });
        expect(await keys.scope(other)).toEqual({ ok: false, problem: { kind: "no-key" } });
        expect(await keys.remove(other, OUT)).toBe("none");
      }
      expect((await keys.get(MARIA)).ok).toBe(true);
      expect(await entries()).toEqual(["key connected"]);
    });

    test("does not open in anybody else's row", async () => {
      await keys.set(MARIA, KEY, IN);
      for (const other of OTHERS) {
        expect(await copyRow(MARIA, other)).toBe(1);
        expect(await keys.get(other)).toEqual({ ok: false, problem: { kind: "key-unreadable" } });
      }
    });

    test("does not open when the ring has lost its key", async () => {
      await keys.set(MARIA, KEY, IN);
      const lost = keysIn(database, createVault([{ id: "k1", bytes: randomBytes(32) }]));
      expect(await lost.get(MARIA)).toEqual({ ok: false, problem: { kind: "key-unreadable" } });
      expect(await lost.scope(MARIA)).toEqual({ ok: true, value: SCOPE });
    });

    test("is bound to its owner and to its use", () => {
      const { teamId, userId } = MARIA;
      expect(contextOf(MARIA)).toEqual(["gcore api key", "", teamId, userId]);
      const inEnterprise = { ...MARIA, enterpriseId: "E0000000001" };
      expect(contextOf(inEnterprise)).toEqual(["gcore api key", "E0000000001", teamId, userId]);
    });

    test("is counted, and counted apart when the ring does not open it", async () => {
      expect(await keys.count()).toEqual({ kept: 0, opened: 0 });
      for (const person of [MARIA, { ...MARIA, userId: "U0000000009" }]) {
        await keys.set(person, KEY, IN);
      }
      await keysIn(database, createVault([{ id: "k1", bytes: randomBytes(32) }])).set(TOM, KEY, IN);
      expect(await keys.count()).toEqual({ kept: 3, opened: 2 });
    });

    test("is among those that end soon when it ends until then, and not when nobody knows", async () => {
      const ends = [{ at: NOW + 1 }, { at: NOW + 2 }, { at: NOW + 3 }, "never", "unknown"] as const;
      for (const [nth, expiry] of ends.entries()) {
        await keys.set(
          { ...MARIA, userId: `U${nth}` },
          { ...KEY, scope: { ...SCOPE, expiry } },
          IN,
        );
      }
      const ending = await keys.ending(NOW + 2);
      expect(ending.map(({ person }) => person.userId).toSorted()).toEqual(["U0", "U1"]);
    });

    test("changes its owner's home tab when it comes, when more is known of it, and when it goes", async () => {
      const tabs = homeTabsIn(database);
      for (const person of [MARIA, TOM]) await tabs.open(person);
      let at = NOW;
      const shown = async (): Promise<readonly string[]> => {
        const people: string[] = [];
        at += 10_000;
        for (let tab = await tabs.take(at, at); tab !== undefined; tab = await tabs.take(at, at)) {
          people.push(tab.person.userId);
          await tabs.done(tab, at);
        }
        return people;
      };
      expect((await shown()).toSorted()).toEqual([MARIA.userId, TOM.userId]);
      await keys.set(MARIA, KEY, IN);
      expect(await shown()).toEqual([MARIA.userId]);
      await keys.learn(MARIA, { ...SCOPE, projects: [] });
      expect(await shown()).toEqual([MARIA.userId]);
      await keys.remove(MARIA, OUT);
      expect(await shown()).toEqual([MARIA.userId]);
      await keys.remove(MARIA, OUT);
      expect(await shown()).toEqual([]);
    });

    test("takes the place of the one before", async () => {
      await keys.set(MARIA, KEY, IN);
      const next = { apiKey: "29858_another0secret", scope: { ...SCOPE, tokenId: "29858" } };
      await keys.set(MARIA, next, IN);
      expect(await keys.get(MARIA)).toEqual({ ok: true, value: next });
    });

    test("keeps its seal when something new is learnt about it", async () => {
      await keys.set(MARIA, KEY, IN);
      const sealed = await sealedOf(MARIA);
      await keys.learn(MARIA, { ...SCOPE, projects: [], learntAt: NOW + 1 });
      expect(await sealedOf(MARIA)).toBe(sealed);
      expect(await keys.get(MARIA)).toMatchObject({
        ok: true,
        value: { apiKey: CANARY, scope: { projects: [], learntAt: NOW + 1 } },
      });
    });

    test("is not told anything that was learnt about another one, or about one that is gone", async () => {
      await keys.set(MARIA, KEY, IN);
      await keys.learn(MARIA, { ...SCOPE, tokenId: "29858", projects: [] });
      await keys.learn(TOM, SCOPE);
      expect(await keys.scope(MARIA)).toEqual({ ok: true, value: SCOPE });
      expect((await keys.scope(TOM)).ok).toBe(false);
    });

    test("is not kept when its entry cannot be made, and not removed either", async () => {
      await keys.set(MARIA, KEY, IN);
      await refuseEntries(database);
      await expect(keys.set(TOM, KEY, IN)).rejects.toThrow(DatabaseError);
      await expect(keys.remove(MARIA, OUT)).rejects.toThrow(DatabaseError);
      expect((await keys.get(TOM)).ok).toBe(false);
      expect((await keys.get(MARIA)).ok).toBe(true);
    });

    test("is not said to be missing because the database is down", async () => {
      await keys.set(MARIA, KEY, IN);
      await database.close();
      for (const one of [keys.get(MARIA), keys.scope(MARIA), keys.remove(MARIA, OUT)]) {
        await expect(one).rejects.toThrow(DatabaseError);
      }
      await expect(keys.set(MARIA, KEY, IN)).rejects.toThrow(DatabaseError);
    });
  });

  describe("A key that is kept no longer", () => {
    const FORGOTTEN = { kind: "key forgotten", at: NOW, by: MARIA } as const;
    const seen = async (): Promise<KeptKey> => {
      const [kept] = await keys.kept();
      if (kept === undefined) throw new Error("there is none");
      return kept;
    };
    const notice = (why: "unused" | "expired"): KeyForgottenNotice => ({
      ...{ kind: "key-forgotten", target: MARIA.userId, person: MARIA, tokenId: "29841" },
      ...{ tokenName: null, why, since: NOW },
    });
    const words = () => database.all("SELECT target FROM outbox");

    test("leaves nothing of itself in the files, and its owner's home tab is due", async () => {
      const tabs = homeTabsIn(database);
      await keys.set(MARIA, KEY, IN);
      await tabs.open(MARIA);
      const tab = await tabs.take(NOW, NOW);
      if (tab !== undefined) await tabs.done(tab, NOW);
      const sealed = await sealedOf(MARIA);
      expect(await keys.forget(await seen(), FORGOTTEN, notice("unused"))).toBe(true);
      expect((await files()).includes(sealed)).toBe(false);
      expect((await tabs.take(NOW + 10_000, NOW))?.person).toEqual(MARIA);
    });

    test("is not noted as used when another one has taken its place, or none, while it was", async () => {
      const next: OwnKey = { ...KEY, scope: { ...SCOPE, tokenId: "29858" } };
      for (const [change, left] of [
        [() => keys.set(MARIA, next, IN), [{ person: MARIA, scope: next.scope, usedAt: NOW }]],
        [() => keys.remove(MARIA, OUT), []],
      ] as const) {
        await keys.set(MARIA, KEY, IN);
        const changes: Promise<unknown>[] = [];
        // Whoever uses the key asks for the time between looking at it and noting it.
        const meanwhile = keysIn(database, vault, () => {
          changes.push(change());
          return NOW + NOTE_USE_AFTER;
        });
        expect((await meanwhile.get(MARIA)).ok).toBe(true);
        await Promise.all(changes);
        expect(await keys.kept()).toEqual(left);
      }
    });

    test("goes with its entry and the word to its owner, in one transaction and once", async () => {
      await keys.set(MARIA, KEY, IN);
      const kept = await seen();
      expect(kept).toEqual({ person: MARIA, scope: SCOPE, usedAt: NOW });
      await refuseEntries(database, "key forgotten");
      await expect(keys.forget(kept, FORGOTTEN, notice("unused"))).rejects.toThrow(DatabaseError);
      expect([(await keys.kept()).length, (await words()).length]).toEqual([1, 0]);
      await database.run(
        engine === "SQLite" ? "DROP TRIGGER full" : "DROP TRIGGER full_ledger ON ledger",
      );
      const both = [1, 2].map(() => keys.forget(kept, FORGOTTEN, notice("unused")));
      expect((await Promise.all(both)).toSorted()).toEqual([false, true]);
      expect(await keys.kept()).toEqual([]);
      expect(await words()).toEqual([{ target: MARIA.userId }]);
      expect(await entries()).toEqual(["key connected", "key forgotten"]);
    });

    test("stays when it was used or connected anew since it was looked at", async () => {
      await keys.set(MARIA, KEY, IN);
      const kept = await seen();
      const later = NOW + NOTE_USE_AFTER;
      expect((await keysIn(database, vault, () => later).get(MARIA)).ok).toBe(true);
      expect(await seen()).toEqual({ ...kept, usedAt: later });
      expect(await keys.forget(kept, FORGOTTEN, notice("unused"))).toBe(false);
      const again = await seen();
      await keys.set(MARIA, { ...KEY, scope: { ...SCOPE, tokenId: "2" } }, { ...IN, at: later });
      expect(await keys.forget(again, FORGOTTEN, notice("expired"))).toBe(false);
      expect(await words()).toEqual([]);
    });

    test("is noted as used once a day and not more often", async () => {
      await keys.set(MARIA, KEY, IN);
      for (const [at, noted] of [
        [NOW + NOTE_USE_AFTER - 1, NOW],
        [NOW + NOTE_USE_AFTER, NOW + NOTE_USE_AFTER],
        [NOW + NOTE_USE_AFTER + 1, NOW + NOTE_USE_AFTER],
      ] as const) {
        await keysIn(database, vault, () => at).get(MARIA);
        expect((await seen()).usedAt).toBe(noted);
      }
      // What is learnt of it does not make it look unused.
      await keys.learn(MARIA, { ...SCOPE, learntAt: NOW + 5 });
      expect((await seen()).usedAt).toBe(NOW + NOTE_USE_AFTER);
    });

    test("stays while something that its owner asked for is on its way, unless it has expired", async () => {
      await keys.set(MARIA, KEY, IN);
      const kept = await seen();
      await requestsIn(database, []).ask(draftOf("request", previewOf()), "V1", null, NOW);
      expect(await keys.forget(kept, FORGOTTEN, notice("unused"))).toBe(false);
      expect(await keys.forget(kept, FORGOTTEN, notice("expired"))).toBe(true);
    });
  });

  describe("On the disk", () => {
    test("no file of the database has the key's text in it, at any time", async () => {
      const secret = CANARY.slice(6);
      const clean = async (): Promise<void> => {
        const bytes = await files({ withLog: true });
        expect(bytes.length).toBeGreaterThan(1000);
        for (const text of [CANARY, secret, Buffer.from(secret).toString("base64").slice(0, 40)]) {
          expect(bytes.includes(text)).toBe(false);
          expect(bytes.includes(Buffer.from(text, "utf16le"))).toBe(false);
        }
      };
      await keys.set(MARIA, KEY, IN);
      await clean();
      expect((await files()).includes(await sealedOf(MARIA))).toBe(true);
      await keys.learn(MARIA, SCOPE);
      await keys.get(MARIA);
      await clean();
      await keys.remove(MARIA, OUT);
      await clean();
    });

    test("nothing of a removed key is left, its sealed text neither", async () => {
      await keys.set(TOM, { ...KEY, apiKey: "29858_toms0secret" }, IN);
      const sealed: string[] = [];
      for (let turn = 0; turn < 3; turn += 1) {
        await keys.set(MARIA, KEY, IN);
        sealed.push(await sealedOf(MARIA));
      }
      const toms = await sealedOf(TOM);
      expect((await files()).includes(sealed[2] ?? "")).toBe(true);
      expect(await keys.remove(MARIA, OUT)).toBe("removed");
      const left = await files();
      for (const text of sealed) expect(left.includes(text)).toBe(false);
      expect((await files()).includes(toms)).toBe(true);
      expect((await keys.get(TOM)).ok).toBe(true);
      expect(await keys.get(MARIA)).toEqual({ ok: false, problem: { kind: "no-key" } });
      expect(await keys.remove(MARIA, OUT)).toBe("none");
    });

    test("a removed key is said to be leaving while somebody still reads the database as it was", async () => {
      await keys.set(MARIA, KEY, IN);
      const reader = openToRead(
        engine === "SQLite" ? { kind: "sqlite", path: place } : { kind: "postgres", url: place },
      );
      await reader.atOneMoment(async (sql) => {
        expect(await sql.all("SELECT key FROM keyv")).toHaveLength(1);
        expect(await keys.remove(MARIA, OUT)).toBe("leaving");
      });
      await reader.close();
      expect(await keys.remove(MARIA, OUT)).toBe("none");
    });

    test("the ledger says that there was a key, and not which", async () => {
      await keys.set(MARIA, KEY, IN);
      await keys.remove(MARIA, OUT);
      const ledger = await readLedger(database);
      expect(await entries()).toEqual(["key connected", "key disconnected"]);
      expect(firstBroken(ledger)).toBeUndefined();
      expect(JSON.stringify(ledger)).not.toContain(CANARY.slice(6));
    });
  });
});
