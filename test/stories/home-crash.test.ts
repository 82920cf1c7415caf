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

test("a home tab that was not published when the bot was killed is published when it is back", async () => {
  const clock = new MovableClock();
  [slack, gcore] = await Promise.all([startSlack({ clock }), startGcore({ clock })]);
  const environment = botEnvironment(slack, gcore, temporaryPath());
  const start = async (): Promise<void> => {
    running = await startBotProcess(environment, clock.ahead);
    slack.deliverTo(`${running.url}/slack/events`);
  };
  await start();
  const ada = slack.person("ada");
  await ada.openHome();
  await slack.until(() => ada.home().length > 0, "the home tab");
  slack.faults.next("views.publish", { kind: "hang", when: "before" });
  await ada.command("#ops", "/snapshot connect");
  await slack.until(() => ada.modal, "the form for the key");
  ada.fill("Gcore API key", gcore.keys.full);
  await ada.submit();
  await slack.until(
    () => slack.journal.calls.filter(({ method }) => method === "views.publish").length === 2,
    "the home tab to be on its way",
  );
  await running?.end("SIGKILL");
  expect(ada.home().join("\n")).toContain("You have not connected a Gcore API key yet.");
  // Whoever took it is not heard of any more: its turn is over.
  clock.advance(61_000);
  await start();
  await slack.until(
    () => ada.home().join("\n").includes("Your Gcore API key is connected."),
    "the home tab as it is now",
  );
  expect(slack.violations()).toEqual([]);
});
