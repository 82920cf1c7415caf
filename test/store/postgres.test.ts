import { setTimeout as pause } from "node:timers/promises";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { end, LEASE, SEND_WITHIN } from "../../src/approval/claim.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { migrate } from "../../src/store/migrations.ts";
import { openPostgres, openPostgresToRead } from "../../src/store/postgres.ts";
import { requestsIn } from "../../src/store/requests.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import { AFTER, draftOf, NOW, voteOf } from "../approval/samples.ts";
import { createDatabase, tell } from "../postgres/databases.ts";
import { type LocalPostgres, startPostgres } from "../postgres/local-postgres.ts";
import { startLossyProxy } from "../postgres/lossy-proxy.ts";
import { opened, temporaryPlace } from "./temporary.ts";

const CANARY = "29841_9f86d081884c7d659a2feaa0c55ad015";
const COUNTER = "CREATE TABLE counter (id TEXT PRIMARY KEY, n BIGINT NOT NULL)";

let url: string;
let database: Database;

beforeEach(async () => {
  url = await temporaryPlace("Postgres");
  database = opened(url);
  await database.run(COUNTER);
  await database.run("INSERT INTO counter VALUES ('a', 0)");
});

const errorOf = async (work: Promise<unknown>): Promise<Error> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DatabaseError);
  return error as Error;
};

/** A client of somebody else that has begun a transaction. */
async function somebodyElse(...statements: readonly string[]) {
  const client = new pg.Client(url);
  // When a test has failed, the database goes while it still looks.
  client.on("error", () => undefined);
  await client.connect();
  await client.query("BEGIN");
  for (const statement of statements) await client.query(statement);
  return client;
}

