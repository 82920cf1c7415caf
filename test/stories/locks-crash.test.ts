import { afterEach, expect, test } from "@jest/globals";
import { type BotProcess, botEnvironment, startBotProcess } from "../../playground/bot-process.ts";
import { MovableClock } from "../../playground/clock.ts";
import { type LocalGcore, startGcore } from "../../playground/gcore/gcore.ts";
import { type LocalSlack, startSlack } from "../../playground/slack/slack.ts";
import { temporaryPath } from "../store/temporary.ts";

let slack: LocalSlack;
let gcore: LocalGcore;
let running: BotProcess | undefined;
afterEach(async () => {
  await running?.end("SIGKILL");
  await Promise.all([slack.stop(), gcore.stop()]);
});

test("a change that waits for a task is made although the bot was killed meanwhile, also when the task ended before it was back", async () => {
  const clock = new MovableClock();
  [slack, gcore] = await Promise.all([startSlack({ clock }), startGcore({ clock })]);
  const environment = botEnvironment(slack, gcore, temporaryPath());
  const start = async (): Promise<void> => {
    running = await startBotProcess(environment, clock.ahead);
    slack.deliverTo(`${running.url}/slack/events`);
  };
  await start();
  const ada = slack.person("ada");
  await ada.command("#ops", "/snapshot connect");
  await slack.until(() => ada.modal, "the form for the key");
  ada.fill("Gcore API key", gcore.keys.full);
  await ada.submit();
  await slack.until(() => ada.modal?.title === "Key connected", "the key");
  await ada.close({ all: true });
  const id = gcore.ids.plain;
  const task = gcore.lock(id);
  await ada.command("#ops", `/snapshot ${id} --project 1186668 --region 148 environment=staging`);
  await slack.until(() => ada.modal?.submitText === "Review", "the form");
  await ada.submit();
  await slack.until(() => ada.modal?.submitText === "Apply when it is free", "the preview");
  await ada.submit();
  await slack.until(() => ada.modal?.text.includes("Waiting."), "the wait");

  await running?.end("SIGKILL");
  gcore.finishTask(task);
  clock.advance(3_600_000);
  await start();
  await slack.until(() => ada.sees("#ops").join().includes("@ada changed snapshot"), "the summary");
  expect(gcore.tags(id).get("environment")).toBe("staging");
  expect(gcore.journal.patches()).toHaveLength(1);
  expect(slack.violations()).toEqual([]);
});
