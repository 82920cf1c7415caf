import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Received } from "../../playground/loopback.ts";
import { firstBroken } from "../../src/approval/ledger.ts";
import { readLedger } from "../../src/store/ledger-table.ts";
import { type Bed, startBed } from "../bed.ts";
import { createDatabase } from "../postgres/databases.ts";
import { type LocalPostgres, startPostgres } from "../postgres/local-postgres.ts";
import { apply, commandFor, open, reads, review, said } from "./steps.ts";

let postgres: LocalPostgres;
let bed: Bed;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.remove());
beforeEach(async () => {
  bed = await startBed({ databaseUrl: await createDatabase(postgres.url) });
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const readiness = async (): Promise<string> => (await fetch(`${bed.bot.url}/readyz`)).text();

/** Stops Postgres at the next request of this kind, once it has been carried out. */
function stopAt(server: "slack" | "gcore", isIt: (request: Received) => boolean): Promise<void> {
  return new Promise((stopped) => {
    bed[server].watch(async (moment, request) => {
      if (moment !== "after" || !isIt(request)) return;
      bed[server].watch(undefined);
      await postgres.stop();
      stopped();
    });
  });
}

/** Postgres comes back; time passes until everybody is told. */
async function comeBack(): Promise<void> {
  expect(await readiness()).toBe("not ready: the database does not answer\n");
  await postgres.start();
  expect(await readiness()).toBe("ready\n");
  await bed.slack.until(
    () => {
      bed.advance(15_000);
      return ["#ops", "#audit", "#audit-2"].every((one) => bed.slack.messages(one).length > 0);
    },
    "everybody to be told",
    20_000,
  );
}

/** It was changed once, and the ledger tells of each step once. */
async function expectOneChange(): Promise<void> {
  const { gcore, bot } = bed;
  const id = gcore.ids.plain;
  expect(gcore.tags(id).get("environment")).toBe("staging");
  expect(gcore.journal.patches()).toHaveLength(1);
  const ledger = await readLedger(bot.database);
  expect(firstBroken(ledger)).toBeUndefined();
  const kinds = ledger.map(({ body }) => JSON.parse(body).kind);
  for (const kind of ["requested", "approved", "applied"]) {
    expect([kind, kinds.filter((one) => one === kind)]).toEqual([kind, [kind]]);
  }
}

describe("Postgres is restarted", () => {
  test("after the PATCH: its outcome is looked up, kept and told, and it is not sent again", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    const stopped = stopAt("gcore", (request) => request.method === "PATCH");
    await ada.submit();
    await stopped;
    await comeBack();
    await expectOneChange();
    await reads(bed, ada, "@ada changed snapshot");
    await bed.slack.until(() => ada.modal?.text.includes("Done."), "the answer to her click");
  });

  test("after the first word about the outcome: the others follow", async () => {
    const { ada, gcore } = bed;
    await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
    await review(bed, ada);
    const stopped = stopAt("slack", ({ path }) => path.endsWith("chat.postMessage"));
    await ada.submit();
    await stopped;
    await comeBack();
    await expectOneChange();
  });

  test("before she agrees: nothing happens, she is told, and can go on when it is back", async () => {
    const { ada, gcore } = bed;
    const command = commandFor(gcore.ids.plain, "environment=staging");
    await open(bed, ada, command);
    await review(bed, ada);
    await postgres.stop();
    await ada.submit();
    expect(ada.modal?.text).toContain("Something went wrong on my side");
    expect(gcore.journal.patches()).toEqual([]);
    await postgres.start();
    await ada.close({ all: true });
    await open(bed, ada, command);
    await review(bed, ada);
    expect(await apply(bed, ada)).toContain("Done.");
    await said(bed, ada, "#audit-2");
    await expectOneChange();
  });
});
