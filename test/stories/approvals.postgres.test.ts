/** Who approves what, once more, on Postgres. */
process.env.BED_ENGINE = "Postgres";
await import("./approvals.test.ts");
