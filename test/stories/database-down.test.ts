import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { commandFor, open, review, said } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed();
  await bed.connect(bed.ada, bed.gcore.keys.full);
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

test.each([
  "/snapshot key",
  "/snapshot disconnect",
  "/snapshot",
  "/snapshot show 5ed275b8-7eed-4722-8c98-777191d4e003",
])(
  "a database that is down is an accident with a reference, and never “you have no key”: %s",
  async (command) => {
    const { ada, bot } = bed;
    await bot.database.close();
    await ada.command("#ops", command);
    const told = await said(bed, ada, "#ops");
    expect(told).toContain("Something went wrong on my side");
    expect(told).not.toContain("not connected");
    expect(told).not.toContain("no API key");
    expect(ada.modal).toBeUndefined();
  },
);

test("a bot whose database is down is not ready", async () => {
  const { bot } = bed;
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  await bot.database.close();
  const response = await fetch(`${bot.url}/readyz`);
  expect([response.status, await response.text()]).toEqual([
    503,
    "not ready: the database does not answer\n",
  ]);
});

test("a database that goes down between form and agreement changes nothing, and it is said", async () => {
  const { ada, bot, gcore } = bed;
  await open(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
  await review(bed, ada);
  await bot.database.close();
  await ada.submit();
  expect(ada.modal?.text).toContain("Something went wrong on my side");
  expect(gcore.journal.patches()).toEqual([]);
});
