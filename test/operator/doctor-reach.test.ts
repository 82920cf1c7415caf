import { describe, expect, test } from "@jest/globals";
import { listen } from "../../playground/loopback.ts";
import { about, doctorScene } from "./doctor-scene.ts";

const at = doctorScene();

describe("doctor, about Gcore, the clock and the address,", () => {
  test.each([
    [
      "a page of a proxy",
      { status: 403, shape: "html" },
      "✗ wrong",
      "what answers is not Gcore's API",
    ],
    ["another API", { status: 404 }, "✗ wrong", "what answers is not Gcore's API: HTTP 404"],
    ["a fault of its own", { status: 503 }, "✗ wrong", "it answers HTTP 503"],
    ["that it is busy", { status: 429 }, "✓ well", "the API answers"],
  ] as const)("takes %s for what it is", async (_what, { status, ...more }, mark, said) => {
    at.gcore.faults.status(status, more);
    const text = about(await at.examine(), "Gcore");
    expect(text.startsWith(mark)).toBe(true);
    expect(text).toContain(said);
  });

  test("ends in a few seconds when Gcore hangs, and says so", async () => {
    at.gcore.faults.hang("before");
    const began = performance.now();
    const ran = await at.examine();
    expect(performance.now() - began).toBeLessThan(9_000);
    expect(about(ran, "Gcore")).toContain(
      "✗ wrong    Gcore: there is no answer: nothing came in time",
    );
  });

  test.each([
    [40_000, /! warning {2}Clock: it is (39|40|41) seconds behind Slack's\.$/m, 0],
    [-40_000, /! warning {2}Clock: it is (39|40|41) seconds ahead of Slack's\.$/m, 0],
    [
      400_000,
      /✗ wrong {4}Clock: it is \d+ seconds behind Slack's\. What Slack sends is refused/,
      1,
    ],
    [5_000, /✓ well {5}Clock: it is right within 30 seconds\.$/m, 0],
  ])("measures that Slack's clock is %s ms ahead of ours", async (ms, said, code) => {
    at.clock.advance(ms);
    const ran = await at.examine();
    expect(about(ran, "Clock")).toMatch(said);
    expect(ran.code).toBe(code);
  });

  test("goes by Gcore's clock when Slack does not answer", async () => {
    at.clock.advance(60_000);
    at.slack.faults.next("auth.test", { kind: "cut", when: "before" });
    expect(about(await at.examine(), "Clock")).toMatch(
      /! warning {2}Clock: it is \d+ seconds behind Gcore's/,
    );
  });

  test("asks the public address whether the bot is there", async () => {
    const bot = await listen({
      handle: ({ path }) =>
        path === "/bot/healthz"
          ? { status: 200, body: "alive\n" }
          : { status: 200, body: "welcome" },
    });
    const asked = async (url: string) =>
      about(await at.examine({}, ["--url", url]), "Public address");
    expect(await asked(`${bot.url}/bot/`)).toBe(
      `✓ well     Public address: the bot answers at ${bot.url}/bot/healthz.`,
    );
    expect(await asked(bot.url)).toContain("is not the bot: HTTP 200.");
    await bot.stop();
    expect(await asked(bot.url)).toContain("✗ wrong    Public address: there is no answer");
    expect((await at.examine({}, ["--url", "http://bot.example.com"])).code).toBe(2);
  });
});
