import { describe, expect, test } from "@jest/globals";
import { migrate, SCHEMA_VERSION } from "../../src/store/migrations.ts";
import { readForm } from "../../src/store/schema-version.ts";
import type { Database } from "../../src/store/sql.ts";
import { tell } from "../postgres/databases.ts";
import { ENGINES } from "./engines.ts";
import { opened, temporaryPlace } from "./temporary.ts";

const formOf = (database: Database) => readForm(database, database.engine);

describe.each(ENGINES)("The form of a database on %s", (engine) => {
  const server = engine === "SQLite" ? null : expect.any(Number);

  test("is that of none where there are no tables, and looking makes none", async () => {
    const database = opened(await temporaryPlace(engine));
    const none = { version: 0, mayCreate: true, server };
    expect(await formOf(database)).toEqual(none);
    expect(await formOf(database)).toEqual(none);
    // A bot that died before its first step leaves this much.
    await database.run("CREATE TABLE schema_version (version INTEGER NOT NULL)");
    expect(await formOf(database)).toEqual(none);
  });

  test("is that of the last step that was made", async () => {
    const database = opened(await temporaryPlace(engine));
    for (const version of [1, SCHEMA_VERSION]) {
      await migrate(database, version);
      expect(await formOf(database)).toEqual({ version, mayCreate: true, server });
    }
  });
});

test("The form of a database on Postgres tells which release it is, and whether tables may be made", async () => {
  const url = await temporaryPlace("Postgres");
  const [asked] = (await tell(url, "SHOW server_version")).rows;
  const { server } = await formOf(opened(url));
  expect(String(asked?.server_version)).toMatch(new RegExp(`^${server}\\.`));
  const role = `nobody_${new URL(url).pathname.split("_").at(-1)}`;
  await tell(url, `CREATE ROLE ${role} LOGIN PASSWORD 'word'`);
  const as = new URL(url);
  [as.username, as.password] = [role, "word"];
  expect(await formOf(opened(as.href))).toEqual({ version: 0, mayCreate: false, server });
  await tell(url, `DROP ROLE ${role}`);
});
