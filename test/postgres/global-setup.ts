import { makeReadyTemplate } from "./databases.ts";
import { type LocalPostgres, startPostgres } from "./local-postgres.ts";

declare global {
  var localPostgres: LocalPostgres | undefined;
}

/** One Postgres for the whole run. Without one, the tests that need it fail and say why. */
export default async function startForAll(): Promise<void> {
  try {
    globalThis.localPostgres = await startPostgres();
    await makeReadyTemplate(globalThis.localPostgres.url);
    process.env.TEST_POSTGRES_URL = globalThis.localPostgres.url;
  } catch (error) {
    process.env.TEST_POSTGRES_FAULT = error instanceof Error ? error.message : "unknown";
  }
}