describe("A Postgres in trouble", () => {
  test("throws a DatabaseError that names the cause and holds no value", async () => {
    const errors = await Promise.all(
      [
        database.run("INSERT INTO counter VALUES (?, ?)", "b", CANARY),
        database.run("INSERT INTO counter VALUES (?, NULL)", CANARY),
        database.run("INSERT INTO counter VALUES (?, 1), (?, 1)", CANARY, CANARY),
        database.run("nonsense"),
        database.all("SELECT * FROM missing WHERE id = ?", CANARY),
        database.all("SELECT n / 0 FROM counter WHERE id <> ?", CANARY),
        database.all("SELECT * FROM counter WHERE id = ?", `${CANARY}\0`),
      ].map(errorOf),
    );
    const said = errors.map((error) => inspect(error, { depth: 9, showHidden: true })).join("\n");
    expect(said).not.toContain(CANARY);
    const causes = [
      "refused (SQLSTATE 22P02)",
      'null value in column "n" of relation "counter" violates not-null constraint (SQLSTATE 23502)',
      'duplicate key value violates unique constraint "counter_pkey" (SQLSTATE 23505)',
      'syntax error at or near "nonsense" (SQLSTATE 42601)',
      'relation "missing" does not exist (SQLSTATE 42P01)',
      "refused (SQLSTATE 22012)",
      "refused (SQLSTATE 22021)",
    ];
    expect(errors.map(({ message }) => message)).toEqual(causes);
  });

  test("never says its password", async () => {
    const wrong = new URL(url);
    wrong.password = CANARY;
    const nowhere = new URL(wrong);
    nowhere.port = "1";
    const missing = new URL(url);
    missing.pathname = "/missing";
    const messages: string[] = [];
    for (const { href } of [wrong, nowhere, missing]) {
      const error = await errorOf(opened(href).all("SELECT 1"));
      messages.push(error.message);
      const said = inspect(error, { depth: 9, showHidden: true });
      for (const secret of [CANARY, new URL(url).password]) expect(said).not.toContain(secret);
    }
    expect(messages[0]).toContain("password authentication failed");
    expect(messages[1]).toContain("ECONNREFUSED");
    expect(messages[2]).toContain('database "missing" does not exist');
  });

  test("speaks to no server in the clear when its URL wants encryption", async () => {
    const error = await errorOf(opened(`${url}?sslmode=verify-full`).all("SELECT 1"));
    expect(error.message).toBe("The server does not support SSL connections");
  });

  test("goes on with its connections when it has refused a statement", async () => {
    const which = "SELECT pg_backend_pid() AS pid";
    const [looking, changing] = [
      await database.all(which),
      await database.transaction((sql) => sql.all(which)),
    ];
    await errorOf(database.all("nonsense"));
    await errorOf(database.run("nonsense"));
    await errorOf(database.all("SELECT CAST(9007199254740993 AS BIGINT) AS n"));
    expect(await database.all(which)).toEqual(looking);
    expect(await database.transaction((sql) => sql.all(which))).toEqual(changing);
  });

  test("says when it was closed, and has left no connection behind by then", async () => {
    const left = async (): Promise<number> => {
      const { rows } = await tell(
        url,
        `SELECT pid FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'snapshot-bot'`,
      );
      return rows.length;
    };
    const reader = openPostgresToRead(url);
    await Promise.all([reader.all("SELECT 1"), database.all("SELECT 1")]);
    expect(await left()).toBe(3);
    await reader.close();
    await database.close();
    // Postgres hears of the end, and ends what served it.
    for (let tries = 0; tries < 100 && (await left()) > 0; tries += 1) await pause(10);
    expect(await left()).toBe(0);
    expect((await errorOf(database.all("SELECT 1"))).message).toBe("the database is closed");
  });

  test("gives no number that is not exact", async () => {
    const error = await errorOf(database.all("SELECT CAST(9007199254740993 AS BIGINT) AS n"));
    expect(error.message).toBe("a number is too large to be exact");
    expect(await database.all("SELECT n FROM counter")).toEqual([{ n: 0 }]);
  });

  test("commits nothing when a statement failed, although nobody heard of that", async () => {
    const deaf = database.transaction(async (sql) => {
      await sql.run("UPDATE counter SET n = 5");
      await sql.run("nonsense").catch(() => undefined);
    });
    expect((await errorOf(deaf)).message).toMatch(/^nothing was committed/);
    expect(await database.all("SELECT n FROM counter")).toEqual([{ n: 0 }]);
  });

  test("lets everybody read while another process writes, and gives a change up after two seconds", async () => {
    // The lock of this very bot, as another process of it holds it.
    let release = (): void => undefined;
    const other = opened(url).transaction(
      () =>
        new Promise<void>((done) => {
          release = done;
        }),
    );
    while (!(await isWriting())) await new Promise((done) => setTimeout(done, 5));
    const given = errorOf(database.run("UPDATE counter SET n = n + 1"));
    expect(await database.all("SELECT n FROM counter")).toEqual([{ n: 0 }]);
    expect((await given).message).toBe("canceling statement due to lock timeout (SQLSTATE 55P03)");
    release();
    await other;
    expect(await database.run("UPDATE counter SET n = n + 1")).toBe(1);
  });

  test("does not wait for ever for a statement", async () => {
    const error = await errorOf(database.all("SELECT pg_sleep(60)"));
    expect(error.message).toBe("canceling statement due to statement timeout (SQLSTATE 57014)");
  });
});

const isWriting = async (): Promise<boolean> =>
  (await database.all("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted")).length >
  0;

describe("A purge", () => {
  test("says so when somebody still looks at what was deleted, and comes as soon as it can", async () => {
    await migrate(database);
    await database.run("INSERT INTO keyv VALUES ('k', ?)", CANARY);
    const pages = async () =>
      (await database.all("SELECT pg_relation_filenode('keyv') AS file"))[0]?.file;
    const reader = await somebodyElse(
      "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
      "SELECT * FROM counter",
    );
    const before = await pages();
    await opened(url).run("UPDATE counter SET n = 1");
    expect(await pages()).toBe(before);
    await database.run("DELETE FROM keyv");
    expect(await database.purge()).toBe(false);
    expect(await pages()).toBe(before);
    await database.run("UPDATE counter SET n = 1");
    expect(await pages()).toBe(before);
    await reader.end();
    await database.run("UPDATE counter SET n = 2");
    expect(await pages()).not.toBe(before);
  });

  test("says so when somebody holds the table of the keys for too long, or there is none", async () => {
    expect((await errorOf(database.purge())).message).toContain('relation "keyv" does not exist');
    await migrate(database);
    const reader = await somebodyElse("SELECT * FROM keyv");
    expect(await database.purge()).toBe(false);
    await reader.end();
    expect(await database.purge()).toBe(true);
  });
});

