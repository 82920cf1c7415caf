import { describe, expect, test } from "@jest/globals";
import { type Conditions, readinessOf } from "../src/readiness.ts";

const GOOD: Conditions = {
  isStopping: () => false,
  isVerified: () => true,
  downFor: () => 0,
  standingStill: () => undefined,
  askDatabase: async () => [],
};
const why = (more: Partial<Conditions>): Promise<string | undefined> =>
  readinessOf({ ...GOOD, ...more })();

describe("A process is ready", () => {
  test("when nothing speaks against it", async () => {
    expect(await why({})).toBeUndefined();
  });

  test.each<[string, Partial<Conditions>]>([
    ["stopping", { isStopping: () => true }],
    ["Slack has not verified the token yet", { isVerified: () => false }],
    ["no connection to Slack", { downFor: () => 31_000 }],
    ['the worker\'s lane "apply" stands still', { standingStill: () => "apply" }],
    ["the database does not answer", { askDatabase: () => Promise.reject(new Error("no")) }],
  ])("not while it is so: %s", async (words, condition) => {
    expect(await why(condition)).toBe(words);
  });

  test("during a refresh of Socket Mode, which takes seconds", async () => {
    expect(await why({ downFor: () => 20_000 })).toBeUndefined();
  });

  test("not while the database hangs: that is said within seconds, and one question is held for it", async () => {
    let asked = 0;
    let answer: () => void = () => undefined;
    const ready = readinessOf({
      ...GOOD,
      askDatabase: () => {
        asked += 1;
        return new Promise<void>((done) => {
          answer = done;
        });
      },
    });
    const began = performance.now();
    expect(await Promise.all([ready(), ready(), ready()])).toEqual(
      Array.from({ length: 3 }, () => "the database does not answer"),
    );
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(asked).toBe(1);
    const later = ready();
    answer();
    expect(await later).toBeUndefined();
    const next = ready();
    expect(asked).toBe(2);
    answer();
    expect(await next).toBeUndefined();
  });
});
