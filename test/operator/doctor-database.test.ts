import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { keyRing } from "../../src/key-ring.ts";
import { keysIn } from "../../src/store/keys.ts";
import { SCHEMA_VERSION } from "../../src/store/migrations.ts";
import { createVault } from "../../src/store/vault.ts";
import { MARIA, NOW, TOM } from "../approval/samples.ts";
import { newKeyRing } from "../bed.ts";
import { createDatabase, dropDatabase, tell } from "../postgres/databases.ts";
import { ENGINES } from "../store/engines.ts";
import { migrated, opened, readyPlace, temporaryPlace } from "../store/temporary.ts";
import { about, doctorScene } from "./doctor-scene.ts";
import { operate } from "./operator.ts";

const at = doctorScene();

const urlOf = (place: string): string => (place.includes("://") ? place : `sqlite:${place}`);

describe.each(ENGINES)("doctor, with %s,", (engine) => {
  const name = engine === "SQLite" ? "SQLite" : "Postgres 18";

  test("says that the bot will bring an older database to today's form, and does not do it", async () => {
    const place = await temporaryPlace(engine);
    const database = opened(place);
    await database.run("CREATE TABLE schema_version (version INTEGER NOT NULL)");
    await database.run("INSERT INTO schema_version VALUES (0)");
    const before = await database.all("SELECT version FROM schema_version");
    const ran = await at.examine({ DATABASE_URL: urlOf(place) });
    expect(ran.code).toBe(0);
    expect(about(ran, "Database")).toBe(`✓ well     Database: ${name} answers.`);
    expect(about(ran, "Tables")).toBe(
      `✓ well     Tables: there are none; the bot brings them to version ${SCHEMA_VERSION} when it starts.`,
    );
    expect(await database.all("SELECT version FROM schema_version")).toEqual(before);
    await expect(database.all("SELECT 1 FROM ledger")).rejects.toThrow();
  });

  test("tells a database of a newer bot, and what to do with it", async () => {
    const place = await readyPlace(engine);
    const database = await migrated(place);
    await database.run("INSERT INTO schema_version VALUES (99)");
    const ran = await at.examine({ DATABASE_URL: urlOf(place) });
    expect(ran.code).toBe(1);
    expect(about(ran, "Tables")).toBe(
      `✗ wrong    Tables: they have version 99, and this bot knows ${SCHEMA_VERSION}: a newer bot made them.\n` +
        "           To do: run the newer bot, or restore a backup from before it.",
    );
    expect(about(ran, "Kept keys")).toContain("- skipped");
  });

  test("counts the kept keys by the key that sealed them, and says which key is missing", async () => {
    const place = await readyPlace(engine);
    const database = await migrated(place);
    const [old, fresh] = [newKeyRing().replace("k1:", "k0:"), newKeyRing()];
    const scope = {
      tokenId: "7",
      tokenName: null,
      accountId: 1,
      accountName: null,
      tokenRole: null,
    };
    const more = { expiry: "never", cloudRoles: null, projects: null, learntAt: NOW } as const;
    const connect = (ring: string, person: typeof MARIA) =>
      keysIn(database, createVault(keyRing.parse(ring))).set(
        person,
        { apiKey: "7_canary", scope: { ...scope, ...more } },
        { kind: "key connected", at: NOW, by: person, facts: {} },
      );
    await connect(old, MARIA);
    const kept = async (ring: string) => {
      const ran = await at.examine({ DATABASE_URL: urlOf(place), KEY_RING: ring });
      return { code: ran.code, said: about(ran, "Kept keys") };
    };
    expect(await kept(fresh)).toEqual({
      code: 1,
      said:
        "✗ wrong    Kept keys: 1 key of people, sealed: 1 with k0. KEY_RING opens none.\n" +
        "           To do: add k0 to KEY_RING again, after the others; or have their owners connect anew.",
    });
    await connect(fresh, TOM);
    expect(await kept(`${fresh},${old}`)).toEqual({
      code: 0,
      said: "✓ well     Kept keys: 2 keys of people, sealed: 1 with k0, 1 with k1. All of them open.",
    });
    expect(await kept(fresh)).toMatchObject({
      code: 0,
      said: expect.stringContaining("! warning  Kept keys: 2 keys of people"),
    });
    expect((await kept(`${fresh},${newKeyRing().replace("k1:", "k0:")}`)).said).toContain(
      "put the k0 in KEY_RING that sealed them; it is another one now.",
    );
  });
});

