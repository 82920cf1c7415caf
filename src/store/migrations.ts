import { CHECKPOINT_TRIGGERS, LEDGER_TRIGGERS } from "./append-only.ts";
import { FILL_IN } from "./request-columns.ts";
import { type Database, DatabaseError, type Engine, type Sql } from "./sql.ts";

/**
 * A statement for both engines, but for the words below; or the statements of each; or one that is
 * repeated until it changes nothing more, so that none takes longer than a statement may.
 */
type Part =
  | string
  | Readonly<Record<Engine, readonly string[]>>
  | { readonly repeat: Readonly<Record<Engine, string>> };

/** Postgres' INTEGER is too small for times, and its tables are all strict. */
const statementsFor = (engine: Engine, part: Part): readonly string[] => {
  if (typeof part === "object") return "repeat" in part ? [] : part[engine];
  if (engine === "sqlite") return [part];
  return [part.replace(/\bINTEGER\b/g, "BIGINT").replace(/ STRICT$/, "")];
};

/**
 * The steps from an empty database to today's, in order, the same for both engines. A step that has
 * run anywhere is never changed; what is new is added at the end. Times are milliseconds, JSON is text.
 */
const STEPS: readonly (readonly Part[])[] = [
  [
    `CREATE TABLE keyv (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE draft (
      id TEXT PRIMARY KEY,
      created_at INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT`,
    `CREATE TABLE request (
      id TEXT PRIMARY KEY,
      state TEXT NOT NULL,
      snapshot_id TEXT NOT NULL,
      due_at INTEGER,
      holds_until INTEGER NOT NULL,
      body TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX request_due ON request (due_at) WHERE due_at IS NOT NULL`,
    `CREATE INDEX request_holds ON request (snapshot_id, holds_until) WHERE state = 'applying'`,
    `CREATE TABLE ledger (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      request_id TEXT,
      body TEXT NOT NULL,
      previous TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT`,
    `CREATE INDEX ledger_request ON ledger (request_id) WHERE request_id IS NOT NULL`,
    // The database itself refuses a second decision and a second end.
    `CREATE UNIQUE INDEX ledger_one_decision ON ledger (request_id) WHERE kind = 'approved'`,
    `CREATE UNIQUE INDEX ledger_one_end ON ledger (request_id)
      WHERE kind IN ('applied', 'failed', 'conflict', 'unknown')`,
    LEDGER_TRIGGERS,
    `CREATE TABLE outbox (
      id TEXT PRIMARY KEY,
      place INTEGER NOT NULL,
      target TEXT NOT NULL,
      due_at INTEGER,
      attempts INTEGER NOT NULL,
      on_its_way INTEGER NOT NULL,
      ledger_seq INTEGER NOT NULL,
      body TEXT NOT NULL,
      error TEXT
    ) STRICT`,
    `CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL`,
  ],
  [
    `ALTER TABLE request ADD COLUMN requester TEXT NOT NULL DEFAULT ''`,
    `ALTER TABLE request ADD COLUMN asked_at INTEGER NOT NULL DEFAULT 0`,
    `CREATE INDEX request_pending ON request (asked_at) WHERE state = 'pending'`,
    `CREATE INDEX request_snapshot ON request (snapshot_id, asked_at)`,
    // One decision of whichever kind, and one end of whichever kind.
    `DROP INDEX ledger_one_decision`,
    `DROP INDEX ledger_one_end`,
    `CREATE UNIQUE INDEX ledger_one_decision ON ledger (request_id)
      WHERE kind IN ('approved', 'rejected', 'withdrawn', 'expired')`,
    `CREATE UNIQUE INDEX ledger_one_end ON ledger (request_id)
      WHERE kind IN ('applied', 'failed', 'conflict', 'unknown', 'rejected', 'withdrawn', 'expired')`,
    // What follows its request is changed in its place, as often as the request changes.
    `ALTER TABLE outbox ADD COLUMN request_id TEXT`,
    `ALTER TABLE outbox ADD COLUMN follows INTEGER NOT NULL DEFAULT 0`,
    `ALTER TABLE outbox ADD COLUMN version INTEGER NOT NULL DEFAULT 1`,
    `ALTER TABLE outbox ADD COLUMN sent_at INTEGER`,
    `ALTER TABLE outbox ADD COLUMN channel TEXT`,
    `ALTER TABLE outbox ADD COLUMN ts TEXT`,
    `CREATE INDEX outbox_followers ON outbox (request_id) WHERE follows = 1`,
    // However much waits, the next look finds its way: in order, past the places that must pause.
    `CREATE INDEX outbox_place ON outbox (place)`,
    `CREATE INDEX outbox_waiting ON outbox (place) WHERE due_at IS NOT NULL`,
    `CREATE INDEX outbox_on_its_way ON outbox (target) WHERE on_its_way = 1`,
    `CREATE INDEX outbox_refused ON outbox (due_at) WHERE error IS NOT NULL`,
    `CREATE INDEX outbox_sent ON outbox (sent_at) WHERE sent_at IS NOT NULL`,
  ],
  [
    `CREATE TABLE checkpoint (
      seq INTEGER PRIMARY KEY,
      body TEXT NOT NULL
    ) STRICT`,
    CHECKPOINT_TRIGGERS,
  ],
  [
    // What a request can be looked for by.
    `ALTER TABLE request ADD COLUMN project_id INTEGER`,
    `ALTER TABLE request ADD COLUMN requester_user TEXT`,
    `ALTER TABLE request ADD COLUMN requester_team TEXT`,
    `ALTER TABLE request ADD COLUMN requester_enterprise TEXT`,
    `ALTER TABLE request ADD COLUMN ended_at INTEGER`,
    { repeat: FILL_IN },
    // A page is read from its first row to its last, however many others there are.
    `CREATE INDEX request_project ON request (project_id, asked_at, id)`,
    `CREATE INDEX request_project_state ON request (project_id, state, asked_at, id)`,
    `CREATE INDEX request_requester
      ON request (requester_user, asked_at, id, project_id, requester_team, requester_enterprise)`,
    `CREATE INDEX request_requester_state
      ON request (requester_user, state, asked_at, id, project_id, requester_team, requester_enterprise)`,
  ],
  [
    // One is due while `version`, which counts what happened, is above `shown`.
    `CREATE TABLE home_tab (
      user_id TEXT PRIMARY KEY,
      person TEXT NOT NULL,
      version INTEGER NOT NULL,
      shown INTEGER NOT NULL,
      held_until INTEGER NOT NULL,
      attempts INTEGER NOT NULL
    ) STRICT`,
    `CREATE INDEX home_tab_due ON home_tab (held_until) WHERE version > shown`,
    `CREATE INDEX request_of_requester ON request (requester, asked_at)`,
  ],
  [
    // What was agreed to can be stopped while a task holds its snapshot: that is an end as well.
    `DROP INDEX ledger_one_end`,
    `CREATE UNIQUE INDEX ledger_one_end ON ledger (request_id)
      WHERE kind IN ('applied', 'failed', 'conflict', 'unknown', 'rejected', 'withdrawn', 'expired', 'stopped')`,
  ],
  [
    // The plan of a request about many: an item each, and those that were chosen and are left.
    `CREATE TABLE plan_item (
      plan_id TEXT NOT NULL,
      n INTEGER NOT NULL,
      snapshot_id TEXT NOT NULL,
      part TEXT NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (plan_id, n)
    ) STRICT`,
    `CREATE INDEX plan_item_part ON plan_item (plan_id, part, n)`,
    // An item is a request of its own from its first attempt on.
    `ALTER TABLE request ADD COLUMN plan_id TEXT`,
    `ALTER TABLE request ADD COLUMN plan_n INTEGER`,
    `CREATE UNIQUE INDEX request_item ON request (plan_id, plan_n) WHERE plan_id IS NOT NULL`,
    `CREATE INDEX request_item_state ON request (plan_id, state) WHERE plan_id IS NOT NULL`,
    `CREATE INDEX request_under_way ON request (asked_at)
      WHERE state IN ('running', 'paused', 'stopping')`,
    `DROP INDEX request_due`,
    `CREATE INDEX request_due ON request (due_at) WHERE due_at IS NOT NULL AND plan_id IS NULL`,
    `CREATE INDEX request_item_due ON request (due_at) WHERE due_at IS NOT NULL AND plan_id IS NOT NULL`,
    `DROP INDEX request_of_requester`,
    `CREATE INDEX request_of_requester ON request (requester, asked_at) WHERE plan_id IS NULL`,
    `DROP INDEX ledger_one_end`,
    `CREATE UNIQUE INDEX ledger_one_end ON ledger (request_id)
      WHERE kind IN ('applied', 'failed', 'conflict', 'unknown', 'rejected', 'withdrawn', 'expired', 'stopped', 'finished')`,
    // How long after the last change of a message it is changed again, at the earliest.
    `ALTER TABLE outbox ADD COLUMN gap INTEGER NOT NULL DEFAULT 1000`,
  ],
];

