import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "../../src/store/migrations.ts";
import { openPostgres } from "../../src/store/postgres.ts";

/** Makes an empty database on `server`, by default on the one of this test run. @returns its URL. */
export const createDatabase = (server: string = ofThisRun()): Promise<string> =>
  create(server, "template0");

/** Makes a database that has its tables already, as `makeReadyTemplate` left them. @returns its URL. */
export const createReadyDatabase = (): Promise<string> => create(ofThisRun(), READY);

/** Makes the tables once for the whole run: copying them is quicker. */
export async function makeReadyTemplate(server: string): Promise<void> {
  await tell(server, `CREATE DATABASE ${READY} TEMPLATE template0`);
  const database = openPostgres(at(server, READY));
  await migrate(database);
  await database.close();
}
const READY = "bot_ready";

/** Makes a database that is as this one, to which nobody may be connected. @returns its URL. */
export const copyDatabase = (url: string): Promise<string> =>
  create(at(url, "postgres"), nameIn(url));

async function create(server: string, template: string): Promise<string> {
  const name = `bot_${randomBytes(6).toString("hex")}`;
  await tell(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return at(server, name);
}

/** Removes a database, whoever is still connected to it. */
export async function dropDatabase(url: string): Promise<void> {
  await tell(at(url, "postgres"), `DROP DATABASE ${nameIn(url)} WITH (FORCE)`);
}

/** Runs one statement on a connection of its own, outside of all that is tested. */
export async function tell(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

function ofThisRun(): string {
  const url = process.env.TEST_POSTGRES_URL;
  if (url === undefined) {
    throw new Error(`There is no Postgres: ${process.env.TEST_POSTGRES_FAULT ?? "not started"}`);
  }
  return url;
}

function at(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
