import { expect, test } from "@jest/globals";
import { MovableClock } from "../../playground/clock.ts";
import { err, ok, type Result } from "../../src/problem.ts";
import { recentGroups } from "../../src/slack/recent-groups.ts";

/** Slack, which is asked how often, and what it says. */
function slackWith(answers: Result<readonly string[], string>[]) {
  const asked: string[] = [];
  return {
    asked,
    async groupMembers(groupId: string) {
      asked.push(groupId);
      return answers.shift() ?? ok(["U9"]);
    },
  };
}

test("a group is asked for once a minute, however many want to know", async () => {
  const clock = new MovableClock();
  const slack = slackWith([ok(["U1"]), ok(["U2"])]);
  const recent = recentGroups(slack, clock);
  const all = await Promise.all([1, 2, 3].map(() => recent.groupMembers("S1")));
  expect(all).toEqual([ok(["U1"]), ok(["U1"]), ok(["U1"])]);
  clock.advance(60_001);
  expect(await recent.groupMembers("S1")).toEqual(ok(["U2"]));
  await recent.groupMembers("S2");
  expect(slack.asked).toEqual(["S1", "S1", "S2"]);
});

test("what Slack did not tell is asked again", async () => {
  const slack = slackWith([err("ratelimited"), ok(["U1"])]);
  const recent = recentGroups(slack, new MovableClock());
  expect(await recent.groupMembers("S1")).toEqual(err("ratelimited"));
  expect(await recent.groupMembers("S1")).toEqual(ok(["U1"]));
  expect(slack.asked).toHaveLength(2);
});
