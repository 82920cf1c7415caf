/** What the tests about the tables run on, and some stories too. */
export const ENGINES = ["SQLite", "Postgres"] as const;
export type EngineName = (typeof ENGINES)[number];