/** The number of today's form. */
export const SCHEMA_VERSION = STEPS.length;

const VERSIONS = "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL) STRICT";

async function runPart(sql: Sql, engine: Engine, part: Part): Promise<void> {
  for (const statement of statementsFor(engine, part)) await sql.run(statement);
  if (typeof part !== "object" || !("repeat" in part)) return;
  while ((await sql.run(part.repeat[engine])) > 0);
}

/**
 * Brings the database to today's form, or to that of an earlier version; whoever comes first does it.
 * @throws when the database was made by a newer version of the bot.
 */
export async function migrate(database: Database, to: number = SCHEMA_VERSION): Promise<void> {
  await database.transaction(async (sql) => {
    await runPart(sql, database.engine, VERSIONS);
    const [row] = await sql.all("SELECT max(version) AS version FROM schema_version");
    const version = Number(row?.version ?? 0);
    if (version > SCHEMA_VERSION) {
      throw new DatabaseError(
        `it has schema version ${version}, this bot knows ${SCHEMA_VERSION}: run a newer bot`,
      );
    }
    for (const [index, parts] of STEPS.entries()) {
      if (index < version || index >= to) continue;
      for (const part of parts) await runPart(sql, database.engine, part);
      await sql.run("INSERT INTO schema_version (version) VALUES (?)", index + 1);
    }
  });
}
