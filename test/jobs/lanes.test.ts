import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { createLanes, type Lanes } from "../../src/jobs/lanes.ts";
import { createLog } from "../../src/log.ts";

/** Promises of work that ends when the test says so. */
const held: (() => void)[] = [];
const hanging = (): Promise<boolean> =>
  new Promise((done) => {
    held.push(() => done(false));
  });

const MINUTE = 60_000;
let now: number;
let lanes: Lanes;
let logged: string[];
beforeEach(() => {
  now = 0;
  logged = [];
  const log = createLog("debug", (line) => logged.push(line));
  lanes = createLanes(
    () => log,
    () => now,
  );
});
afterEach(async () => {
  const stopped = lanes.stop();
  for (const done of held.splice(0)) done();
  await stopped;
});

/** Resolves when this lane has come round once more. */
const rounds = async (count: () => number, most = 200): Promise<void> => {
  const before = count();
  for (let tries = 0; count() === before && tries < most; tries += 1) {
    lanes.nudge();
    await new Promise((done) => setTimeout(done, 5));
  }
  expect(count()).toBeGreaterThan(before);
};

describe("The worker's lanes", () => {
  test("go on as long as each comes round, however much time goes by in between", async () => {
    let turns = 0;
    lanes.start("apply", async () => {
      turns += 1;
      return false;
    });
    await rounds(() => turns);
    now = 60 * MINUTE;
    await rounds(() => turns);
    expect(lanes.standingStill()).toBeUndefined();
  });

  test("stand still when a piece of work takes longer than it may, and say which", async () => {
    lanes.start("announce", async () => false);
    lanes.start("apply", hanging);
    now = 4 * MINUTE;
    expect(lanes.standingStill()).toBeUndefined();
    let turns = 0;
    lanes.start("count", async () => {
      turns += 1;
      return false;
    });
    now = 6 * MINUTE;
    await rounds(() => turns);
    await rounds(() => turns);
    expect(lanes.standingStill()).toBe("apply");
    // The work ends after all: the lane goes on.
    for (const done of held.splice(0)) done();
    await rounds(() => held.length);
    expect(lanes.standingStill()).toBeUndefined();
  });

  test("may each have a limit of their own", () => {
    lanes.start("bulk", hanging, { most: 30 * MINUTE });
    now = 29 * MINUTE;
    expect(lanes.standingStill()).toBeUndefined();
    now = 31 * MINUTE;
    expect(lanes.standingStill()).toBe("bulk");
  });

  test("come round again after a failure, which the log names", async () => {
    let turns = 0;
    lanes.start("timers", async () => {
      turns += 1;
      throw new Error("trouble");
    });
    await rounds(() => turns);
    expect(lanes.standingStill()).toBeUndefined();
    expect(JSON.parse(logged[0] ?? "")).toMatchObject({ lane: "timers", level: "error" });
  });

  test("look for work after the answer that a person waits for, and once for several nudges", async () => {
    const order: string[] = [];
    lanes.start("apply", async () => {
      order.push("look");
      return false;
    });
    // The first look begins at once; this lane sleeps then.
    await new Promise((done) => setImmediate(done));
    lanes.nudge();
    lanes.nudge();
    await Promise.resolve().then(() => order.push("answer"));
    await rounds(() => order.length);
    expect(order).toEqual(["look", "answer", "look"]);
  });

  test("look only where there may be work, when somebody says where", async () => {
    const looks: string[] = [];
    for (const name of ["apply", "announce", "home"]) {
      lanes.start(name, async () => {
        looks.push(name);
        return false;
      });
    }
    await new Promise((done) => setImmediate(done));
    looks.length = 0;
    lanes.nudge(["announce"]);
    lanes.nudge(["announce", "home"]);
    await new Promise((done) => setImmediate(done));
    expect(looks).toEqual(["announce", "home"]);
  });

  test("do several things at the same time, as many as they are, and look for one after the other", async () => {
    const waiting = ["one", "two", "three", "four"];
    const order: string[] = [];
    lanes.start(
      "apply",
      async (taken) => {
        order.push("look");
        await new Promise((done) => setImmediate(done));
        const found = waiting.shift();
        if (found === undefined) return false;
        order.push(found);
        taken();
        return hanging();
      },
      { count: 3 },
    );
    await rounds(() => held.length);
    while (held.length < 3) await rounds(() => held.length);
    lanes.nudge();
    await new Promise((done) => setTimeout(done, 20));
    expect(order).toEqual(["look", "one", "look", "two", "look", "three"]);
    // One of them has ended, and was asked in vain meanwhile: it looks again.
    held.shift()?.();
    await rounds(() => held.length);
    expect(order.slice(6)).toEqual(["look", "four"]);
  });

  test("look again a second after their last look: what was not due then is, whatever the beat before", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "performance"] });
    try {
      let looks = 0;
      const turn = () => new Promise((done) => setImmediate(done));
      lanes.start("home", async () => {
        looks += 1;
        return false;
      });
      await turn();
      jest.advanceTimersByTime(600);
      lanes.nudge();
      await turn();
      await turn();
      expect(looks).toBe(2);
      jest.advanceTimersByTime(999);
      await turn();
      expect(looks).toBe(2);
      jest.advanceTimersByTime(1);
      await turn();
      expect(looks).toBe(3);
    } finally {
      jest.useRealTimers();
    }
  });

  test("look once more when something came while one of them looked", async () => {
    let looks = 0;
    let waiting = 0;
    const found: number[] = [];
    lanes.start("announce", async () => {
      looks += 1;
      const seen = waiting;
      await new Promise((done) => setTimeout(done, 10));
      if (seen === 0) return false;
      waiting = 0;
      found.push(seen);
      return true;
    });
    // It comes after the first look has read what there is, and before it has ended.
    waiting = 1;
    lanes.nudge();
    // No second has gone by: it was looked once more at once, and after that because there was one.
    while (looks < 3) await new Promise((done) => setTimeout(done, 5));
    expect(found).toEqual([1]);
  });
});
