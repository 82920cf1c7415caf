import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openSqlite } from "../../src/store/sqlite.ts";
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
};

const onSqlite: Pick<Plan, "databaseUrl" | "open"> = {
  databaseUrl: (folder) => `sqlite:${join(folder, "bot.db")}`,
  open: (folder) => openSqlite(join(folder, "bot.db")),
};

test("under kills and faults each request is decided once, changed at most once, and told", async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const plan = { ...onSqlite, requests: 24, kills: 4, processes: 2, seed, faults: true };
  const verdict = await run(plan);
  expect(verdict).toMatchObject({ seed, clicks: 48, kills: 4, violations: NONE });
}, 180_000);
