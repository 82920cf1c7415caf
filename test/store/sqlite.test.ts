import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import { openSqlite, openSqliteToRead } from "../../src/store/sqlite.ts";
import { opened, temporaryFolder, temporaryPath } from "./temporary.ts";

const FLAGS = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e"];
const moduleUrl = (name: string): string =>
  JSON.stringify(new URL(`../../src/store/${name}`, import.meta.url).href);

let path: string;
let database: Database;

beforeEach(async () => {
  path = temporaryPath();
  database = opened(path);
  await database.run("CREATE TABLE counter (id TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT");
  await database.run("INSERT INTO counter VALUES ('a', 0)");
});

const count = async (id = "a"): Promise<unknown> =>
  (await database.all("SELECT n FROM counter WHERE id = ?", id))[0]?.n;

describe("The database's files", () => {
  test("are for their owner alone, the folder too", async () => {
    await count();
    const modes = readdirSync(dirname(path)).map((name): [string, number] => [
      name,
      statSync(join(dirname(path), name)).mode & 0o777,
    ]);
    expect(Object.fromEntries(modes)).toEqual({
      "bot.db": 0o600,
      "bot.db-wal": 0o600,
      "bot.db-shm": 0o600,
    });
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  test("are for their owner alone although they were not before, and whatever the mask", () => {
    const wide = join(temporaryFolder(), "wide.db");
    writeFileSync(wide, "", { mode: 0o644 });
    const mask = process.umask(0);
    try {
      opened(wide);
      const fresh = join(temporaryFolder(), "deep", "er", "fresh.db");
      opened(fresh);
      expect(statSync(wide).mode & 0o777).toBe(0o600);
      expect(statSync(fresh).mode & 0o777).toBe(0o600);
      expect(statSync(dirname(fresh)).mode & 0o777).toBe(0o700);
    } finally {
      process.umask(mask);
    }
  });

  test("keep what was committed when the process is killed", () => {
    const script = `
      import { openSqlite } from ${moduleUrl("sqlite.ts")};
      const database = openSqlite(process.argv[1]);
      await database.transaction((sql) => sql.run("INSERT INTO counter VALUES ('kept', 7)"));
      await database.transaction(async (sql) => {
        await sql.run("INSERT INTO counter VALUES ('lost', 8)");
        process.kill(process.pid, "SIGKILL");
        await new Promise(() => undefined);
      });`;
    const killed = spawnSync(process.execPath, [...FLAGS, script, path], { encoding: "utf8" });
    expect([killed.signal, killed.stderr]).toEqual(["SIGKILL", ""]);
    return expect(database.all("SELECT id FROM counter ORDER BY id")).resolves.toEqual([
      { id: "a" },
      { id: "kept" },
    ]);
  });

  test("are written so that a commit is on the disk, and deleted rows are overwritten", async () => {
    const setting = async (name: string): Promise<unknown> =>
      Object.values((await database.transaction((sql) => sql.all(`PRAGMA ${name}`)))[0] ?? {})[0];
    expect(await setting("journal_mode")).toBe("wal");
    expect(await setting("synchronous")).toBe(2);
    expect(await setting("secure_delete")).toBe(1);
  });
});

describe("A database in trouble", () => {
  // In a process of its own: jest's errors are of another realm than the database's.
  test("throws a DatabaseError that names the cause and holds no value", () => {
    const canary = "29841_9f86d081884c7d659a2feaa0c55ad015";
    const script = `
      import { inspect } from "node:util";
      import { DatabaseError } from ${moduleUrl("sql.ts")};
      import { openSqlite } from ${moduleUrl("sqlite.ts")};
      const [, path, canary] = process.argv;
      const database = openSqlite(path);
      const wrong = [
        database.run("INSERT INTO counter VALUES (?, ?)", "b", canary),
        database.run("INSERT INTO counter VALUES (?, NULL)", canary),
        database.run("INSERT INTO counter VALUES ('a', 1)"),
        database.run("nonsense"),
        database.all("SELECT * FROM missing WHERE id = ?", canary),
      ];
      for (const { reason } of await Promise.allSettled(wrong)) {
        console.log(reason instanceof DatabaseError, "cause" in reason, inspect(reason, { depth: 9 }));
      }`;
    const ran = spawnSync(process.execPath, [...FLAGS, script, path, canary], { encoding: "utf8" });
    expect([ran.status, ran.stderr]).toEqual([0, ""]);
    expect(ran.stdout.match(/^true false DatabaseError: /gm)).toHaveLength(5);
    expect(ran.stdout).toMatch(/NOT NULL constraint failed: counter\.n/);
    expect(ran.stdout).toMatch(/no such table: missing/);
    expect(ran.stdout).not.toContain(canary);
  });

  test("throws when it is closed, and is closed twice without harm", async () => {
    await database.close();
    await database.close();
    await expect(count()).rejects.toThrow(DatabaseError);
    await expect(database.transaction(async () => 1)).rejects.toThrow(DatabaseError);
    await expect(database.purge()).rejects.toThrow(DatabaseError);
  });

  test("is not opened where there is something else", () => {
    const text = join(temporaryFolder(), "text.db");
    writeFileSync(text, "this is no database, but it is long enough to be one".repeat(40));
    expect(() => openSqlite(text)).toThrow(DatabaseError);
    const folder = join(temporaryFolder(), "folder.db");
    mkdirSync(folder);
    expect(() => openSqlite(folder)).toThrow(DatabaseError);
    expect(() => openSqlite(join(text, "below", "bot.db"))).toThrow(DatabaseError);
  });

  test("waits for another process that writes, instead of giving up", async () => {
    const script = `
      import { DatabaseSync } from "node:sqlite";
      const database = new DatabaseSync(process.argv[1]);
      database.exec("BEGIN IMMEDIATE; UPDATE counter SET n = 41");
      process.stdout.write("held");
      setTimeout(() => database.exec("COMMIT"), 150);`;
    const other = spawn(process.execPath, [...FLAGS, script, path]);
    const closed = once(other, "close");
    await once(other.stdout, "data");
    await database.run("UPDATE counter SET n = n + 1");
    expect(await count()).toBe(42);
    await closed;
  });

  test("lets everything else go on between two of many changes that wait", async () => {
    let rounds = 0;
    const comeRound = (): void => {
      rounds += 1;
      immediate = setImmediate(comeRound);
    };
    let immediate = setImmediate(comeRound);
    const changes = Array.from({ length: 20 }, () =>
      database.run("UPDATE counter SET n = n + 1 WHERE id = 'a'"),
    );
    await Promise.all(changes);
    clearImmediate(immediate);
    expect(rounds).toBeGreaterThanOrEqual(19);
    expect(await count()).toBe(20);
  });

  test("lets everybody read while another process writes, and gives a change up after two seconds", async () => {
    const other = new DatabaseSync(path);
    other.exec("BEGIN IMMEDIATE");
    const change = database.run("UPDATE counter SET n = n + 1");
    const given = expect(change).rejects.toThrow(DatabaseError);
    expect(await count()).toBe(0);
    await given;
    other.exec("ROLLBACK");
    other.close();
    expect(await database.run("UPDATE counter SET n = n + 1")).toBeGreaterThan(0);
  });

  test("tells the cause of what SQLite has taken back by itself", async () => {
    const refused = database.transaction(async (sql) => {
      await sql.run("UPDATE counter SET n = 5");
      await sql.run("INSERT OR ROLLBACK INTO counter VALUES ('a', 1)");
    });
    await expect(refused).rejects.toThrow("UNIQUE constraint failed: counter.id");
    expect(await count()).toBe(0);
    expect(await database.run("UPDATE counter SET n = 1")).toBe(1);
  });

  test("changes nothing where it is only looked at", async () => {
    await expect(database.all("DELETE FROM counter")).rejects.toThrow(DatabaseError);
    const reader = openSqliteToRead(path);
    await expect(reader.all("DELETE FROM counter")).rejects.toThrow(DatabaseError);
    expect(await count()).toBe(0);
    await reader.close();
    await expect(reader.all("SELECT 1")).rejects.toThrow(DatabaseError);
  });

  test("is purged when that was asked for, not at each change", async () => {
    const fresh = join(temporaryFolder(), "fresh.db");
    const log = (): number => statSync(`${fresh}-wal`).size;
    const other = opened(fresh);
    await other.run("CREATE TABLE counter (n INTEGER)");
    expect(log()).toBeGreaterThan(0);
    await other.run("INSERT INTO counter VALUES (1)");
    expect(await other.purge()).toBe(true);
    expect(log()).toBe(0);
    await other.run("INSERT INTO counter VALUES (2)");
    expect(log()).toBeGreaterThan(0);
  });

  test("says so when what was deleted cannot be purged yet, and purges it as soon as it can", async () => {
    const reader = new DatabaseSync(path);
    try {
      reader.exec("BEGIN");
      reader.prepare("SELECT * FROM counter").all();
      await database.run("DELETE FROM counter");
      expect(await database.purge()).toBe(false);
      expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    } finally {
      reader.close();
    }
    await database.run("DELETE FROM counter");
    expect(statSync(`${path}-wal`).size).toBe(0);
  });
});
