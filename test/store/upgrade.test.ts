import { randomBytes } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { end } from "../../src/approval/claim.ts";
import { draftsIn } from "../../src/store/drafts.ts";
import { figuresOf } from "../../src/store/figures.ts";
import { historyIn } from "../../src/store/history.ts";
import { homeTabsIn } from "../../src/store/home-tabs.ts";
import { keysIn } from "../../src/store/keys.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { outboxIn, untaken } from "../../src/store/outbox-table.ts";
import { plansIn } from "../../src/store/plans.ts";
import { requestsIn } from "../../src/store/requests.ts";
import type { Database } from "../../src/store/sql.ts";
import { createVault } from "../../src/store/vault.ts";
import { draftOf, HOUR, MARIA, NOW, PROBLEMS, voteOf } from "../approval/samples.ts";
import { ENGINES } from "./engines.ts";
import { itemsOf, runPlan } from "./plan-samples.ts";
import { migrated, opened, temporaryPlace } from "./temporary.ts";

const TABLES = ["request", "ledger", "outbox", "keyv", "draft", "home_tab", "plan_item"];
const FAILED = { kind: "failed", problem: PROBLEMS["key-refused"] } as const;

/** What a bot does in an hour: a request that fails, what it has to say of it, a plan, a look around. */
function botOn(database: Database) {
  const requests = requestsIn(database, ["C0000000009"]);
  const [plans, outbox, homes] = [plansIn(database), outboxIn(database), homeTabsIn(database)];
  const [drafts, history] = [draftsIn(database), historyIn(database)];
  const keys = keysIn(database, createVault([{ id: "k1", bytes: randomBytes(32) }]));
  return async (nth: number): Promise<object> => {
    const now = NOW + nth * HOUR;
    const draft = draftOf(`r${nth}`);
    await drafts.save(draft);
    await homes.open(MARIA);
    await requests.ask(draft, "V1", voteOf(MARIA, now), now);
    const taken = await requests.claim("owner", now);
    if (taken === undefined) throw new Error("nothing was due");
    await requests.settle(taken, end(taken, FAILED, now), now);
    const waiting = await outbox.take(now, now + HOUR);
    if (waiting === undefined) throw new Error("there is nothing to say");
    await outbox.later(waiting, now + HOUR, "not_in_channel");
    await runPlan({ plans, requests }, `p${nth}`, itemsOf(2, 2 * nth), now);
    const viewer = { person: MARIA, projectIds: [] };
    const [refused] = (await untaken(database)).slice(-1);
    return {
      draft: (await drafts.get(draft.id))?.id === draft.id,
      request: (await requests.request(draft.id))?.state,
      begun: (await requests.claimItems("owner", now, 2)).length,
      rows: (await plans.page(`p${nth}`, "change", 1, 9)).rows.length,
      refused: refused?.error,
      home: (await homes.take(now, now + 1))?.person,
      key: await keys.scope(MARIA),
      seen: (await history.page(viewer, { states: ["failed"] }, 9)).requests.length / nth,
      refusals: (await figuresOf(database, now)).outbox.refused,
      entries: (await readLedger(database)).length / nth,
    };
  };
}

describe.each(ENGINES)("On %s", (engine) => {
  test("a newer bot may add columns to every table while this one goes on with all that it does", async () => {
    const place = await temporaryPlace(engine);
    const anHour = botOn(await migrated(place));
    const first = await anHour(1);
    const newer = opened(place);
    for (const table of TABLES) await newer.run(`ALTER TABLE ${table} ADD COLUMN newer TEXT`);
    expect(await anHour(2)).toEqual(first);
    expect(first).toMatchObject({ request: "failed", begun: 2, refused: "not_in_channel" });
  });
});
