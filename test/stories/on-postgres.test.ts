/* The stories of approvals once more, each with a Postgres database in place of SQLite. */
process.env.BED_ENGINE = "Postgres";
await import("./approvals.test.ts");
await import("./undo.test.ts");
