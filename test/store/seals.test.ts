import { randomBytes } from "node:crypto";
import { setImmediate as loopComesRound } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "@jest/globals";
import type { KeyScope } from "../../src/approval/key-scope.ts";
import { type Person, personId } from "../../src/approval/person.ts";
import type { RingKey } from "../../src/key-ring.ts";
import { keysIn } from "../../src/store/keys.ts";
import { resealAll, sealsIn } from "../../src/store/seals.ts";
import type { Database } from "../../src/store/sql.ts";
import { createVault } from "../../src/store/vault.ts";
import { MARIA, NOW } from "../approval/samples.ts";
import { ask } from "../operator/operator.ts";
import { filesOf } from "./database-files.ts";
import { ENGINES } from "./engines.ts";
import { migrated, readyPlace } from "./temporary.ts";

const ringKey = (id: string): RingKey => ({ id, bytes: randomBytes(32) });
const [K1, K2, K3] = [ringKey("k1"), ringKey("k2"), ringKey("k3")];
const SCOPE: KeyScope = {
  ...{ tokenId: "29841", tokenName: "slack-bot-maria", accountId: 7350925, accountName: null },
  ...{ tokenRole: null, expiry: "never", cloudRoles: null, projects: null, learntAt: NOW },
};
const PEOPLE: readonly Person[] = Array.from({ length: 12 }, (_, nth) => ({
  ...MARIA,
  userId: `U00000000${10 + nth}`,
}));
const entryOf = (by: Person) => ({ kind: "key connected", at: NOW, by }) as const;

describe.each(ENGINES)("On %s, sealing anew", (engine) => {
  let place: string;
  let database: Database;
  beforeEach(async () => {
    place = await readyPlace(engine);
    database = await migrated(place);
  });

  const keysWith = (...ring: readonly [RingKey, ...RingKey[]]) =>
    keysIn(database, createVault(ring));
  const connect = (person: Person, ring: RingKey, secret = "first") =>
    keysWith(ring).set(
      person,
      { apiKey: `${person.userId}_${secret}`, scope: SCOPE },
      entryOf(person),
    );
  const sealedTexts = async (): Promise<readonly string[]> =>
    (await database.all("SELECT value FROM keyv ORDER BY key")).map(
      ({ value }) => /v1\.[\w-]+\.[\w-]+\.[\w-]+/.exec(String(value))?.[0] ?? "",
    );

  test("leaves every key readable at every moment, and at the end without the old one", async () => {
    for (const person of PEOPLE) await connect(person, K1);
    const old = await sealedTexts();
    let isOver = false;
    let looks = 0;
    const look = async (): Promise<void> => {
      const both = keysWith(K2, K1);
      while (!isOver) {
        const found = await Promise.all(PEOPLE.map((person) => both.get(person)));
        expect(found.every(({ ok }) => ok)).toBe(true);
        looks += 1;
        // Reads of SQLite alone would leave room for nothing else.
        await loopComesRound();
      }
    };
    const looking = look();
    const done = await resealAll(database, createVault([K2, K1]));
    isOver = true;
    await looking;
    expect(looks).toBeGreaterThan(0);
    expect(done).toMatchObject({ renewed: PEOPLE.length, unreadable: 0 });
    for (const person of PEOPLE) {
      expect(await keysWith(K2).get(person)).toEqual({
        ok: true,
        value: { apiKey: `${person.userId}_first`, scope: SCOPE },
      });
    }
    // Of the old seals nothing is left in the files.
    await database.purge();
    const files = await filesOf(place);
    for (const text of old) expect(files.includes(text)).toBe(false);
    expect(await resealAll(database, createVault([K2, K1]))).toMatchObject({ renewed: 0 });
  });

  test("is done once by several at the same time, and never over what an owner connects meanwhile", async () => {
    for (const person of PEOPLE) await connect(person, K1);
    const vault = createVault([K2, K1]);
    const [one, two] = await Promise.all([
      resealAll(database, vault),
      resealAll(database, vault),
      ...PEOPLE.slice(0, 6).map((person) => connect(person, K1, "second")),
    ]);
    await resealAll(database, vault);
    expect((one?.renewed ?? 0) + (two?.renewed ?? 0)).toBeGreaterThan(0);
    for (const [nth, person] of PEOPLE.entries()) {
      const { ok, value } = (await keysWith(K2).get(person)) as {
        ok: boolean;
        value?: { apiKey: string };
      };
      expect([ok, value?.apiKey]).toEqual([
        true,
        `${person.userId}_${nth < 6 ? "second" : "first"}`,
      ]);
    }
  });

  test("leaves what the ring does not open, and says how many", async () => {
    const [a, b, c] = PEOPLE as [Person, Person, Person];
    await connect(a, K1);
    await connect(b, K3);
    await connect(c, K2);
    const vault = createVault([K2, K1]);
    expect(await resealAll(database, vault)).toMatchObject({ renewed: 1, unreadable: 1 });
    expect(await sealsIn(database, vault)).toEqual(
      expect.arrayContaining([
        { id: "k2", keys: 2, opened: 2 },
        { id: "k3", keys: 1, opened: 0 },
      ]),
    );
    expect((await keysWith(K3).get(b)).ok).toBe(true);
  });

  test("moves no seal to another person's row", async () => {
    const [a, b] = PEOPLE as [Person, Person];
    await connect(a, K1);
    await database.run(
      "INSERT INTO keyv SELECT ?, value FROM keyv WHERE key = ?",
      `gcore-key:${personId(b)}`,
      `gcore-key:${personId(a)}`,
    );
    expect(await resealAll(database, createVault([K2, K1]))).toMatchObject({
      renewed: 1,
      unreadable: 1,
    });
    expect((await keysWith(K2, K1).get(b)).ok).toBe(false);
  });

  test("is what the operator asks for, and sees", async () => {
    const text = ({ id, bytes }: RingKey): string => `${id}:${bytes.toString("base64")}`;
    const url = engine === "SQLite" ? `sqlite:${place}` : place;
    const settings = { DATABASE_URL: url, KEY_RING: `${text(K2)},${text(K1)}` };
    for (const person of PEOPLE.slice(0, 3)) await connect(person, K1);
    await connect(PEOPLE[3] as Person, K2);
    expect(await ask(["keys", "status"], settings)).toMatchObject({
      code: 0,
      out: expect.stringContaining("k1: 3 keys; still needed."),
    });
    expect(await ask(["keys", "rotate"], settings)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^3 sealed anew with k2\.\n/),
    });
    expect((await ask(["keys", "status"], settings)).out).toBe(
      "k2: 4 keys; it seals now.\nk1: 0 keys; needed no more, but for the checkpoints it signed: take it out of KEY_RING, and keep its line of `ledger key`.\n",
    );
    const lost = { DATABASE_URL: url, KEY_RING: text(K1) };
    expect(await ask(["keys", "status"], lost)).toMatchObject({
      code: 1,
      out: expect.stringContaining(
        "k2: 4 keys, of which 0 open; it is not in KEY_RING. Add it again, or their owners must connect anew.",
      ),
    });
    expect(await ask(["keys", "rotate"], lost)).toMatchObject({
      code: 1,
      out: expect.stringContaining("4 cannot be opened by KEY_RING and are left as they are"),
    });
    const said = await ask(["keys", "status", "--json"], settings);
    expect(
      said.out
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { id: "k2", keys: 4, opened: 4, inRing: true, seals: true },
      { id: "k1", keys: 0, opened: 0, inRing: true, seals: false },
    ]);
    for (const { bytes } of [K1, K2]) expect(said.out).not.toContain(bytes.toString("base64"));
  });
});