describe("doctor, about the database,", () => {
  test("says that there is none yet, and makes none", async () => {
    const ran = await at.examine();
    expect(ran.code).toBe(0);
    expect(about(ran, "Database")).toBe(
      "✓ well     Database: there is none yet: the bot makes it at its first start.",
    );
    expect(about(ran, "Kept keys")).toBe(
      "- skipped  Kept keys: not looked at: there is no database yet.",
    );
    expect(await readdir(at.folder)).toEqual([]);
  });

  test("changes no byte of it", async () => {
    const path = join(at.folder, "data", "bot.db");
    await (await migrated(path)).close();
    const hash = async () =>
      createHash("sha256")
        .update(await readFile(path))
        .digest("hex");
    const before = await hash();
    expect((await operate(["doctor"], at.good)).code).toBe(0);
    expect(await hash()).toBe(before);
    // What SQLite itself lays beside it for any reader has nothing in it.
    expect((await stat(`${path}-wal`).catch(() => ({ size: 0 }))).size).toBe(0);
  });

  test("tells a file that is none, and a Postgres that is not there, without its password", async () => {
    const path = join(at.folder, "data", "bot.db");
    await mkdir(dirname(path));
    await writeFile(path, "this is not a database ".repeat(100));
    const none = await at.examine();
    expect(none.code).toBe(1);
    expect(about(none, "Database")).toContain(
      "✗ wrong    Database: it cannot be read: file is not a",
    );
    const ran = await at.examine({ DATABASE_URL: "postgres://bot:canary-word@127.0.0.1:1/bot" });
    expect(ran.code).toBe(1);
    expect(about(ran, "Database")).toContain("ECONNREFUSED");
    expect(about(ran, "Database")).toContain("To do: see that Postgres runs");
    expect(about(ran, "Tables")).toBe(
      "- skipped  Tables: not looked at: the database cannot be read.",
    );
    expect(ran.out).not.toContain("canary-word");
  });

  test("tells that a Postgres' user may make no tables", async () => {
    const url = await createDatabase();
    const role = `nobody_${url.split("_").at(-1)}`;
    try {
      await tell(url, `CREATE ROLE ${role} LOGIN PASSWORD 'canary-word'`);
      const as = new URL(url);
      [as.username, as.password] = [role, "canary-word"];
      const ran = await at.examine({ DATABASE_URL: as.href });
      expect(about(ran, "Tables")).toContain("its user may not make tables");
      expect(ran.code).toBe(1);
      await tell(url, `GRANT CREATE ON SCHEMA public TO ${role}`);
      expect(about(await at.examine({ DATABASE_URL: as.href }), "Tables")).toContain("✓ well");
      await tell(url, `REVOKE ALL ON SCHEMA public FROM ${role}`);
    } finally {
      await dropDatabase(url);
    }
  });

  test("ends in a few seconds when it does not answer", async () => {
    const mute = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => mute.once("listening", done));
    const address = mute.address();
    const port = typeof address === "object" ? address?.port : 0;
    const began = performance.now();
    const ran = await operate(["doctor"], {
      ...at.good,
      DATABASE_URL: `postgres://bot:word@127.0.0.1:${port}/bot`,
    });
    mute.close();
    expect(ran.code).toBe(1);
    expect(about(ran, "Database")).toContain("✗ wrong    Database: it cannot be read");
    expect(performance.now() - began).toBeLessThan(15_000);
  });
});
