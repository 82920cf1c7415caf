import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { type Bed, startBed } from "../bed.ts";
import { change, commandFor, reads } from "./steps.ts";

let bed: Bed;
beforeEach(async () => {
  bed = await startBed({ socketMode: true });
});
afterEach(async () => {
  expect(await bed.end()).toEqual([]);
});

test("[bolt-js#1906] in Socket Mode a whole change goes as over HTTP, and the health checks answer", async () => {
  const { ada, ben, gcore, slack, bot } = bed;
  await bed.connect(ada, gcore.keys.full);
  await change(bed, ada, commandFor(gcore.ids.plain, "environment=staging"));
  await reads(bed, ada, "@ada changed snapshot");
  await reads(bed, ben, "Changed: @ada", "#audit");
  expect(slack.journal.deliveries.every(({ transport }) => transport === "socket")).toBe(true);
  expect((await fetch(`${bot.url}/readyz`)).status).toBe(200);
  expect((await fetch(`${bot.url}/slack/events`, { method: "POST" })).status).toBe(404);
});
