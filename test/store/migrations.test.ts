import { describe, expect, test } from "@jest/globals";
import { migrate } from "../../src/store/migrations.ts";
import { putNotices } from "../../src/store/outbox-notices.ts";
import { type Database, DatabaseError } from "../../src/store/sql.ts";
import { migrated, opened, temporaryPath } from "./temporary.ts";

const schema = (database: Database) =>
  database.all("SELECT type, name, sql FROM sqlite_schema ORDER BY name");

describe("The form of the database", () => {
  test("is made once, however often it is asked for", async () => {
    const database = await migrated();
    const made = await schema(database);
    await putNotices(
      database,
      [{ kind: "word", requestId: "r", state: "failed", target: "U1" }],
      1,
      0,
    );
    await Promise.all([migrate(database), migrate(database)]);
    expect(await schema(database)).toEqual(made);
    expect(await database.all("SELECT version FROM schema_version")).toEqual([
      { version: 1 },
      { version: 2 },
      { version: 3 },
    ]);
    expect(await database.all("SELECT id FROM outbox")).toHaveLength(1);
  });

  test("is the same for a second handle on the file", async () => {
    const path = temporaryPath();
    const first = await migrated(path);
    const second = await migrated(path);
    expect(await schema(second)).toEqual(await schema(first));
  });

  test("of a newer bot is left alone, and nothing is half done", async () => {
    const database = opened();
    await database.run("CREATE TABLE schema_version (version INTEGER NOT NULL) STRICT");
    await database.run("INSERT INTO schema_version VALUES (99)");
    await expect(migrate(database)).rejects.toThrow(/version 99.*newer/);
    expect((await schema(database)).map((row) => row.name)).toEqual(["schema_version"]);
  });

  test("that cannot be made is not made by half", async () => {
    const database = opened();
    await database.run("CREATE TABLE request (mine TEXT)");
    await expect(migrate(database)).rejects.toThrow(DatabaseError);
    expect((await schema(database)).map((row) => row.name)).toEqual(["request"]);
  });
});
