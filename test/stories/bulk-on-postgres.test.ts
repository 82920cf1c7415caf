/* The stories of a run of many once more, with a Postgres database in place of SQLite. */
process.env.BED_ENGINE = "Postgres";
await import("./bulk-run.test.ts");
