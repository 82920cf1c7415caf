import { afterEach, expect, test } from "@jest/globals";
import { type Killable, startKillable } from "./killable.ts";
import { commandFor } from "./steps.ts";

let world: Killable;
afterEach(() => world.end());

test("a change that waits for a task is made although the bot was killed meanwhile, also when the task ended before it was back", async () => {
  world = await startKillable();
  const { slack, gcore, clock } = world;
  const ada = slack.person("ada");
  await world.sendKey(ada);
  await slack.until(() => ada.modal?.title === "Key connected", "the key");
  await ada.close({ all: true });
  const id = gcore.ids.plain;
  const task = gcore.lock(id);
  await ada.command("#ops", commandFor(id, "environment=staging"));
  await slack.until(() => ada.modal?.submitText === "Review", "the form");
  await ada.submit();
  await slack.until(() => ada.modal?.submitText === "Apply when it is free", "the preview");
  await ada.submit();
  await slack.until(() => ada.modal?.text.includes("Waiting."), "the wait");

  await world.kill();
  gcore.finishTask(task);
  clock.advance(3_600_000);
  await world.start();
  await slack.until(() => ada.sees("#ops").join().includes("@ada changed snapshot"), "the summary");
  expect(gcore.tags(id).get("environment")).toBe("staging");
  expect(gcore.journal.patches()).toHaveLength(1);
  expect(slack.violations()).toEqual([]);
});
