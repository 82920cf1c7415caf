import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { readMetrics, TOKEN } from "../metrics/readings.ts";
import { createReadyDatabase, dropDatabase } from "../postgres/databases.ts";
import { startLossyProxy } from "../postgres/lossy-proxy.ts";
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

test("a bot whose database hangs says within seconds that it is not ready, and is ready again when it answers", async () => {
  const place = await createReadyDatabase();
  const proxy = await startLossyProxy(place);
  const other = await startBed({
    engine: "Postgres",
    databaseUrl: proxy.url,
    metricsToken: TOKEN,
  });
  try {
    proxy.stall(true);
    const began = performance.now();
    const [ready, metrics, alive] = await Promise.all([
      fetch(`${other.bot.url}/readyz`),
      readMetrics(other.bot),
      fetch(`${other.bot.url}/healthz`),
    ]);
    expect([ready.status, metrics.status, alive.status]).toEqual([503, 200, 200]);
    expect(await metrics.text()).toMatch(/^snapshot_bot_database_up 0$/m);
    expect(performance.now() - began).toBeLessThan(4_000);
    proxy.stall(false);
    await other.slack.until(
      async () => (await fetch(`${other.bot.url}/readyz`)).status === 200,
      "the bot to be ready again",
    );
  } finally {
    proxy.stall(false);
    expect(await other.end()).toEqual([]);
    await proxy.stop();
    await dropDatabase(place);
  }
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
