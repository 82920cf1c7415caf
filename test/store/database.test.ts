import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "@jest/globals";
import { openToRead } from "../../src/store/open-database.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import { ENGINES } from "./engines.ts";
import { race } from "./processes.ts";
import { opened, temporaryPlace } from "./temporary.ts";

describe.each(ENGINES)("On %s", (engine) => {
  let place: string;
  let database: Database;

  beforeEach(async () => {
    place = await temporaryPlace(engine);
    database = opened(place);
    await database.run("CREATE TABLE counter (id TEXT PRIMARY KEY, n BIGINT NOT NULL)");
    await database.run("INSERT INTO counter VALUES ('a', 0)");
  });

  const count = async (id = "a"): Promise<unknown> =>
    (await database.all("SELECT n FROM counter WHERE id = ?", id))[0]?.n;

  describe("A transaction", () => {
    test("is alone: callers that come meanwhile wait for its end", async () => {
      const increments = Array.from({ length: 40 }, (_, index) =>
        database.transaction(async (sql) => {
          const [row] = await sql.all("SELECT n FROM counter WHERE id = 'a'");
          await pause(index % 3);
          await sql.run("UPDATE counter SET n = ? WHERE id = 'a'", Number(row?.n) + 1);
        }),
      );
      await Promise.all(increments);
      expect(await count()).toBe(40);
    });

    test("lets nobody see what is half done, and keeps nobody from looking", async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((done) => {
        release = done;
      });
      const mine = database.transaction(async (sql) => {
        await sql.run("UPDATE counter SET n = 1 WHERE id = 'a'");
        await held;
        await sql.run("UPDATE counter SET n = 2 WHERE id = 'a'");
      });
      const write = database.run("UPDATE counter SET n = n + 10 WHERE id = 'a'");
      expect(await count()).toBe(0);
      release();
      await Promise.all([mine, write]);
      expect(await count()).toBe(12);
    });

    test("is taken back whole when anything is thrown in it", async () => {
      const trouble = new Error("trouble");
      const failed = database.transaction(async (sql) => {
        await sql.run("UPDATE counter SET n = 5 WHERE id = 'a'");
        await sql.run("INSERT INTO counter VALUES ('b', 1)");
        throw trouble;
      });
      await expect(failed).rejects.toBe(trouble);
      expect(await database.all("SELECT * FROM counter")).toEqual([{ id: "a", n: 0 }]);
    });

    test("is taken back whole when the database refuses a step, and the next one goes on", async () => {
      const failed = database.transaction(async (sql) => {
        await sql.run("UPDATE counter SET n = 5 WHERE id = 'a'");
        await sql.run("INSERT INTO counter VALUES ('a', 1)");
      });
      const next = database.transaction(async (sql) => sql.run("UPDATE counter SET n = n + 1"));
      await expect(failed).rejects.toThrow(DatabaseError);
      expect(await next).toBe(1);
      expect(await count()).toBe(1);
    });

    test("gives back what its work gives", async () => {
      expect(await database.transaction(async () => "value")).toBe("value");
    });

    test("is one of many in several processes: each waits for the others", async () => {
      const fresh = await temporaryPlace(engine);
      const paths = [..."abcdefgh"].map((name) => ["open", fresh, name]);
      expect(await race(...paths)).toEqual(paths.map(() => "open"));
    });
  });

  describe("A database", () => {
    test("gives whole numbers back as numbers, text as text, and nothing as null", async () => {
      const [row] = await database.all(
        "SELECT CAST(? AS BIGINT) AS time, CAST(? AS TEXT) AS name, '?' AS mark, CAST(NULL AS TEXT) AS none",
        1_795_312_800_000,
        "it's 7?",
      );
      expect({ ...row }).toEqual({
        time: 1_795_312_800_000,
        name: "it's 7?",
        mark: "?",
        none: null,
      });
    });

    test("throws when it is closed, and is closed twice without harm", async () => {
      await database.close();
      await database.close();
      await expect(count()).rejects.toThrow(DatabaseError);
      await expect(database.transaction(async () => 1)).rejects.toThrow(DatabaseError);
      await expect(database.purge()).rejects.toThrow(DatabaseError);
    });

    test("shows who only reads it one moment at a time, and the next one anew", async () => {
      const reader = openToRead(
        engine === "SQLite" ? { kind: "sqlite", path: place } : { kind: "postgres", url: place },
      );
      try {
        const look = "SELECT n FROM counter";
        await reader.atOneMoment(async (sql) => {
          expect(await sql.all(look)).toEqual([{ n: 0 }]);
          await database.run("UPDATE counter SET n = 1");
          expect(await sql.all(look)).toEqual([{ n: 0 }]);
        });
        expect(await reader.all(look)).toEqual([{ n: 1 }]);
        const wrong = reader.atOneMoment((sql) => sql.all("nonsense"));
        await expect(wrong).rejects.toThrow(DatabaseError);
        await database.run("UPDATE counter SET n = 2");
        expect(await reader.atOneMoment((sql) => sql.all(look))).toEqual([{ n: 2 }]);
      } finally {
        await reader.close();
      }
      await expect(reader.all("SELECT 1")).rejects.toThrow();
    });

    test("is closed when what was begun has ended", async () => {
      const write = database.transaction(async (sql) => {
        await pause(30);
        return await sql.run("UPDATE counter SET n = 1");
      });
      const next = database.run("UPDATE counter SET n = n + 1");
      await Promise.all([pause(5).then(() => database.close()), write, next]);
      expect(await write).toBe(1);
      expect(await opened(place).all("SELECT n FROM counter")).toEqual([{ n: 2 }]);
    });
  });
});
