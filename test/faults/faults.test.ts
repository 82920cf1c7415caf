import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { createDatabase } from "../postgres/databases.ts";
import type { EngineName } from "../store/engines.ts";
import { type Plan, run } from "./run.ts";

/*
 * The short form of `npm run test:faults`: real processes, real kills, real HTTP. What the long form
 * came to stands in docs/evidence.md.
 */
const NONE = {
  doubleDecisions: 0,
  changedTwice: 0,
  changedWithoutApproval: 0,
  approvedAndLost: 0,
  announcementsLost: 0,
  clicksUnanswered: 0,
  answersThatLie: 0,
  brokenChainAt: 0,
  itemsChangedTwice: 0,
  itemsChangedWithoutApproval: 0,
  itemsLost: 0,
  plansMiscounted: 0,
  plansUntold: 0,
};

const PLACES: Readonly<Record<EngineName, Plan["place"]>> = {
  SQLite: async (folder) => join(folder, "bot.db"),
  Postgres: () => createDatabase(),
};

test.each([
  ["SQLite", 1],
  ["Postgres", 3],
] as const)(
  "on %s, under kills and faults, each request is decided once, changed at most once, and told",
  async (engine, processes) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const size = { requests: 16, plans: 2, kills: 3, processes, seed };
    const verdict = await run({ ...size, engine, place: PLACES[engine], faults: true });
    expect(verdict).toMatchObject({ seed, clicks: 32, kills: 3, violations: NONE });
  },
  // Every lost PATCH is waited out, and a machine may be busy.
  420_000,
);
