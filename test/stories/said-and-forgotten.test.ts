import { afterEach, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { change, commandFor, said } from "./steps.ts";

let bed: Bed;
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

const DAY = 24 * 3_600_000;

test("what was said leaves the database after thirty days; the history, the ledger and the way back stay", async () => {
  bed = await startBed();
  const { ada, gcore, slack, bot } = bed;
  const id = gcore.ids.plain;
  await bed.connect(ada, gcore.addKey({ name: "no end", projects: [1186668] }));
  await change(bed, ada, commandFor(id, "environment=staging"));
  await said(bed, ada, "#ops");
  const kept = async (): Promise<number> =>
    (await bot.database.all("SELECT id FROM outbox")).length;
  await slack.until(
    async () =>
      (await bot.database.all("SELECT id FROM outbox WHERE due_at IS NOT NULL")).length === 0,
    "all to be said",
  );
  expect(await kept()).toBeGreaterThan(0);
  const ledger = await bed.ledger();

  bed.advance(29 * DAY);
  await ada.close({ all: true });
  await change(bed, ada, commandFor(gcore.ids.untagged, "team=search"));
  expect(await kept()).toBeGreaterThan(0);
  bed.advance(2 * DAY);
  await slack.until(
    async () =>
      (
        await bot.database.all(
          "SELECT id FROM outbox WHERE sent_at < ?",
          bed.clock.now() - 30 * DAY,
        )
      ).length === 0,
    "the first change to be forgotten by the outbox",
  );
  expect(await kept()).toBeGreaterThan(0);
  expect((await bed.ledger()).slice(0, ledger.length)).toEqual(ledger);
  await ada.close({ all: true });
  await ada.press("Undo");
  await slack.until(() => ada.modal?.title === "Review the change", "the way back");
});
