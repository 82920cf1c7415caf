import type { Engine, Sql } from "./sql.ts";

/** What a database is, as far as it can be seen without changing it. */
export interface DatabaseForm {
  /** The version of its tables; 0: it has none yet. */
  readonly version: number;
  /** Whether the bot may make tables here; SQLite's are its own. */
  readonly mayCreate: boolean;
  /** The release of the server, 18 for one; null: there is no server. */
  readonly server: number | null;
}

const HAS_VERSIONS: Readonly<Record<Engine, string>> = {
  sqlite: "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'schema_version'",
  postgres: "SELECT count(to_regclass('schema_version')) AS n",
};
const SERVER = `
  SELECT CAST(current_setting('server_version_num') AS INTEGER) / 10000 AS server,
    CASE WHEN has_schema_privilege(current_schema(), 'CREATE') THEN 1 ELSE 0 END AS may_create`;

/** Looks at a database without changing it. */
export async function readForm(database: Pick<Sql, "all">, engine: Engine): Promise<DatabaseForm> {
  const [has] = await database.all(HAS_VERSIONS[engine]);
  const [row] =
    has?.n === 0 ? [] : await database.all("SELECT max(version) AS version FROM schema_version");
  const version = Number(row?.version ?? 0);
  if (engine === "sqlite") return { version, mayCreate: true, server: null };
  const [told] = await database.all(SERVER);
  return { version, mayCreate: told?.may_create === 1, server: Number(told?.server) };
}
