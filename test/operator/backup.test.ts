import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startBot } from "../../src/bot.ts";
import { parseConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { type Bed, startBed } from "../bed.ts";
import { createDatabase, dropDatabase } from "../postgres/databases.ts";
import { temporaryFolder } from "../store/temporary.ts";
import { change, commandFor, reads } from "../stories/steps.ts";
import { ask, operate } from "./operator.ts";

let bed: Bed;
let folder: string;
let url: string;
beforeEach(async () => {
  bed = await startBed();
  folder = temporaryFolder();
  url = bed.environment.DATABASE_URL ?? "";
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

describe("backup and restore", () => {
  test("a team moves from SQLite to Postgres: whoever had connected a key goes on as before", async () => {
    const { ada, gcore, slack } = bed;
    await bed.connect(ada, gcore.keys.full);
    await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await reads(bed, ada, "@ada changed snapshot");
    await bed.said();
    const file = join(folder, "backup.jsonl");
    const made = await operate(["backup", "--to", file], { DATABASE_URL: url });
    expect(made).toMatchObject({ code: 0, out: "" });
    expect(made.note).toMatch(/^\d+ rows written to .*backup\.jsonl\.\n$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, "utf8")).not.toContain(gcore.keys.full);

    await bed.bot.stop();
    const place = await createDatabase();
    const environment = { ...bed.environment, DATABASE_URL: place };
    const back = await operate(["restore", "--from", file], environment);
    expect(back).toMatchObject({ code: 0, out: "" });
    expect(back.note.match(/\d+/)?.[0]).toBe(made.note.match(/\d+/)?.[0]);
    expect((await ask(["ledger", "verify"], environment)).out).toContain("The chain is whole");

    const parsed = parseConfig(environment);
    if ("faults" in parsed) throw new Error(parsed.faults.join("\n"));
    const bot = await startBot(
      parsed.config,
      bed.clock,
      createLog("error", () => undefined),
    );
    slack.deliverTo(`${bot.url}/slack/events`);
    await bot.ready;
    try {
      await ada.close({ all: true });
      await change(bed, ada, commandFor(gcore.ids.plain, "environment=live"));
      await slack.until(() => gcore.tags(gcore.ids.plain).get("environment") === "live", "it");
      expect(gcore.effectiveChanges(gcore.ids.plain)).toBe(2);
    } finally {
      await bot.stop();
      await dropDatabase(place);
    }
  });

  test("write over nothing, and say what cannot be put back", async () => {
    const file = join(folder, "backup.jsonl");
    await writeFile(file, '{"some":"thing"}\n');
    const settings = { DATABASE_URL: url };
    expect(await ask(["backup", "--to", file], settings)).toMatchObject({
      code: 1,
      note: `${file} is there already.\n`,
    });
    expect(await readFile(file, "utf8")).toBe('{"some":"thing"}\n');
    const elsewhere = { DATABASE_URL: `sqlite:${join(folder, "new.db")}` };
    expect(await ask(["restore", "--from", file], elsewhere)).toMatchObject({
      code: 1,
      note: `${file}: it is no backup of this bot.\n`,
    });
    expect(await ask(["restore", "--from", join(folder, "none")], elsewhere)).toMatchObject({
      code: 1,
      note: `${join(folder, "none")} cannot be read (ENOENT).\n`,
    });
    expect((await ask(["restore"], elsewhere)).note).toMatch(/^--from is missing\./);
    await bed.connect(bed.ada, bed.gcore.keys.full);
    const good = join(folder, "good.jsonl");
    expect((await ask(["backup", "--to", good], settings)).code).toBe(0);
    expect(await ask(["restore", "--from", good], settings)).toMatchObject({
      code: 1,
      note: `${good}: the database is not new: a backup goes into one of its own.\n`,
    });
  });
});

test("migrate makes the database before the bot comes, and leaves one of a newer bot alone", async () => {
  const settings = { DATABASE_URL: `sqlite:${join(folder, "new.db")}` };
  for (let time = 0; time < 2; time += 1) {
    expect(await ask(["migrate"], settings)).toMatchObject({
      code: 0,
      note: expect.stringMatching(
        /^The database has the form of this bot: schema version \d+\.\n$/,
      ),
    });
  }
  await bed.bot.database.run("INSERT INTO schema_version VALUES (99)");
  expect(await ask(["migrate"], { DATABASE_URL: url })).toMatchObject({
    code: 1,
    note: expect.stringMatching(
      /it has schema version 99, this bot knows \d+: run a newer bot\.\n$/,
    ),
  });
});