/** As it goes over the wire; READ COMMITTED is something else. */
const COMMIT = "COMMIT\0";

describe("When the answer to COMMIT is lost", () => {
  test("it throws although it was committed, and whoever asks again gets the same decision", async () => {
    const proxy = await startLossyProxy(url);
    await migrate(database);
    const requests = requestsIn(opened(proxy.url), []);
    const ask = () => requests.ask(draftOf("r1"), "V1", voteOf(), NOW);
    proxy.loseAnswerTo(COMMIT);
    await errorOf(ask());
    const decided = await requests.request("r1");
    expect(decided).toMatchObject({ id: "r1", state: "approved" });
    expect(await ask()).toEqual(decided);

    proxy.loseAnswerTo(COMMIT);
    await errorOf(requests.claim("lost", NOW));
    expect(await requests.claim("second", NOW)).toBeUndefined();
    expect(await requests.request("r1")).toMatchObject({ state: "applying", owner: "lost" });

    // Its lease runs out, and the next one knows that a PATCH may have been sent.
    const heir = await requests.claim("heir", NOW + LEASE);
    if (heir === undefined) throw new Error("nobody inherits");
    expect(heir.sentAt).toBe(NOW + SEND_WITHIN);
    const applied = end(heir, { kind: "applied", snapshot: AFTER, lookedUp: true }, NOW + LEASE);
    const settle = () => requests.settle(heir, applied, NOW + LEASE);
    proxy.loseAnswerTo(COMMIT);
    await errorOf(settle());
    expect(await settle()).toBe(false);
    expect(await requests.request("r1")).toEqual(applied);

    const ledger = await readLedger(database);
    expect(ledger.map(({ body }) => JSON.parse(body).kind)).toEqual([
      "requested",
      "approved",
      "attempted",
      "attempted",
      "applied",
    ]);
    expect(firstBroken(ledger)).toBeUndefined();
    await proxy.stop();
  });
});

describe("A restart of Postgres", () => {
  let server: LocalPostgres;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.remove());

  test("takes back what is in flight, and is over for whoever comes next", async () => {
    const bot = openPostgres(await createDatabase(server.url));
    await bot.run(COUNTER);
    await bot.run("INSERT INTO counter VALUES ('a', 0)");
    // Connections that lie idle are cut off, too.
    await Promise.all([1, 2, 3].map(() => bot.all("SELECT pg_sleep(0.05)")));
    const inFlight = bot.transaction(async (sql) => {
      await sql.run("UPDATE counter SET n = 1");
      await server.stop();
      await sql.run("UPDATE counter SET n = 2");
    });
    await errorOf(inFlight);
    await errorOf(bot.all("SELECT n FROM counter"));
    await errorOf(bot.run("UPDATE counter SET n = 3"));
    await server.start();
    expect(await bot.all("SELECT n FROM counter")).toEqual([{ n: 0 }]);
    expect(await bot.run("UPDATE counter SET n = 4")).toBe(1);
    await bot.close();
  });

  test("does not end a process, whose connections all lie idle", async () => {
    const place = await createDatabase(server.url);
    const bot = openPostgres(place);
    await bot.run(COUNTER);
    await bot.all("SELECT 1 AS n");
    await tell(
      server.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${new URL(place).pathname.slice(1)}'`,
    );
    await server.stop();
    await server.start();
    expect(await bot.all("SELECT 1 AS n")).toEqual([{ n: 1 }]);
    await bot.close();
  });
});
