import { readSetting } from "../config.ts";
import { SCHEMA_VERSION } from "../store/migrations.ts";
import { openToRead } from "../store/open-database.ts";
import { type DatabaseForm, readForm } from "../store/schema-version.ts";
import { type Database, DatabaseError } from "../store/sql.ts";
import type { World } from "./command.ts";
import { databaseFile } from "./database-file.ts";
import { lookAtKeys } from "./doctor-keys.ts";
import { type Finding, skipped, warning, well, wrong } from "./finding.ts";
import { within } from "./within.ts";

const LATER = ["Tables", "Kept keys"] as const;
/** The oldest Postgres that the bot is made for. */
const OLDEST_SERVER = 15;

/** The database, its tables, and the people's keys in it. Nothing is made and nothing written. */
export async function* lookAtDatabase(
  environment: World["environment"],
  limit: number,
): AsyncGenerator<Finding> {
  const setting = readSetting("DATABASE_URL", environment.DATABASE_URL);
  if ("fault" in setting) {
    yield* skippedAll(["Database", ...LATER], "DATABASE_URL is wrong.");
    return;
  }
  const place = await databaseFile(setting.value);
  if (place !== "there") {
    yield* place === "may be made" ? notYet() : cannotBeMade(place.fault);
    return;
  }
  let database: Pick<Database, "all" | "close"> | undefined;
  try {
    database = openToRead(setting.value);
    const form = await within(limit, readForm(database, setting.value.kind));
    yield* formFindings(form);
    yield await within(limit, lookAtKeys(database, form, environment));
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const todo =
      setting.value.kind === "sqlite"
        ? "see that DATABASE_URL names the bot's database, and that it is yours to read."
        : "see that Postgres runs, and that DATABASE_URL has its host, its user and its password.";
    yield wrong("Database", `it cannot be read: ${error.message}.`, todo);
    yield* skippedAll(LATER, "the database cannot be read.");
  } finally {
    // One that hangs lets go by itself, after its own time limits.
    await within(limit, database?.close() ?? Promise.resolve()).catch(() => undefined);
  }
}

function* notYet(): Generator<Finding> {
  yield well("Database", "there is none yet: the bot makes it at its first start.");
  yield* skippedAll(LATER, "there is no database yet.");
}

function* cannotBeMade(fault: string): Generator<Finding> {
  yield wrong("Database", `${fault}.`, "give the folder to the user that the bot runs as.");
  yield* skippedAll(LATER, "the database cannot be used.");
}

function* formFindings({ version, mayCreate, server }: DatabaseForm): Generator<Finding> {
  const what = server === null ? "SQLite" : `Postgres ${server}`;
  if (server !== null && server < OLDEST_SERVER) {
    const todo = `move to Postgres ${OLDEST_SERVER} or newer.`;
    yield warning(
      "Database",
      `${what} answers; it is older than what the bot is tested with.`,
      todo,
    );
  } else yield well("Database", `${what} answers.`);
  if (version > SCHEMA_VERSION) {
    const said = `they have version ${version}, and this bot knows ${SCHEMA_VERSION}: a newer bot made them.`;
    yield wrong("Tables", said, "run the newer bot, or restore a backup from before it.");
  } else if (version < SCHEMA_VERSION && !mayCreate) {
    const said = `they have version ${version}, this bot wants ${SCHEMA_VERSION}, and its user may not make tables.`;
    yield wrong("Tables", said, "grant the user CREATE on the schema.");
  } else if (version < SCHEMA_VERSION) {
    const had = version === 0 ? "there are none" : `they have version ${version}`;
    yield well(
      "Tables",
      `${had}; the bot brings them to version ${SCHEMA_VERSION} when it starts.`,
    );
  } else yield well("Tables", `version ${version}, which is this bot's.`);
}

const skippedAll = (checks: readonly string[], why: string): readonly Finding[] =>
  checks.map((check) => skipped(check, why));
