import { afterEach, expect, test } from "@jest/globals";
import { type Killable, startKillable } from "./killable.ts";

let world: Killable;
afterEach(() => world.end());

test("a home tab that was not published when the bot was killed is published when it is back", async () => {
  world = await startKillable();
  const { slack, clock } = world;
  const ada = slack.person("ada");
  await ada.openHome();
  await slack.until(() => ada.home().length > 0, "the home tab");
  slack.faults.next("views.publish", { kind: "hang", when: "before" });
  await world.sendKey(ada);
  await slack.until(
    () => slack.journal.calls.filter(({ method }) => method === "views.publish").length === 2,
    "the home tab to be on its way",
  );
  await world.kill();
  expect(ada.home().join("\n")).toContain("You have not connected a Gcore API key yet.");
  // Whoever took it is not heard of any more: its turn is over.
  clock.advance(61_000);
  await world.start();
  await slack.until(
    () => ada.home().join("\n").includes("Your Gcore API key is connected."),
    "the home tab as it is now",
  );
  expect(slack.violations()).toEqual([]);
});
